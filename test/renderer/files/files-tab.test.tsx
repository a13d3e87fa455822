// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Undone } from '../../../electron/core/api/files-contract.ts';
import { anAttachmentId, anEntryId } from '../../support/builders.ts';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const list = () => screen.findByRole('listbox', { name: 'Files' });
const options = async () => within(await list()).findAllByRole('option');
const option = async (name: RegExp) => within(await list()).findByRole('option', { name });
const inList = jobAddress(0, '/files?view=list');
const asked = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((each) => each.name === name).map(({ args }) => args);

/** The first job's files as the office's own, so that everything can be done with them. */
function ownFiles(
  bridge: FakeBridge,
  change: { undone?: Undone; audience?: 'internal'; hasLocation?: boolean },
) {
  const { attachments, entries, members } = bridge.world.office;
  for (const [id, file] of attachments) attachments.set(id, { ...file, ...change });
  for (const [index, entry] of entries.entries())
    entries[index] = { ...entry, author: { kind: 'member', memberId: members[0]!.id } };
}

test('(A3) the tab counts the files and lists them; a filter goes into the address', async () => {
  renderDesk(inList);
  expect(await options()).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: /^PDF 1/ }));
  expect(window.location.hash).toContain('type=pdf');
  await waitFor(async () => expect(await options()).toHaveLength(1));
});

