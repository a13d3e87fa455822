import { Clock, TriangleAlert } from 'lucide-react';
import type { DragEvent } from 'react';
import type { FileDrop } from '../attachments/use-file-drop.ts';
import { Link } from 'wouter';
import type { JobRow } from '../../electron/core/api/jobs-contract.ts';
import { PreviewLine } from '../activity/preview-line.tsx';
import { useInboxDrop } from '../inbox/use-inbox-drop.ts';
import { memberIn, pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import { SkeletonBar } from '../ui/skeleton.tsx';
import { Spoken } from '../ui/spoken.tsx';
import { StagePill } from '../ui/stage-pill.tsx';
import { fullTime, shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useRowDrop } from './use-row-drop.ts';
import { type MoveFocus, onArrowKeys } from './use-row-focus.ts';

export function JobRowLink({
  row,
  index,
  isOpen,
  onMove,
}: {
  row: JobRow;
  index: number;
  isOpen: boolean;
  /** The arrow keys walk the rows. */
  onMove: MoveFocus;
}) {
  const office = useOffice();
  const now = useNow();
  const assignee = memberIn(office, row.assigneeId);
  const drop = useInboxDrop(row.jobId);
  const files = useRowDrop(row.jobId, row.title);
  return (
    <Link
      href={`/jobs/${row.jobId}`}
      data-row={index}
      onKeyDown={onArrowKeys(onMove)}
      aria-current={isOpen ? 'page' : undefined}
      {...bothDrops(drop.handlers, files.handlers)}
      className={classNames(
        (drop.isOver || files.count !== null) &&
          'bg-internal outline-2 -outline-offset-2 outline-internal-line',
        'relative grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-1 border-b border-line py-[9px] pr-3.5 pl-2 focus-visible:-outline-offset-2',
        isOpen
          ? 'bg-accent-soft before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent'
          : 'hover:bg-surface-2',
      )}
    >
      <span
        aria-hidden
        className={classNames('mt-[6px] ml-0.5 size-2 rounded-full', row.unread && 'bg-accent')}
      />
      <span
        dir="auto"
        className={classNames('truncate text-left', row.unread ? 'font-semibold' : 'font-medium')}
      >
        {row.title}
        {row.unread && <Spoken>, unread</Spoken>}
      </span>
      <time
        dateTime={row.lastActivityAt}
        title={fullTime(row.lastActivityAt)}
        className={classNames('pl-2 text-sm tabular-nums', isOpen ? 'text-ink-2' : 'text-ink-3')}
      >
        {shortTime(row.lastActivityAt, now)}
      </time>
      <span className="col-span-2 col-start-2 mt-px flex items-center gap-1.5 text-left text-sm text-ink-2">
        {row.needsYou && (
          <span className="inline-flex shrink-0 items-center gap-1 font-semibold text-warn">
            <TriangleAlert aria-hidden size={12} strokeWidth={2} /> Needs you
          </span>
        )}
        {row.waiting && (
          <Clock
            role="img"
            aria-label="On this device, waiting"
            size={12}
            strokeWidth={2}
            className="shrink-0 text-warn"
          />
        )}
        {row.lastEntry === null ? 'No activity yet' : <PreviewLine preview={row.lastEntry} />}
      </span>
      <span
        className={classNames(
          'col-span-2 col-start-2 mt-[5px] flex items-center gap-1.5 text-sm',
          isOpen ? 'text-ink-2' : 'text-ink-3',
        )}
      >
        <StagePill
          stage={stageIn(pipelineIn(office, row.pipelineId), row.stageId)}
          className="max-w-[55%]"
        />
        <span className="flex min-w-0 flex-1">
          {row.reference !== null && (
            <span className="shrink-0 whitespace-pre">{`${row.reference} · `}</span>
          )}
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {row.customerName}
          </span>
        </span>
        {assignee !== undefined && (
          <span title={`Assigned to ${assignee.name}`}>
            <Avatar small id={assignee.id} name={assignee.name} />
            <Spoken>Assigned to {assignee.name}</Spoken>
          </span>
        )}
      </span>
    </Link>
  );
}

/** Files of the system and files of the Inbox: each drop looks whether it is meant. */
function bothDrops<Handlers extends FileDrop['handlers']>(
  inbox: Handlers,
  files: FileDrop['handlers'],
): FileDrop['handlers'] {
  const both = (name: keyof FileDrop['handlers']) => (event: DragEvent) => {
    inbox[name](event);
    files[name](event);
  };
  return {
    onDragEnter: both('onDragEnter'),
    onDragOver: both('onDragOver'),
    onDragLeave: both('onDragLeave'),
    onDrop: both('onDrop'),
  };
}

/** As tall as a row, so that nothing jumps when the row arrives. */
export function JobRowSkeleton() {
  return (
    <div className="h-[85px] border-b border-line px-5 py-3">
      <SkeletonBar className="w-3/5" />
      <SkeletonBar className="mt-2.5 w-4/5" />
      <SkeletonBar className="mt-2.5 w-2/5" />
    </div>
  );
}
