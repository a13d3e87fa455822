// @vitest-environment jsdom

import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const aFile = (name: string) => new File(['words'], name, { type: 'text/plain' });
const items = (files: readonly File[]) =>
  files.map((file) => ({
    kind: 'file',
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory: false }),
  }));
const transfer = (files: readonly File[]) => ({ types: ['Files'], items: items(files) });

function aFolderItem(name: string, files: readonly File[]) {
  const left = files.map((file) => ({
    name: file.name,
    isDirectory: false,
    file: (give: (file: File) => void) => give(file),
  }));
  const createReader = () => ({
    readEntries: (give: (part: unknown[]) => void) => give(left.splice(0)),
  });
  const entry = { name, isDirectory: true, createReader };
  return { kind: 'file', getAsFile: () => new File([], name), webkitGetAsEntry: () => entry };
}

test('(D1) files held over the job page say how many, where to, and who will read them', async () => {
  renderDesk(jobAddress(0));
  const heading = await screen.findByRole('heading', { level: 1 });
  const dataTransfer = transfer([aFile('a.txt'), aFile('b.txt'), aFile('c.txt')]);
  fireEvent.dragEnter(heading, { dataTransfer });
  screen.getByText('Drop to add 3 files');
  screen.getByText(/stay internal until you make them visible/);
  fireEvent.dragLeave(heading, { dataTransfer });
  await waitFor(() => expect(screen.queryByText(/^Drop to add/)).toBeNull());
});

/** The box takes no text before the stored draft was read. */
async function readyNote() {
  const box = await screen.findByLabelText<HTMLTextAreaElement>('Note');
  await waitFor(() => expect(box.readOnly).toBe(false));
  return box;
}

test('(D1) files pasted anywhere on the job page are added; words go into the field that has the focus', async () => {
  renderDesk(jobAddress(0));
  const note = await readyNote();
  const search = screen.getByLabelText('Search in this job');
  const cells = { types: ['text/plain', 'Files'], items: items([aFile('cells.png')]) };
  expect(fireEvent.paste(search, { clipboardData: cells })).toBe(true);
  const names = ['page.txt', 'search.png', 'note.png'];
  for (const [index, place] of [document.body, search, note].entries()) {
    fireEvent.paste(place, { clipboardData: transfer([aFile(names[index]!)]) });
    await screen.findByText(names[index]!);
  }
  const tray = screen.getByLabelText('Files');
  expect(within(tray).getAllByText(/\.(txt|png)$/)).toHaveLength(3);
});

test('(D1) what is pasted while another tab of the job is open lies in its composer', async () => {
  renderDesk(jobAddress(0, '/form'));
  await readyNote();
  fireEvent.paste(document.body, { clipboardData: transfer([aFile('pasted.txt')]) });
  await screen.findByText('pasted.txt');
  expect(window.location.hash).not.toContain('/form');
});

test('(D9) what Docket itself hands out is not taken in again', async () => {
  renderDesk(jobAddress(0));
  const heading = await screen.findByRole('heading', { level: 1 });
  const dataTransfer = { types: ['Files', 'DownloadURL'], items: items([aFile('a.txt')]) };
  const event = createEvent.drop(heading, { dataTransfer });
  fireEvent(heading, event);
  expect(event.defaultPrevented).toBe(false);
  expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
});

test('(D2) a folder offers its files and says which cannot be taken; only a person adds them', async () => {
  renderDesk(jobAddress(0));
  await textBox();
  const good = aFile('a.txt');
  const empty = new File([], 'empty.txt');
  const folder = aFolderItem('Photos', [good, empty]);
  const heading = screen.getByRole('heading', { level: 1 });
  fireEvent.drop(heading, { dataTransfer: { types: ['Files'], items: [folder] } });
  const offer = await screen.findByRole('dialog', { name: 'Add the files in “Photos”?' });
  within(offer).getByText(/“empty.txt” is empty/);
  fireEvent.click(within(offer).getByRole('button', { name: 'Add 1 file' }));
  const tray = await screen.findByRole('list', { name: 'Files' });
  await within(tray).findByText('a.txt');
});

test('(D1) files dropped on a row of the job list wait in that job’s draft, one bad one blocks none', async () => {
  const bridge = fakeBridge();
  const take = bridge.world.addFile;
  bridge.world.addFile = (file, onProgress) =>
    file.name === 'bad.mp4'
      ? Promise.resolve({ kind: 'refused', name: file.name, sentence: '“bad.mp4” is a video.' })
      : take(file, onProgress);
  const desk = renderDesk('/all', bridge);
  const title = bridge.world.office.jobs[2]!.title;
  const row = (await screen.findAllByText(title))[0]!;
  fireEvent.drop(row, {
    dataTransfer: transfer([aFile('a.txt'), aFile('bad.mp4'), aFile('b.txt')]),
  });
  const { id: jobId } = bridge.world.office.jobs[2]!;
  const memberId = bridge.world.office.members[0]!.id;
  await waitFor(async () => {
    const draft = await desk.drafts.readPost({ jobId, memberId });
    expect(draft?.files.map(({ name, audience }) => [name, audience]).toSorted()).toEqual([
      ['a.txt', 'internal'],
      ['b.txt', 'internal'],
    ]);
  });
  await screen.findByText('“bad.mp4” is a video.');
  expect(bridge.world.asked.some(({ name }) => name === 'entries.post')).toBe(false);
});
