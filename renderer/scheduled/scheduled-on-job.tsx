import { CalendarClock, TriangleAlert } from 'lucide-react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import { fullTime } from '../ui/time-words.ts';
import { useQuery } from '../use-query.ts';
import { FileNames } from './file-names.tsx';
import { ScheduledActions } from './scheduled-actions.tsx';
import { heldWords, whenWords } from './scheduled-words.ts';

/** At the end of a job's feed: what is to be sent later, and is no entry yet. (C8) */
export function ScheduledOnJob({ page }: { page: JobPage }) {
  const { value: items } = useQuery('scheduled.of-job', { jobId: page.job.id });
  if (items === undefined || items.length === 0) return null;
  return (
    <section aria-label="Scheduled replies" className="mt-2 grid gap-2">
      {items.map((item) => (
        <ScheduledReply key={item.entryId} item={item} seenVersion={page.seenVersion} />
      ))}
    </section>
  );
}

function ScheduledReply({ item, seenVersion }: { item: ScheduledItem; seenVersion: number }) {
  const { held, mine, authorId, authorName } = item;
  return (
    <article
      aria-label={`${held === null ? 'Scheduled' : 'Not sent'}, reply of ${mine ? 'yours' : authorName}`}
      className={classNames(
        'grid grid-cols-[28px_minmax(0,1fr)] gap-[11px] rounded-[10px] border border-dashed px-3 py-2.5',
        held === null ? 'border-visible-line' : 'border-warn bg-warn-soft',
      )}
    >
      <Avatar id={authorId} name={authorName} />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <b dir="auto" className="font-semibold">
            {mine ? 'You' : authorName}
          </b>
          <ScheduledChip held={held !== null} />
          <time
            dateTime={item.sendAt}
            title={fullTime(item.sendAt)}
            className="text-sm text-ink-2 tabular-nums"
          >
            {whenWords(item)}
          </time>
          {item.waiting !== null && (
            <span className="text-sm text-warn">on this device, not with the server yet</span>
          )}
        </div>
        {held !== null && (
          <p className="mt-0.5 font-medium text-pretty text-warn">
            {heldWords(held, item.customerName)}
          </p>
        )}
        {item.text !== '' && (
          <p
            dir="auto"
            className="mt-[3px] max-w-[68ch] text-read leading-read text-pretty break-words whitespace-pre-wrap text-ink-2"
          >
            {item.text}
          </p>
        )}
        <FileNames files={item.files} />
        <div
          className={classNames(
            'mt-1 flex flex-wrap items-center gap-1',
            held === null && '-ml-2.5',
          )}
        >
          <ScheduledActions item={item} seenVersion={seenVersion} isOnJob />
        </div>
      </div>
    </article>
  );
}

export function ScheduledChip({ held }: { held: boolean }) {
  const Icon = held ? TriangleAlert : CalendarClock;
  return (
    <span
      className={classNames(
        'inline-flex shrink-0 items-center gap-1 rounded-full border py-0 pr-2 pl-1.5 text-xs leading-[18px] font-semibold whitespace-nowrap',
        held ? 'border-warn text-warn' : 'border-visible-line bg-visible text-visible-ink',
      )}
    >
      <Icon aria-hidden size={12} strokeWidth={2.2} />
      {held ? 'Not sent' : 'Scheduled'}
    </span>
  );
}
