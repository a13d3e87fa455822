// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { listAddress, listPlaceFrom } from '../../../renderer/jobs/list-place.ts';
import { windowAround } from '../../../renderer/use-row-window.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { fakeId, fakeOffice } from '../../support/fake-office.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const list = async (name: string) => within(await screen.findByRole('region', { name }));
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')];

test('a list’s place and its address are the same thing (A2)', () => {
  const address = '/pipelines/p1?stage=s1&assignee=m1&unread=1&q=hail';
  const [path, search] = address.split('?') as [string, string];
  expect(listAddress(listPlaceFrom(path, search)!)).toBe(address);
  expect(listPlaceFrom('/jobs/j1', '')).toBeUndefined();
});

test('the asked window covers the screen with room on both sides, in steps', () => {
  expect(windowAround(0, 9)).toEqual({ offset: 0, limit: 100 });
  expect(windowAround(5_012, 5_024)).toEqual({ offset: 4_950, limit: 150 });
  expect(windowAround(5_013, 5_025)).toEqual(windowAround(5_012, 5_024));
});

test('searching is kept in the address and counts what it found', async () => {
  renderDesk('/all');
  const all = await list('All jobs');
  fireEvent.change(all.getByRole('searchbox'), { target: { value: 'sprinter' } });
  await waitFor(() =>
    expect(
      rows()
        .map((row) => row.textContent)
        .join(),
    ).toContain('Sprinter'),
  );
  await waitFor(() => expect(rows()).toHaveLength(2));
  expect(window.location.hash).toBe('#/all?q=sprinter');
  expect(await all.findByText('2 jobs found')).toBeDefined();
});

test('(A2) the jobs that nobody has are a filter of their own, kept in the address', async () => {
  const { bridge } = renderDesk('/all');
  const { jobs } = bridge.world.office;
  for (const [index, job] of jobs.entries())
    jobs[index] = { ...job, assigneeId: index === 4 ? null : bridge.world.office.members[0]!.id };
  await list('All jobs');
  fireEvent.keyDown(screen.getByRole('button', { name: 'Anyone' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Nobody' }));
  expect(window.location.hash).toBe('#/all?assignee=nobody');
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(rows()[0]!.textContent).toContain(jobs[4]!.title);
  expect(screen.getByRole('button', { name: 'Nobody' })).toBeDefined();
});

test('an unread job says so in words, not by its dot alone', async () => {
  renderDesk('/unread');
  await list('Unread');
  await waitFor(() => expect(rows()).toHaveLength(3));
  expect(rows()[0]!.textContent).toContain(', unread');
});

test('a name, a preview and a title stand in the direction of their own script, whatever is beside them', async () => {
  const bridge = fakeBridge();
  const { jobs, customers, entries } = bridge.world.office;
  const [job] = jobs;
  const text = 'مرحبا، استلمنا السيارة';
  const name = 'شركة النور';
  const at = customers.findIndex(({ id }) => id === job!.customerId);
  customers[at] = { ...customers[at]!, name };
  const last = entries.findLastIndex(({ jobId }) => jobId === job!.id);
  entries[last] = { ...entries[last]!, kind: 'reply', text, attachmentIds: [] };
  renderDesk('/all', bridge);
  await list('All jobs');
  const row = within(await waitFor(() => rows()[0]!));
  // Its end is cut in its own direction only where the element that cuts it has that direction.
  for (const found of [...row.getAllByText(name), row.getByText(text)])
    expect(found).toHaveProperty('dir', 'auto');
  fireEvent.keyDown(document.body, { key: 'b' });
  const bell = within(await screen.findByRole('dialog', { name: 'Bell' }));
  for (const words of [name, text, job!.title])
    expect((await bell.findAllByText(words))[0]).toHaveProperty('dir', 'auto');
  fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  fireEvent.keyDown(document.body, { key: 'n' });
  const dialog = within(await screen.findByRole('dialog', { name: 'New job' }));
  expect(dialog.getByLabelText('Title')).toHaveProperty('dir', 'auto');
});

test('what waits for a person is not what goes out by itself', async () => {
  const bridge = fakeBridge();
  const { entries, jobs } = bridge.world.office;
  const states = ['waiting', 'parked'] as const;
  for (const [index, state] of states.entries()) {
    const last = entries.findLast(({ jobId }) => jobId === jobs[index]!.id)!;
    bridge.world.states.set(last.id, { state, mutationId: fakeId() });
  }
  renderDesk('/all', bridge);
  await list('All jobs');
  await waitFor(() => expect(rows().length).toBeGreaterThan(2));
  const [waiting, parked, neither] = rows().map((row) => within(row));
  expect(waiting!.getByLabelText('On this device, waiting')).toBeDefined();
  expect(waiting!.queryByText('Needs you')).toBeNull();
  expect(parked!.getByText('Needs you')).toBeDefined();
  expect(parked!.queryByLabelText('On this device, waiting')).toBeNull();
  expect(neither!.queryByText('Needs you')).toBeNull();
});

test('J and K walk the rows with a real focus', async () => {
  renderDesk('/all');
  await list('All jobs');
  await waitFor(() => expect(rows().length).toBeGreaterThan(2));
  fireEvent.keyDown(window, { key: 'j' });
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('0'));
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('1'));
  fireEvent.keyDown(window, { key: 'k' });
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('0'));
});

