import { expect, test } from 'vitest';
import { DraftCell, type DraftMedium } from '../../../renderer/drafts/draft-cell.ts';

/** A disk whose writes end when the test says so. */
function aMedium(stored?: string) {
  const writes: { draft: string | undefined; end: () => void; fail: () => void }[] = [];
  const medium: DraftMedium<string> = {
    read: () => Promise.resolve(stored),
    write: (draft) =>
      new Promise((resolve, reject) => {
        writes.push({ draft, end: resolve, fail: () => reject(new Error('The disk is full.')) });
      }),
  };
  return { medium, writes };
}

test('a change made while the draft is being read comes after it', async () => {
  const { medium } = aMedium('stored');
  const cell = new DraftCell(medium);
  void cell.change((draft) => `${draft} and more`);
  await cell.loaded;
  await Promise.resolve();
  expect(cell.snapshot().draft).toBe('stored and more');
});

test('what is typed is on the screen at once, and kept only when the disk has the last of it', async () => {
  const { medium, writes } = aMedium();
  const cell = new DraftCell(medium);
  await cell.loaded;
  const first = cell.change(() => 'H');
  const second = cell.change((draft) => `${draft}i`);
  expect(cell.snapshot()).toEqual({ draft: 'Hi', state: 'keeping' });
  writes[0]!.end();
  await first;
  expect(cell.snapshot().state).toBe('keeping');
  writes[1]!.end();
  await second;
  expect(cell.snapshot()).toEqual({ draft: 'Hi', state: 'kept' });
});

test('a disk that takes nothing is said, and the words stay on the screen', async () => {
  const { medium, writes } = aMedium();
  const cell = new DraftCell(medium);
  await cell.loaded;
  const change = cell.change(() => 'Hi');
  writes[0]!.fail();
  await change;
  expect(cell.snapshot()).toEqual({ draft: 'Hi', state: 'failed' });
});
