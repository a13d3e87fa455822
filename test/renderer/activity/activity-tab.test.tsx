// @vitest-environment jsdom

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { fakeId, fakeOffice } from '../../support/fake-office.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const feed = () => within(screen.getByRole('region', { name: 'Activity' }));
// Without a layout Virtuoso never finds its first place and keeps its rows hidden.
const entries = () => feed().queryAllByRole('article', { hidden: true });
const pill = (name: RegExp) => screen.findByRole('button', { name });

/** The newest entry of the first job, as the test wants it. */
function replaceNewest({ world }: FakeBridge, text: string) {
  const { entries: all, jobs } = world.office;
  const index = all.findLastIndex(({ jobId }) => jobId === jobs[0]!.id);
  const newest = all[index]!;
  all[index] = { ...newest, kind: 'reply', text, attachmentIds: [] };
  return all[index];
}

test('a filter goes into the address and comes back from it (B3)', async () => {
  const desk = renderDesk(jobAddress(0));
  fireEvent.click(await pill(/^Form/));
  expect(window.location.hash).toContain('?kind=form_save');
  await waitFor(() => expect(entries()).toHaveLength(5));
  desk.reload();
  expect((await pill(/^Form/)).getAttribute('aria-pressed')).toBe('true');
  await waitFor(() => expect(entries()).toHaveLength(5));
});

test('filters combine, and their numbers stay those of the whole job (B3)', async () => {
  renderDesk(jobAddress(0, '?audience=internal'));
  const replies = await pill(/^Replies/);
  const count = replies.textContent;
  fireEvent.click(replies);
  expect(window.location.hash).toContain('?kind=reply&audience=internal');
  await waitFor(() => {
    expect(entries().length).toBeGreaterThan(0);
    for (const entry of entries()) within(entry).getByText('Internal');
  });
  expect((await pill(/^Replies/)).textContent).toBe(count);
});

test('All clears every filter', async () => {
  renderDesk(jobAddress(0, '?kind=reply&q=quote'));
  fireEvent.click(await pill(/^All/));
  expect(window.location.hash).not.toContain('?');
});

test('what was found in the job is marked', async () => {
  const bridge = fakeBridge();
  replaceNewest(bridge, 'Keep the second quote at hand.');
  renderDesk(jobAddress(0, '?q=quote'), bridge);
  const marks = await screen.findAllByText('quote', { selector: 'mark' });
  expect(marks.length).toBeGreaterThan(0);
});

test('(B3) found words are marked as search finds them: from their beginning, whatever their accents, in file names too', async () => {
  const bridge = fakeBridge();
  const newest = replaceNewest(
    bridge,
    'Mu\u0308ller asked for a ﬁxed quote, unquoted by Müllerei.',
  );
  const [file] = bridge.world.office.attachments.values();
  bridge.world.office.attachments.set(file!.id, { ...file!, name: 'quote-muller.pdf' });
  const { entries: all } = bridge.world.office;
  all[all.indexOf(newest)] = { ...newest, kind: 'reply', attachmentIds: [file!.id] } as never;
  renderDesk(jobAddress(0, '?q=MÜLLER%20quote%20fi'), bridge);
  const entry = (await screen.findAllByText('quote', { selector: 'mark' }))[0]!.closest('article')!;
  const marks = [...entry.querySelectorAll('mark')].map(({ textContent }) => textContent);
  const inText = ['Mu\u0308ller', 'ﬁ', 'quote', 'Müller'];
  expect(marks).toEqual([...inText, 'quote', 'muller']);
  expect(entry.textContent).toContain('unquoted by Müllerei.');
});

test('opening a job marks it read, and the unread line stays until the job is left (B6, F3)', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await screen.findByText(/^New since you looked/);
  await waitFor(() =>
    expect(bridge.world.asked.map(({ name }) => name)).toContain('jobs.mark-read'),
  );
  expect(bridge.world.unread.has(bridge.world.office.jobs[0]!.id)).toBe(false);
  expect(screen.getByText(/^New since you looked/)).toBeDefined();
  window.location.hash = jobAddress(3)(bridge);
  await screen.findByRole('heading', { level: 1, name: /Transit/ });
  window.location.hash = jobAddress(0)(bridge);
  await screen.findByRole('heading', { level: 1, name: /Golf/ });
  await waitFor(() => expect(entries().length).toBeGreaterThan(0));
  expect(screen.queryByText(/^New since you looked/)).toBeNull();
});

