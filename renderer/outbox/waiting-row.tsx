import { Copy } from 'lucide-react';
import { toast } from 'sonner';
import { Link } from 'wouter';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { fullTime, timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { isOfNobody, isParked, reasonOf, stateWords, waitsForLook } from './outbox-words.ts';
import { ConflictSides } from './conflict-sides.tsx';
import { SaveCopy } from './save-copy.tsx';
import { SecondsLeft } from './leaving.tsx';
import { OutboxActions } from './outbox-actions.tsx';
import { WaitingFiles } from './waiting-files.tsx';

export function WaitingRow({ item, isOffline }: { item: OutboxItem; isOffline: boolean }) {
  const now = useNow();
  const parked = isParked(item.state);
  const needsYou = parked || waitsForLook(item);
  // A file that cannot go says so itself, beside what can be done about it.
  const isFileStuck = item.files.some(({ problem }) => problem !== null);
  const reason = isFileStuck ? null : reasonOf(item);
  return (
    <article
      aria-label={`${item.title}, ${stateWords(item, isOffline)}`}
      className="grid grid-cols-[92px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line px-6 py-3"
    >
      <Chip audience={item.audience} className="mt-px justify-self-start" />
      <div className="min-w-0">
        <p dir="auto" className="line-clamp-2 max-w-[72ch] font-medium text-pretty">
          {item.text === '' ? item.title : item.text}
        </p>
        <p className="mt-0.5 text-sm break-words text-ink-3">
          {item.text !== '' && (
            <>
              <bdi>{item.title}</bdi>
              {' · '}
            </>
          )}
          {item.jobId === null || isOfNobody(item.state) ? (
            <span>{isOfNobody(item.state) ? 'a job that was deleted' : item.jobTitle}</span>
          ) : (
            <Link href={`/jobs/${item.jobId}`} className="hover:text-accent hover:underline">
              {item.jobReference !== null && `${item.jobReference} `}
              <bdi>{item.jobTitle}</bdi>
            </Link>
          )}
          {' · '}
          <time
            dateTime={item.writtenAt}
            title={fullTime(item.writtenAt)}
            className="whitespace-nowrap"
          >
            written {timeOrDay(item.writtenAt, now)}
          </time>
        </p>
        {reason !== null && (
          <p
            className={classNames(
              'mt-1 max-w-[72ch] text-pretty break-words',
              parked ? 'text-warn' : 'text-ink-2',
            )}
          >
            {reason}
          </p>
        )}
        <WaitingFiles item={item} isOffline={isOffline} />
        {item.state.kind === 'conflicted' && item.state.sides.length > 0 && (
          <ConflictSides sides={item.state.sides} />
        )}
        <div
          // Words without a box stand in line with the text above; a button with one does so by its box.
          className={classNames('mt-1.5 flex flex-wrap items-center gap-1', !parked && '-ml-2.5')}
        >
          <OutboxActions item={item} />
          {item.text !== '' && <CopyText text={item.text} />}
          {parked && <SaveCopy mutationIds={[item.mutationId]} />}
        </div>
      </div>
      <p
        className={classNames(
          'max-w-[220px] text-right text-sm',
          needsYou ? 'font-semibold text-warn' : 'text-ink-2',
        )}
      >
        {item.state.kind === 'counting-down' ? (
          <>
            Sending <SecondsLeft leavesAt={item.state.leavesAt} />
          </>
        ) : (
          stateWords(item, isOffline)
        )}
      </p>
    </article>
  );
}

function CopyText({ text }: { text: string }) {
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => toast('Text copied'),
      () => toast.error('The text could not be copied. Open the job and copy it there.'),
    );
  return (
    <Button small look="quiet" onClick={copy}>
      <Copy aria-hidden size={13} /> Copy text
    </Button>
  );
}
