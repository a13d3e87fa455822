import { AtSign, Bell as BellIcon, BellOff, BellRing } from 'lucide-react';
import { useState } from 'react';
import { Virtuoso } from 'react-virtuoso';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { BellScope, FollowState } from '../../electron/core/api/care-contract.ts';
import type { BellJob, HeldReply, RefusedMail } from '../../electron/core/api/bell-contract.ts';
import { PreviewLine } from '../activity/preview-line.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Popover } from '../ui/popover.tsx';
import { shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { HeldReplies } from './held-replies.tsx';
import { RefusedMails } from './refused-mails.tsx';

const ROW_HEIGHT = 82;

/** What others did, merged by job, with an exact number or none. (F3) */
export function Bell() {
  const { value: bell } = useQuery('bell', {});
  const [isOpen, setIsOpen] = useState(false);
  const count = bell?.count ?? 0;
  useShortcut([{ key: 'b' }], () => setIsOpen(true));

  const trigger = (
    <IconButton label={count === 0 ? 'Bell, nothing new' : `Bell, ${count} new`} keys="B">
      <span className="relative">
        <BellIcon aria-hidden size={16} strokeWidth={1.8} />
        {count > 0 && (
          <span
            aria-hidden
            className="absolute -top-2 -right-2 min-w-[15px] rounded-full bg-danger px-[3px] text-center text-2xs leading-[15px] font-bold text-surface tabular-nums"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
    </IconButton>
  );
  return (
    <Popover
      trigger={trigger}
      label="Bell"
      open={isOpen}
      onOpenChange={setIsOpen}
      className="w-[400px]"
    >
      <BellList
        jobs={bell?.jobs ?? []}
        refusedMails={bell?.refusedMails ?? []}
        heldReplies={bell?.heldReplies ?? []}
        count={count}
        scope={bell?.scope ?? 'all'}
        onClose={() => setIsOpen(false)}
      />
    </Popover>
  );
}

function BellList({
  jobs,
  refusedMails,
  heldReplies,
  count,
  scope,
  onClose,
}: {
  jobs: readonly BellJob[];
  refusedMails: readonly RefusedMail[];
  heldReplies: readonly HeldReply[];
  count: number;
  scope: BellScope;
  onClose: () => void;
}) {
  const [, goTo] = useLocation();
  const markAllRead = useRequest('bell.mark-all-read');
  const open = (jobId: BellJob['jobId']) => {
    onClose();
    goTo(`/jobs/${jobId}`);
  };
  return (
    <>
      <header className="flex h-11 items-center gap-2 border-b border-line pr-2 pl-3.5">
        <h2 className="text-title font-semibold tracking-tight">Bell</h2>
        <span className="text-ink-3 tabular-nums">{count > 0 && `${count} new`}</span>
        <Button
          small
          look="quiet"
          className="ml-auto"
          disabled={count === heldReplies.length || markAllRead.busy}
          onClick={() => void markAllRead.send({})}
        >
          Mark all read
        </Button>
      </header>
      {markAllRead.sentence !== null && (
        <p role="alert" className="px-3.5 py-2 text-danger">
          {markAllRead.sentence}
        </p>
      )}
      {heldReplies.length > 0 && <HeldReplies replies={heldReplies} onOpen={open} />}
      {refusedMails.length > 0 && <RefusedMails mails={refusedMails} onOpen={open} />}
      {jobs.length === 0 && refusedMails.length + heldReplies.length > 0 ? null : jobs.length ===
        0 ? (
        <EmptyState icon={BellOff} title="Nothing yet">
          {scope === 'all'
            ? 'When a customer writes, sends a file or fills something in, or a colleague mentions you, it rings here.'
            : 'When a customer does something on a job that you follow or that is yours, or a colleague mentions you, it rings here.'}
        </EmptyState>
      ) : (
        <Virtuoso
          style={{ height: Math.min(jobs.length * ROW_HEIGHT, 420) }}
          data={jobs}
          fixedItemHeight={ROW_HEIGHT}
          itemContent={(_, job) => (
            <BellRow
              job={job}
              onOpen={() => {
                onClose();
                goTo(`/jobs/${job.jobId}?entry=${job.latestEntryId}`);
              }}
            />
          )}
        />
      )}
      <ScopeSwitch scope={scope} />
    </>
  );
}

/** Which jobs ring at all, on every device of the member. */
function ScopeSwitch({ scope }: { scope: BellScope }) {
  const set = useRequest('bell.set-scope');
  return (
    <footer className="border-t border-line bg-surface-2 px-3.5 py-2">
      <label className="flex items-center gap-2.5">
        <input
          type="checkbox"
          className="size-[15px] accent-accent"
          checked={scope === 'followed'}
          onChange={(event) =>
            void set.send({ bellScope: event.target.checked ? 'followed' : 'all' })
          }
        />
        Only jobs I follow or that are mine
      </label>
      {set.sentence !== null && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {set.sentence}
        </p>
      )}
    </footer>
  );
}

function BellRow({ job, onOpen }: { job: BellJob; onOpen: () => void }) {
  const now = useNow();
  const { latest, unreadCount } = job;
  const isUnread = unreadCount > 0;
  return (
    <div
      style={{ height: ROW_HEIGHT }}
      className="group/bell relative border-b border-line hover:bg-surface-3/60"
    >
      <button
        type="button"
        onClick={onOpen}
        className="grid size-full grid-cols-[14px_minmax(0,1fr)_auto] content-center gap-x-1 px-3 text-left focus-visible:-outline-offset-2"
      >
        <span className={classNames('mt-1.5 size-2 rounded-full', isUnread && 'bg-accent')} />
        <span
          dir="auto"
          className={classNames('truncate text-left', isUnread ? 'font-semibold' : 'font-medium')}
        >
          {job.title}
        </span>
        <span className="pl-2 text-sm text-ink-3 tabular-nums">
          {unreadCount > 1 && `${unreadCount} new · `}
          {shortTime(job.at, now)}
        </span>
        <span className="col-span-2 col-start-2 flex text-sm text-ink-2">
          <PreviewLine preview={latest} />
        </span>
        <span
          className={classNames(
            'col-span-2 col-start-2 mt-1 flex items-center gap-1.5 text-sm text-ink-3 [@media(hover:none)]:pr-14',
            job.follow === 'following' && 'pr-6',
          )}
        >
          {job.mentionsMe && (
            <span className="inline-flex shrink-0 items-center gap-1 font-semibold text-accent">
              <AtSign aria-hidden size={12} strokeWidth={2.2} /> For you
            </span>
          )}
          {latest.fromCustomer && <Chip audience="from_customer" />}
          <Chip audience={latest.audience} />
          {job.reference !== null && (
            <span className="-mr-1.5 shrink-0 whitespace-pre">{`${job.reference} · `}</span>
          )}
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {job.customerName}
          </span>
        </span>
      </button>
      <span className="absolute right-2 bottom-2 flex items-center gap-0.5">
        <RowFollow job={job} />
      </span>
    </div>
  );
}

/** Follow and mute, without opening the job. */
function RowFollow({ job }: { job: BellJob }) {
  const set = useRequest('jobs.follow', toast.error);
  const toggle = (state: FollowState) => {
    const next = job.follow === state ? 'neither' : state;
    void set.send({ jobId: job.jobId, state: next });
    if (next === 'muted')
      toast(`“${job.title}” is muted`, {
        action: {
          label: 'Undo',
          onClick: () => void set.send({ jobId: job.jobId, state: job.follow }),
        },
      });
  };
  const isFollowing = job.follow === 'following';
  // Over the end of the customer's name, which has the room for as long as nobody wants to press them.
  const shown =
    'bg-surface-3 opacity-0 group-hover/bell:opacity-100 group-focus-within/bell:opacity-100 [@media(hover:none)]:opacity-100';
  return (
    <>
      <IconButton
        label={isFollowing ? `Stop following ${job.title}` : `Follow ${job.title}`}
        aria-pressed={isFollowing}
        className={classNames('size-6', isFollowing ? 'text-accent' : shown)}
        onClick={() => toggle('following')}
      >
        <BellRing aria-hidden size={14} />
      </IconButton>
      <IconButton
        label={`Mute ${job.title}`}
        className={classNames('size-6', shown)}
        onClick={() => toggle('muted')}
      >
        <BellOff aria-hidden size={14} />
      </IconButton>
    </>
  );
}
