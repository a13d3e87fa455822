import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { clockTime, fullTime, timeBeside } from '../ui/time-words.ts';
import { arrivedLate, shownAt } from './feed-rows.ts';

/** The time an entry stands under; both times where it was written long before it arrived. (B5) */
export function EntryTime({ item }: { item: FeedItem }) {
  const { entry } = item;
  const at = shownAt(item);
  const isLate = arrivedLate(item);
  return (
    <time
      dateTime={at}
      title={
        isLate ? `Written ${fullTime(entry.writtenAt)}, arrived ${fullTime(at)}` : fullTime(at)
      }
      className="text-sm text-ink-3 tabular-nums"
    >
      {isLate
        ? `written ${timeBeside(entry.writtenAt, at)}, arrived ${clockTime(at)}`
        : clockTime(at)}
    </time>
  );
}
