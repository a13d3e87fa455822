// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type FakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const asked = (bridge: FakeBridge, name: string) =>
  bridge.world.asked.filter((request) => request.name === name).map(({ args }) => args);

async function openBell() {
  await screen.findByRole('button', { name: /^Bell/ });
  fireEvent.keyDown(document.body, { key: 'b' });
  return within(await screen.findByRole('dialog', { name: 'Bell' }));
}

test('(F3) each item says who will have read it, and opens at its entry', async () => {
  const { bridge } = renderDesk('/all');
  const bell = await openBell();
  const job = bridge.world.office.jobs[0]!;
  const row = await bell.findByRole('button', { name: new RegExp(`^${job.title}`) });
  expect(within(row).getByText(/^(Internal|Visible)$/)).toBeDefined();
  fireEvent.click(row);
  const latest = bridge.world.office.entries.findLast(({ jobId }) => jobId === job.id)!;
  await waitFor(() => expect(window.location.hash).toBe(`#/jobs/${job.id}?entry=${latest.id}`));
});

test('(F3) a job is followed and muted from its row, and only followed jobs can be told to ring', async () => {
  const { bridge } = renderDesk('/all');
  const bell = await openBell();
  const { id: jobId, title } = bridge.world.office.jobs[0]!;
  fireEvent.click(await bell.findByRole('button', { name: `Follow ${title}` }));
  fireEvent.click(await bell.findByRole('button', { name: `Stop following ${title}` }));
  fireEvent.click(bell.getByRole('button', { name: `Mute ${title}` }));
  fireEvent.click(bell.getByRole('checkbox', { name: 'Only jobs I follow or that are mine' }));
  await waitFor(() =>
    expect(asked(bridge, 'jobs.follow')).toEqual([
      { jobId, state: 'following' },
      { jobId, state: 'neither' },
      { jobId, state: 'muted' },
    ]),
  );
  expect(asked(bridge, 'bell.set-scope')).toEqual([{ bellScope: 'followed' }]);
});

test('(F3, G3) the open job is muted with the keys alone', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await screen.findByRole('button', { name: 'Follow or mute this job' });
  fireEvent.keyDown(document.body, { key: 'l' });
  fireEvent.click(await screen.findByRole('menuitemradio', { name: /mute it/ }));
  await waitFor(() =>
    expect(asked(bridge, 'jobs.follow')).toEqual([
      { jobId: bridge.world.office.jobs[0]!.id, state: 'muted' },
    ]),
  );
  expect(await screen.findByRole('button', { name: 'This job is muted' })).toBeDefined();
});
