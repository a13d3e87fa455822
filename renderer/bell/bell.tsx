import { Bell as BellIcon, BellOff } from 'lucide-react';
import { useState } from 'react';
import { Virtuoso } from 'react-virtuoso';
import { useLocation } from 'wouter';
import type { BellJob, RefusedMail } from '../../electron/core/api/contract.ts';
import { previewWords } from '../activity/preview-words.ts';
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
import { RefusedMails } from './refused-mails.tsx';

const ROW_HEIGHT = 78;

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
      className="w-[360px]"
    >
      <BellList
        jobs={bell?.jobs ?? []}
        refusedMails={bell?.refusedMails ?? []}
        count={count}
        onClose={() => setIsOpen(false)}
      />
    </Popover>
  );
}

function BellList({
  jobs,
  refusedMails,
  count,
  onClose,
}: {
  jobs: readonly BellJob[];
  refusedMails: readonly RefusedMail[];
  count: number;
  onClose: () => void;
}) {
  const [, goTo] = useLocation();
  const markAllRead = useRequest('bell.mark-all-read');
  return (
    <>
      <header className="flex h-11 items-center gap-2 border-b border-line pr-2 pl-3.5">
        <h2 className="text-title font-semibold tracking-tight">Bell</h2>
        <span className="text-ink-3 tabular-nums">{count > 0 && `${count} new`}</span>
        <Button
          small
          look="quiet"
          className="ml-auto"
          disabled={count === 0 || markAllRead.busy}
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
      {refusedMails.length > 0 && (
        <RefusedMails
          mails={refusedMails}
          onOpen={(jobId) => {
            onClose();
            goTo(`/jobs/${jobId}`);
          }}
        />
      )}
      {jobs.length === 0 && refusedMails.length > 0 ? null : jobs.length === 0 ? (
        <EmptyState icon={BellOff} title="Nothing yet">
          When a customer or a colleague writes on a job, it rings here.
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
                goTo(`/jobs/${job.jobId}`);
              }}
            />
          )}
        />
      )}
    </>
  );
}

function BellRow({ job, onOpen }: { job: BellJob; onOpen: () => void }) {
  const now = useNow();
  const { latest, unreadCount } = job;
  const isUnread = unreadCount > 0;
  return (
    <button
      type="button"
      onClick={onOpen}
      style={{ height: ROW_HEIGHT }}
      className="grid w-full grid-cols-[14px_1fr_auto] content-center gap-x-1 border-b border-line px-3 text-left hover:bg-surface-3/60 focus-visible:-outline-offset-2"
    >
      <span className={classNames('mt-1.5 size-2 rounded-full', isUnread && 'bg-accent')} />
      <span className={classNames('truncate', isUnread ? 'font-semibold' : 'font-medium')}>
        {job.title}
      </span>
      <span className="text-sm text-ink-3 tabular-nums">{shortTime(job.at, now)}</span>
      <span className="col-span-2 col-start-2 truncate text-sm text-ink-2">
        {previewWords(latest)}
      </span>
      <span className="col-span-2 col-start-2 mt-1 flex items-center gap-2 text-sm text-ink-3">
        <Chip audience={latest.fromCustomer ? 'from_customer' : latest.audience} />
        <span className="truncate">
          {job.reference !== null && `${job.reference} · `}
          {job.customerName}
        </span>
        {unreadCount > 1 && (
          <span className="ml-auto shrink-0 tabular-nums">{unreadCount} new</span>
        )}
      </span>
    </button>
  );
}
