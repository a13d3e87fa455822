import { Link } from 'wouter';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { classNames } from '../ui/class-names.ts';
import { fullTime } from '../ui/time-words.ts';
import { FileNames } from './file-names.tsx';
import { ScheduledActions } from './scheduled-actions.tsx';
import { ScheduledChip } from './scheduled-on-job.tsx';
import { heldWords, whenWords } from './scheduled-words.ts';

/** One of the whole office's, in the list of what waits. (C8) */
export function ScheduledRow({ item }: { item: ScheduledItem }) {
  const { held } = item;
  return (
    <article
      aria-label={`${held === null ? 'Scheduled' : 'Not sent'}, reply to ${item.customerName}`}
      className="grid grid-cols-[92px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line px-6 py-3"
    >
      <span className="mt-px justify-self-start">
        <ScheduledChip held={held !== null} />
      </span>
      <div className="min-w-0">
        <p dir="auto" className="line-clamp-2 max-w-[72ch] font-medium text-pretty">
          {item.text}
        </p>
        <p className="mt-0.5 text-sm break-words text-ink-3">
          Reply to <bdi>{item.customerName}</bdi>
          {' · '}
          <Link href={`/jobs/${item.jobId}`} className="hover:text-accent hover:underline">
            {item.jobReference !== null && `${item.jobReference} `}
            <bdi>{item.jobTitle}</bdi>
          </Link>
          {' · '}
          {item.mine ? 'by you' : <bdi>{`by ${item.authorName}`}</bdi>}
        </p>
        {held !== null && (
          <p className="mt-1 max-w-[72ch] text-pretty break-words text-warn">
            {heldWords(held, item.customerName)}
          </p>
        )}
        <FileNames files={item.files} />
        <div
          className={classNames(
            'mt-1.5 flex flex-wrap items-center gap-1',
            held === null && '-ml-2.5',
          )}
        >
          <ScheduledActions item={item} seenVersion={item.seenVersion} isOnJob={false} />
        </div>
      </div>
      <time
        dateTime={item.sendAt}
        title={fullTime(item.sendAt)}
        className="max-w-[220px] text-right text-sm text-pretty text-ink-2 tabular-nums"
      >
        {whenWords(item)}
      </time>
    </article>
  );
}
