import { TriangleAlert } from 'lucide-react';
import type { HeldReply } from '../../electron/core/api/bell-contract.ts';
import { heldWords } from '../scheduled/scheduled-words.ts';
import { shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';

/** Replies that were to be sent and were not: they ring until somebody has decided. (C8, F3) */
export function HeldReplies({
  replies,
  onOpen,
}: {
  replies: readonly HeldReply[];
  onOpen: (jobId: HeldReply['jobId']) => void;
}) {
  const now = useNow();
  return (
    <ul aria-label="Replies that were not sent" className="max-h-[180px] overflow-y-auto">
      {replies.map(({ entryId, jobId, jobTitle, customerName, why, at }) => (
        <li key={entryId}>
          <button
            type="button"
            onClick={() => onOpen(jobId)}
            className="grid w-full grid-cols-[14px_1fr_auto] gap-x-1 border-b border-line bg-warn-soft px-3 py-2 text-left focus-visible:-outline-offset-2"
          >
            <TriangleAlert aria-hidden size={14} className="mt-0.5 text-warn" />
            <span className="truncate font-semibold">{jobTitle}</span>
            <span className="text-sm text-ink-2 tabular-nums">{shortTime(at, now)}</span>
            <span className="col-span-2 col-start-2 text-sm text-pretty break-words text-ink-2">
              The reply to {customerName} was not sent. {heldWords({ why }, customerName)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
