// @vitest-environment jsdom

import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { OutboxItem, OutboxState } from '../../../electron/core/api/outbox-contract.ts';
import type { FormField } from '../../../renderer/records.ts';
import { draftOf } from '../../../renderer/drafts/drafts.ts';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { fakeId } from '../../support/fake-office.ts';
import { renderDesk, textBox } from '../../support/render-desk.tsx';

function anItem(overrides: Partial<OutboxItem> = {}): OutboxItem {
  return {
    mutationId: fakeId(),
    jobId: null,
    jobTitle: 'Golf 8, rear quarter panel',
    jobReference: '#2291',
    audience: 'visible',
    title: 'Reply to Anna Berg',
    text: 'Thursday is fine.',
    files: [],
    writtenAt: '2026-11-12T10:12:00.000Z',
    isOnItsWay: false,
    isPost: true,
    state: { kind: 'waiting' },
    ...overrides,
  };
}

const held: OutboxState = {
  kind: 'held',
  news: [
    {
      entryId: fakeId(),
      text: 'Thursday no longer works for me.',
      at: '2026-11-12T10:31:00.000Z',
      preview: {
        kind: 'reply',
        audience: 'visible',
        fromCustomer: true,
        authorName: 'Anna Berg',
        mine: false,
        snippet: 'Thursday no longer works for me.',
      },
    },
  ],
};

function renderWaiting(...items: OutboxItem[]): FakeBridge {
  const bridge = fakeBridge();
  const jobId = bridge.world.office.jobs[0]!.id;
  bridge.world.outbox = items.map((item) => ({ ...item, jobId }));
  renderDesk('/waiting', bridge);
  return bridge;
}

const row = async (text: string) => (await screen.findByText(text)).closest('article')!;
const asked = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((one) => one.name === name).map(({ args }) => args);

test('what customers will see stands first and apart (H4)', async () => {
  renderWaiting(
    anItem({ audience: 'internal', title: 'Note', text: 'Ask Paul.' }),
    anItem({ text: 'Thursday is fine.' }),
  );
  await row('Ask Paul.');
  const headings = screen.getAllByRole('heading', { level: 2 }).map((h) => h.textContent);
  expect(headings).toEqual(expect.arrayContaining(['Customers will see 1', 'Only your team 1']));
  const articles = screen.getAllByRole('article').map((a) => a.textContent);
  expect(articles[0]).toContain('Thursday is fine.');
});

test('a refused item says why and is tried again', async () => {
  const item = anItem({
    state: { kind: 'refused', refusal: { code: 'job-missing', sentence: 'The job is gone.' } },
  });
  const bridge = renderWaiting(item);
  const article = await row('Thursday is fine.');
  expect(within(article).getByText('The job is gone.')).toBeDefined();
  fireEvent.click(within(article).getByRole('button', { name: 'Try again' }));
  await waitFor(() =>
    expect(asked(bridge, 'outbox.retry')).toEqual([{ mutationId: item.mutationId }]),
  );
});

test('a conflict names what stands, and its button what it would do (H5)', async () => {
  renderWaiting(
    anItem({
      text: '',
      title: 'Stage: Booked → Ready',
      state: {
        kind: 'conflicted',
        sides: [],
        conflict: { kind: 'stage', standsStageId: 'x', standsName: 'Cancelled' },
      },
    }),
  );
  const article = await row('Stage: Booked → Ready');
  expect(
    within(article).getByText('A colleague moved this job to “Cancelled” meanwhile.'),
  ).toBeDefined();
  expect(within(article).getByRole('button', { name: 'Move it anyway' })).toBeDefined();
});

test('discarding asks first, shows the thing, and Esc keeps it', async () => {
  const item = anItem();
  const bridge = renderWaiting(item);
  const open = async () =>
    fireEvent.click(
      within(await row('Thursday is fine.')).getByRole('button', { name: 'Discard' }),
    );
  await open();
  const question = within(screen.getByRole('alertdialog'));
  expect(question.getByText('Thursday is fine.')).toBeDefined();
  fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(asked(bridge, 'outbox.discard')).toEqual([]);
  await open();
  fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Discard' }));
  await waitFor(() =>
    expect(asked(bridge, 'outbox.discard')).toEqual([{ mutationId: item.mutationId }]),
  );
});

test('what is on its way to the server cannot be touched', async () => {
  renderWaiting(anItem({ isOnItsWay: true }));
  const article = await row('Thursday is fine.');
  const names = within(article)
    .getAllByRole('button')
    .map((button) => button.textContent.trim());
  expect(names).toEqual(['Copy text']);
});