test('single keys are silent while something is typed', async () => {
  renderDesk('/all');
  const all = await list('All jobs');
  fireEvent.keyDown(all.getByRole('searchbox'), { key: 'n' });
  expect(screen.queryByRole('dialog')).toBeNull();
  fireEvent.keyDown(window, { key: 'n' });
  expect(await screen.findByRole('dialog', { name: 'New job' })).toBeDefined();
});

test('(A1) what a new job lacks is said at its field, and a missing title has the focus', async () => {
  const { bridge } = renderDesk('/all');
  await list('All jobs');
  fireEvent.keyDown(window, { key: 'n' });
  const dialog = within(await screen.findByRole('dialog', { name: 'New job' }));
  const create = dialog.getByRole('button', { name: 'Create job' });
  create.focus();
  fireEvent.click(create);
  const title = dialog.getByLabelText<HTMLInputElement>('Title');
  expect(title.getAttribute('aria-invalid')).toBe('true');
  const about = document.getElementById(title.getAttribute('aria-describedby')!);
  expect(about?.textContent).toBe('Give the job a title.');
  expect(document.activeElement).toBe(title);
  fireEvent.change(title, { target: { value: 'Golf' } });
  expect(title.getAttribute('aria-invalid')).toBeNull();
  fireEvent.click(create);
  expect(dialog.getByText('Choose a customer, or add a new one.')).toBeDefined();
  expect(bridge.world.asked.filter(({ name }) => name === 'jobs.create')).toEqual([]);
});

test('an office without jobs offers the first step', async () => {
  renderDesk('/all', fakeBridge(fakeOffice(0)));
  expect(await screen.findByText('No jobs yet')).toBeDefined();
  fireEvent.click(
    within(screen.getByRole('region', { name: 'All jobs' })).getAllByText('New job')[0]!,
  );
  expect(await screen.findByRole('dialog', { name: 'New job' })).toBeDefined();
});

test('filters that find nothing can be cleared at once', async () => {
  renderDesk('/all?q=zzz');
  fireEvent.click(await screen.findByText('Clear the filters'));
  expect(window.location.hash).toBe('#/all');
});

test('the list stays where it was while a job is open', async () => {
  const { bridge } = renderDesk('/mine');
  await list('My jobs');
  window.location.hash = jobAddress(0)(bridge);
  await screen.findByRole('heading', { level: 1, name: /Golf/ });
  expect(await list('My jobs')).toBeDefined();
});
