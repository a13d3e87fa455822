import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import type { EntryId } from '../records.ts';
import { dayName } from '../ui/time-words.ts';

/** An entry with the lines that stand above it. */
export interface FeedRow {
  readonly item: FeedItem;
  /** Set where the day differs from the entry above. */
  readonly day: string | null;
  /** The unread entries begin here. */
  readonly isUnreadLine: boolean;
}

export function feedRows(
  items: readonly FeedItem[],
  unreadLineId: EntryId | null,
  now: Date,
): readonly FeedRow[] {
  let above: string | null = null;
  return items.map((item) => {
    const name = dayName(shownAt(item), now);
    const day = name === above ? null : name;
    above = name;
    return { item, day, isUnreadLine: item.entry.id === unreadLineId };
  });
}

/** The time an entry stands under: the office's, or this device's while only this device has it. */
export function shownAt({ entry }: FeedItem): string {
  return entry.arrivedAt ?? entry.writtenAt;
}

const WORTH_SAYING_MS = 60_000;

/** Written and arrived more than a minute apart: then both times are shown. (B5) */
export function arrivedLate({ entry }: FeedItem): boolean {
  if (entry.arrivedAt === null) return false;
  return Math.abs(Date.parse(entry.arrivedAt) - Date.parse(entry.writtenAt)) > WORTH_SAYING_MS;
}

/**
 * The feed asks for the newest so many entries, so an arriving entry would push the oldest out under the reader. The start that
 * is shown stays instead.
 *
 * @param shown what is on the screen
 * @param next the newest answer; complete where it holds `total` entries
 */
export function keepStart(
  shown: readonly FeedItem[],
  next: readonly FeedItem[],
  total: number,
): readonly FeedItem[] {
  const first = next[0];
  if (first === undefined || next.length >= total) return next;
  const from = shown.findIndex((item) => item.entry.id === first.entry.id);
  return from > 0 ? [...shown.slice(0, from), ...next] : next;
}
