import { expect, test } from 'vitest';
import type { FeedItem } from '../../../electron/core/api/jobs-contract.ts';
import { arrivedLate, feedRows, keepStart } from '../../../renderer/activity/feed-rows.ts';
import { anEntry } from '../../support/builders.ts';

function anItem(overrides: Parameters<typeof anEntry>[0] = {}): FeedItem {
  return {
    entry: anEntry(overrides),
    authorName: 'Mara Kühn',
    mine: false,
    attachments: [],
    undone: null,
    state: 'confirmed',
    mutationId: null,
    customerNames: {},
    delivery: null,
    editBasis: null,
    parkedEditId: null,
  };
}
const at = (iso: string) => anItem({ writtenAt: iso, arrivedAt: iso });
const NOW = new Date('2026-11-12T15:00:00');

test('a day is said once, above its first entry', () => {
  const rows = feedRows(
    [
      at('2026-11-10T09:00:00'),
      at('2026-11-10T10:00:00'),
      at('2026-11-11T09:00:00'),
      at('2026-11-12T09:00:00'),
    ],
    null,
    NOW,
  );
  expect(rows.map(({ day }) => day)).toEqual(['Tuesday 10 November', null, 'Yesterday', 'Today']);
});

test('the unread line stands at its entry alone (B6)', () => {
  const items = [at('2026-11-12T08:00:00'), at('2026-11-12T09:00:00')];
  const rows = feedRows(items, items[1]!.entry.id, NOW);
  expect(rows.map(({ isUnreadLine }) => isUnreadLine)).toEqual([false, true]);
});

test('both times are shown only where they are more than a minute apart (B5)', () => {
  const written = '2026-11-12T09:00:00.000Z';
  const after = (ms: number) => new Date(Date.parse(written) + ms).toISOString();
  expect(arrivedLate(anItem({ writtenAt: written, arrivedAt: after(60_000) }))).toBe(false);
  expect(arrivedLate(anItem({ writtenAt: written, arrivedAt: after(60_001) }))).toBe(true);
  expect(arrivedLate(anItem({ writtenAt: written, arrivedAt: after(-60_001) }))).toBe(true);
  expect(arrivedLate(anItem({ writtenAt: written, arrivedAt: null }))).toBe(false);
});

test('an arriving entry does not push the oldest shown one out', () => {
  const [a, b, c, d] = [anItem(), anItem(), anItem(), anItem()];
  expect(keepStart([a, b, c], [b, c, d], 9)).toEqual([a, b, c, d]);
});

test('older entries that were asked for go in front', () => {
  const [a, b, c] = [anItem(), anItem(), anItem()];
  expect(keepStart([c], [a, b, c], 9)).toEqual([a, b, c]);
});

test('a complete answer is shown as it is, so that a discarded entry disappears', () => {
  const [a, b] = [anItem(), anItem()];
  expect(keepStart([a, b], [b], 1)).toEqual([b]);
  expect(keepStart([a, b], [], 0)).toEqual([]);
});