test('(D9) space looks at a file, the arrows go on, space comes back', async () => {
  renderDesk(inList);
  fireEvent.click(await option(/policy-2026/));
  fireEvent.keyDown(await list(), { key: ' ' });
  const preview = await screen.findByRole('dialog', { name: 'policy-2026.pdf' });
  within(preview).getByText('2 of 2');
  fireEvent.keyDown(preview, { key: 'ArrowLeft' });
  const other = await screen.findByRole('dialog', { name: 'IMG_4471.jpg' });
  expect(within(other).getByRole('img', { name: 'IMG_4471.jpg' })).toBeDefined();
  fireEvent.keyDown(other, { key: ' ' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect((await option(/IMG_4471/)).getAttribute('aria-selected')).toBe('true');
});

test('(D3) making a file visible shows it, names the reader, and sends what was seen; Esc changes nothing', async () => {
  const bridge = fakeBridge();
  ownFiles(bridge, { audience: 'internal' });
  renderDesk(inList, bridge);
  fireEvent.click(await option(/IMG_4471/));
  fireEvent.click(screen.getByRole('button', { name: 'Make visible' }));
  const question = await screen.findByRole('dialog', { name: /^Make this file visible to / });
  within(question).getByText('IMG_4471.jpg');
  fireEvent.keyDown(question, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked(bridge, 'files.change-audience')).toEqual([]);

  fireEvent.click(screen.getByRole('button', { name: 'Make visible' }));
  fireEvent.click(await screen.findByRole('button', { name: /^Make visible to / }));
  await waitFor(() =>
    expect(asked(bridge, 'files.change-audience')).toEqual([
      expect.objectContaining({
        audience: 'visible',
        fromName: 'IMG_4471.jpg',
        keepsLocation: false,
      }),
    ]),
  );
});

test('(D6) a photo keeps its place only where somebody says so', async () => {
  const bridge = fakeBridge();
  ownFiles(bridge, { audience: 'internal', hasLocation: true });
  renderDesk(inList, bridge);
  fireEvent.click(await option(/IMG_4471/));
  fireEvent.click(screen.getByRole('button', { name: 'Make visible' }));
  fireEvent.click(await screen.findByRole('checkbox', { name: /^Remove where photos were taken/ }));
  fireEvent.click(screen.getByRole('button', { name: /^Make visible to / }));
  await waitFor(() =>
    expect(asked(bridge, 'files.change-audience')).toEqual([
      expect.objectContaining({ keepsLocation: true }),
    ]),
  );
});

test('(C10) withdrawing asks first, from the keyboard too, and names what it is about', async () => {
  const bridge = fakeBridge();
  ownFiles(bridge, {});
  renderDesk(inList, bridge);
  fireEvent.click(await option(/IMG_4471/));
  fireEvent.keyDown(await list(), { key: 'a', ctrlKey: true });
  fireEvent.keyDown(await list(), { key: 'Delete' });
  const question = await screen.findByRole('alertdialog', { name: 'Withdraw 2 files?' });
  within(question).getByText('policy-2026.pdf');
  fireEvent.click(within(question).getByRole('button', { name: 'Withdraw' }));
  await waitFor(() => expect(asked(bridge, 'files.withdraw')).toHaveLength(2));
});

test('(C10) what was taken back says who did, when, and whether the customer had looked', async () => {
  const bridge = fakeBridge();
  ownFiles(bridge, {
    undone: {
      how: 'withdrawn',
      byName: 'Mara Kühn',
      mine: false,
      at: '2025-11-02T10:31:00.000Z',
      customerSeenAt: '2025-11-02T10:29:00.000Z',
      mailedAt: null,
    },
  });
  renderDesk(inList, bridge);
  fireEvent.doubleClick(await option(/IMG_4471/));
  const preview = await screen.findByRole('dialog', { name: 'IMG_4471.jpg' });
  within(preview).getByText(/Withdrawn by Mara Kühn, 2 Nov 2025.*had looked at the job before/);
});

test('(D9) files that cannot be in the zip are named before anything is saved', async () => {
  const bridge = fakeBridge();
  renderDesk(inList, bridge);
  const real = bridge.request;
  bridge.request = async (name: string, args: never) =>
    name === 'files.zip'
      ? { url: '/zips/1', fileCount: 1, missing: ['policy-2026.pdf'] }
      : real(name as never, args);
  fireEvent.click(await option(/IMG_4471/));
  fireEvent.keyDown(await list(), { key: 'a', ctrlKey: true });
  const [, ofSelection] = screen.getAllByRole('button', { name: 'Save as zip' });
  fireEvent.click(ofSelection!);
  const said = await screen.findByRole('dialog', { name: '1 file is not in this zip' });
  within(said).getByText('policy-2026.pdf');
  within(said).getByRole('button', { name: 'Save the others' });
});

/** Three hundred more on the first job, by one colleague. */
function manyFiles(bridge: FakeBridge) {
  const { attachments, entries } = bridge.world.office;
  const [file] = attachments.values();
  const entry = entries.find(({ jobId }) => jobId === bridge.world.office.jobs[0]!.id)!;
  const ids = Array.from({ length: 300 }, (_, index) => {
    const id = anAttachmentId();
    attachments.set(id, { ...file!, id, name: `scan ${index}.pdf`, undone: null });
    return id;
  });
  entries.push({ ...entry, id: anEntryId(), kind: 'reply', attachmentIds: ids } as typeof entry);
}

test('(A3, D9) the rows follow the keyboard to both ends, and the preview shows what was not here before', async () => {
  const bridge = fakeBridge();
  manyFiles(bridge);
  renderDesk(jobAddress(0, '/files?view=list&sort=name&q=scan'), bridge);
  await options();
  fireEvent.keyDown(await list(), { key: 'End' });
  fireEvent.keyDown(await list(), { key: ' ' });
  const last = await screen.findByRole('dialog', { name: 'scan 299.pdf' });
  within(last).getByText('300 of 300');
  fireEvent.keyDown(last, { key: 'ArrowLeft' });
  const before = await screen.findByRole('dialog', { name: 'scan 298.pdf' });
  fireEvent.keyDown(before, { key: ' ' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.keyDown(await list(), { key: 'Home' });
  fireEvent.keyDown(await list(), { key: ' ' });
  const first = await screen.findByRole('dialog', { name: 'scan 0.pdf' });
  within(first).getByText('1 of 300');
  const windows = asked(bridge, 'files.list') as { offset: number; limit: number }[];
  for (const { limit } of windows) expect(limit).toBeLessThan(200);
});

test('(D9) all of thousands are saved, selected and counted without their rows being here', async () => {
  const bridge = fakeBridge();
  manyFiles(bridge);
  renderDesk(jobAddress(0, '/files?view=list&q=scan'), bridge);
  await options();
  fireEvent.keyDown(await list(), { key: 'a', ctrlKey: true });
  await screen.findByText(/^300 files, .* selected$/);
  const [, ofSelection] = screen.getAllByRole('button', { name: 'Save as zip' });
  fireEvent.click(ofSelection!);
  const wishes = () => asked(bridge, 'files.zip') as { attachmentIds: readonly string[] }[];
  await waitFor(() => expect(wishes().map((wish) => wish.attachmentIds.length)).toEqual([300]));
});