test('[P6] a held reply is decided side by side with what is new, and editing is the default (C5)', async () => {
  const item = anItem({ state: held });
  const bridge = renderWaiting(item);
  const article = await row('Thursday is fine.');
  expect(within(article).getByText(/^Anna Berg wrote at/)).toBeDefined();
  fireEvent.click(within(article).getByRole('button', { name: 'Look and decide' }));
  const dialog = within(screen.getByRole('alertdialog'));
  expect(dialog.getByText('Anna Berg wrote meanwhile. Still send your reply?')).toBeDefined();
  expect(dialog.getByText('Thursday is fine.')).toBeDefined();
  expect(dialog.getByText('Thursday no longer works for me.')).toBeDefined();
  expect(document.activeElement?.textContent).toBe('Edit reply');
  fireEvent.click(dialog.getByRole('button', { name: 'Make it an internal note' }));
  await waitFor(() =>
    expect(asked(bridge, 'outbox.make-internal')).toEqual([{ mutationId: item.mutationId }]),
  );
});

test('editing takes a waiting reply back into its composer, with its audience (C4)', async () => {
  renderWaiting(anItem());
  fireEvent.click(within(await row('Thursday is fine.')).getByRole('button', { name: 'Edit' }));
  await waitFor(async () => expect(await textBox()).toHaveProperty('value', 'Thursday is fine.'));
  expect(screen.getByRole('button', { name: /^Send to Anna Berg/ })).toBeDefined();
});

test('editing never overwrites another draft of the job (C3)', async () => {
  const bridge = fakeBridge();
  const job = bridge.world.office.jobs[0]!;
  bridge.world.outbox = [anItem({ jobId: job.id })];
  const { drafts, reload } = renderDesk('/waiting', bridge);
  const key = { jobId: job.id, memberId: bridge.world.office.members[0]!.id };
  await drafts.writePost(key, draftOf({ text: 'Half a thought', audience: 'internal', files: [] }));
  reload();
  fireEvent.click(within(await row('Thursday is fine.')).getByRole('button', { name: 'Edit' }));
  expect(await screen.findByText(/Another draft stands in this job’s composer/)).toBeDefined();
  expect(asked(bridge, 'outbox.take-back')).toEqual([]);
  expect(await drafts.readPost(key)).toMatchObject({ text: 'Half a thought' });
});

test('[H3] a take-back that the core refuses leaves no draft behind', async () => {
  const bridge = fakeBridge();
  const job = bridge.world.office.jobs[0]!;
  bridge.world.outbox = [anItem({ jobId: job.id })];
  bridge.world.failing.set('outbox.take-back', 'It is already on its way.');
  const { drafts } = renderDesk('/waiting', bridge);
  fireEvent.click(within(await row('Thursday is fine.')).getByRole('button', { name: 'Edit' }));
  expect(await screen.findByText('It is already on its way.')).toBeDefined();
  const memberId = bridge.world.office.members[0]!.id;
  await waitFor(async () =>
    expect(await drafts.readPost({ jobId: job.id, memberId })).toBeUndefined(),
  );
});

test('(D3) [P6] a file whose job moved on before it became visible stays internal unless a person still wants it', async () => {
  const title = 'Make “wing.jpg” visible to Anna Berg';
  const item = anItem({ title, text: '', isPost: false, state: held });
  const bridge = renderWaiting(item);
  const waiting = await row(item.title);
  expect(within(waiting).queryByRole('button', { name: 'Make internal' })).toBeNull();
  fireEvent.click(within(waiting).getByRole('button', { name: 'Look and decide' }));
  const question = await screen.findByRole('alertdialog', {
    name: /Still make the file visible\?$/,
  });
  within(question).getByText('Thursday no longer works for me.');
  expect(document.activeElement?.textContent).toBe('Keep it internal');
  fireEvent.click(within(question).getByRole('button', { name: 'Make it visible' }));
  await waitFor(() =>
    expect(asked(bridge, 'outbox.retry')).toEqual([{ mutationId: item.mutationId }]),
  );
});

test('(H5) a form that clashed shows yours beside what stands, field by field', async () => {
  const id = fakeId<FormField['id']>();
  const field: FormField = {
    id,
    label: 'Mileage',
    type: 'number',
    choices: [],
    customerCanEdit: false,
  };
  const conflict = {
    kind: 'form',
    fields: [{ fieldId: id, label: 'Mileage', stands: 84_200 }],
  } as const;
  const sides = [{ label: 'Mileage', yours: 90_000, stands: 84_200, field }];
  renderWaiting(
    anItem({
      text: '',
      title: 'Form: Mileage',
      state: { kind: 'conflicted', conflict: { ...conflict, fields: [...conflict.fields] }, sides },
    }),
  );
  const line = await screen.findByRole('row', { name: /Mileage/ });
  const cells = within(line).getAllByRole('cell');
  expect(cells.map(({ textContent }) => textContent)).toEqual(['90,000', '84,200']);
  expect(screen.getByRole('button', { name: 'Save mine anyway' })).toBeDefined();
});