test('a window without focus marks nothing read', async () => {
  document.hasFocus = () => false;
  const { bridge } = renderDesk(jobAddress(0));
  await screen.findByText(/^New since you looked/);
  expect(bridge.world.asked).toEqual([]);
  document.hasFocus = () => true;
  fireEvent.focus(window);
  await waitFor(() => expect(bridge.world.asked).toHaveLength(1));
});

test('every entry carries its chip, and a customer’s says so in words (B2)', async () => {
  renderDesk(jobAddress(0));
  await screen.findByRole('region', { name: 'Activity' });
  await waitFor(() => expect(entries().length).toBeGreaterThan(5));
  for (const entry of entries())
    expect(within(entry).getAllByText(/^(Internal|Visible|From customer)$/).length).toBeGreaterThan(
      0,
    );
  expect(feed().getAllByText('From customer').length).toBeGreaterThan(0);
});

test('what is still on this device says so (B5)', async () => {
  const bridge = fakeBridge();
  const newest = replaceNewest(bridge, 'Written in the tunnel');
  bridge.world.states.set(newest.id, { state: 'waiting', mutationId: fakeId() });
  renderDesk(jobAddress(0), bridge);
  const entry = (await feedEntry('Written in the tunnel'))!;
  expect(within(entry).getByText('On this device, waiting')).toBeDefined();
});

test('(H4) [P7] what waits for a look leads to where one looks', async () => {
  const bridge = fakeBridge();
  const newest = replaceNewest(bridge, 'Written in the tunnel');
  bridge.world.states.set(newest.id, { state: 'waits-for-look', mutationId: fakeId() });
  renderDesk(jobAddress(0), bridge);
  const entry = (await feedEntry('Written in the tunnel'))!;
  fireEvent.click(within(entry).getByRole('link', { name: /waits for your look$/ }));
  expect(await screen.findByRole('heading', { name: 'Waiting to send' })).toBeDefined();
});

test('a parked entry says why and can be tried again or discarded', async () => {
  const bridge = fakeBridge();
  const newest = replaceNewest(bridge, 'Nobody took this');
  const mutationId = fakeId<never>();
  bridge.world.states.set(newest.id, { state: 'parked', mutationId });
  bridge.world.outbox = [
    {
      mutationId,
      jobId: newest.jobId,
      jobTitle: 'Golf',
      jobReference: null,
      audience: 'internal',
      title: 'Note',
      text: 'Nobody took this',
      files: [],
      writtenAt: newest.writtenAt,
      isOnItsWay: false,
      isPost: true,
      state: {
        kind: 'refused',
        refusal: { code: 'job-missing', sentence: 'This job is no longer there.' },
      },
    },
  ];
  renderDesk(jobAddress(0), bridge);
  const entry = (await feedEntry('Nobody took this'))!;
  expect(await within(entry).findByText('This job is no longer there.')).toBeDefined();
  fireEvent.click(within(entry).getByText('Try again'));
  await waitFor(() =>
    expect(bridge.world.asked).toContainEqual({ name: 'outbox.retry', args: { mutationId } }),
  );
});

test('a job without any entry says what would be here', async () => {
  const office = fakeOffice(1);
  office.entries.length = 0;
  renderDesk(jobAddress(0), fakeBridge(office));
  expect(await screen.findByText('Nothing has happened yet')).toBeDefined();
});

test('an entry that arrives is shown at once and said aloud (H8, I4)', async () => {
  const bridge = fakeBridge();
  renderDesk(jobAddress(0), bridge);
  await screen.findByText(/^New since you looked/);
  const newest = replaceNewest(bridge, 'Before');
  const author = { kind: 'member', memberId: bridge.world.office.members[1]!.id } as const;
  bridge.world.office.entries.push({
    ...newest,
    id: fakeId(),
    author,
    text: 'Monday 8:00 is free.',
  });
  act(() => bridge.changed());
  expect(await feed().findByText('Monday 8:00 is free.')).toBeDefined();
  expect(await feed().findByText('Mara Kühn: Monday 8:00 is free.')).toBeDefined();
});

async function feedEntry(text: string) {
  await screen.findByRole('region', { name: 'Activity' });
  const words = await feed().findAllByText(text);
  return words.map((word) => word.closest('article')).find((article) => article !== null);
}
