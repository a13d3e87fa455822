import { TriangleAlert } from 'lucide-react';
import type { RefusedMail } from '../../electron/core/api/bell-contract.ts';
import { refusalWords } from '../activity/delivery-words.ts';
import { shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';

/** Mails that did not reach a customer stand above all else: the office believes the customer knows. (F2) */
export function RefusedMails({
  mails,
  onOpen,
}: {
  mails: readonly RefusedMail[];
  onOpen: (jobId: RefusedMail['jobId']) => void;
}) {
  const now = useNow();
  return (
    <ul aria-label="Mails that were refused" className="max-h-[180px] overflow-y-auto">
      {mails.map(({ mailId, jobId, jobTitle, customerName, refused, reachedOthers, at }) => (
        <li key={mailId}>
          <button
            type="button"
            onClick={() => onOpen(jobId)}
            className="grid w-full grid-cols-[14px_1fr_auto] gap-x-1 border-b border-line bg-warn-soft px-3 py-2 text-left focus-visible:-outline-offset-2"
          >
            <TriangleAlert aria-hidden size={14} className="mt-0.5 text-danger" />
            <span className="truncate font-semibold">{jobTitle}</span>
            <span className="text-sm text-ink-2 tabular-nums">{shortTime(at, now)}</span>
            <span className="col-span-2 col-start-2 text-sm text-pretty break-words text-ink-2">
              {!reachedOthers && `${customerName} was not told by mail. `}
              {refused.map(({ to, reason }) => `${refusalWords(to, reason)}.`).join(' ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
