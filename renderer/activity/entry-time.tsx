import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { useOffice } from '../shell/office.tsx';
import { clockTime, dayAndTime, fullTime, timeBeside } from '../ui/time-words.ts';
import { arrivedLate, shownAt } from './feed-rows.ts';

/** The time an entry stands under; both times where it was written long before it arrived, or to be sent later. (B5, C8) */
export function EntryTime({ item }: { item: FeedItem }) {
  const { entry } = item;
  const { members } = useOffice();
  const at = shownAt(item);
  const isLate = arrivedLate(item);
  const { scheduled } = entry;
  if (scheduled !== undefined) {
    const sender = members.find(({ id }) => id === scheduled.sentBy);
    const by = sender === undefined ? '' : ` by ${sender.name}`;
    return (
      <time
        dateTime={at}
        title={`Scheduled by ${item.authorName} on ${fullTime(scheduled.at)}, sent${by} on ${fullTime(at)}`}
        className="text-sm text-ink-3 tabular-nums"
      >
        scheduled {dayAndTime(scheduled.at)}, sent{by} {dayAndTime(at)}
      </time>
    );
  }
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
