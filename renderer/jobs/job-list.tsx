import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { pipelineIn, useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { SearchBox } from '../ui/search-box.tsx';
import { countWords } from '../ui/size-words.ts';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { type RowWindow, useRowWindow } from '../use-row-window.ts';
import { JobListFilters } from './job-list-filters.tsx';
import { JobRowLink, JobRowSkeleton } from './job-row.tsx';
import type { ListPlace } from './list-place.ts';
import { listAddress } from './list-place.ts';
import { NoJobs } from './no-jobs.tsx';
import { useRowFocus, useRowKeys } from './use-row-focus.ts';

const SCOPE_TITLES = {
  all: 'All jobs',
  mine: 'My jobs',
  unread: 'Unread',
  customer: 'Jobs',
} as const;

export function JobList({
  place,
  onPlace,
  onNewJob,
  openJobId,
  isWide,
  isAside = false,
}: {
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
  onNewJob: () => void;
  openJobId: string | null;
  /** The list has the whole width beside the sidebar. */
  isWide: boolean;
  /** Another page has the window, and the list stands beside it. */
  isAside?: boolean;
}) {
  const office = useOffice();
  const jobs = useRowWindow('jobs.list', place);
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut([{ key: '/' }], () => searchBox.current?.select());
  const { scope } = place;
  const title =
    scope.kind === 'pipeline'
      ? (pipelineIn(office, scope.pipelineId)?.name ?? 'Removed pipeline')
      : SCOPE_TITLES[scope.kind];

  // Without a job beside it the list is the page.
  const Frame = isWide ? 'main' : 'section';
  const Heading = openJobId === null && !isAside ? 'h1' : 'h2';
  return (
    <Frame
      aria-label={title}
      className={classNames(
        'flex min-h-0 flex-col bg-surface',
        isWide
          ? 'min-w-0 flex-1'
          : 'w-[316px] shrink-0 border-r border-line min-[1440px]:w-[348px]',
      )}
    >
      <header className="px-3.5 pt-2.5 pb-2">
        <div className="flex h-8 items-center gap-2">
          <Heading dir="auto" className="truncate text-title font-semibold tracking-tight">
            {title}
          </Heading>
          {jobs.total !== undefined && (
            <span className="text-ink-3 tabular-nums">{countWords(jobs.total)}</span>
          )}
          <span className="ml-auto" />
          <IconButton label="New job" keys="N" onClick={onNewJob} className="-mr-1">
            <Plus aria-hidden size={17} />
          </IconButton>
        </div>
        <SearchBox
          ref={searchBox}
          className="mt-1.5"
          label={`Search in ${title}`}
          placeholder="Title, reference or customer"
          keys="/"
          value={place.search}
          onChange={(search) => onPlace({ ...place, search })}
        />
        <JobListFilters place={place} onPlace={onPlace} />
      </header>
      <Rows
        // Another list starts at its top; a filter of the same list too.
        key={listAddress({ ...place, search: '' })}
        jobs={jobs}
        place={place}
        onPlace={onPlace}
        onNewJob={onNewJob}
        openJobId={openJobId}
      />
      <LiveRegion>
        {place.search !== '' && jobs.total !== undefined ? `${jobs.total} jobs found` : ''}
      </LiveRegion>
    </Frame>
  );
}

function Rows({
  jobs,
  place,
  onPlace,
  onNewJob,
  openJobId,
}: {
  jobs: RowWindow<'jobs.list'>;
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
  onNewJob: () => void;
  openJobId: string | null;
}) {
  const list = useRef<VirtuosoHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const move = useRowFocus({ list, frame, count: jobs.total ?? 0 });
  useRowKeys(move);

  if (jobs.failed !== null && jobs.total === undefined)
    return (
      <p role="alert" className="px-3.5 py-3 text-danger">
        The list could not be read. {jobs.failed.message}
      </p>
    );
  if (jobs.total === undefined) return <RowSkeletons />;
  if (jobs.total === 0) return <NoJobs place={place} onPlace={onPlace} onNewJob={onNewJob} />;
  return (
    <div ref={frame} className="min-h-0 flex-1 border-t border-line">
      <Virtuoso
        ref={list}
        totalCount={jobs.total}
        rangeChanged={jobs.show}
        increaseViewportBy={200}
        computeItemKey={(index) => jobs.rowAt(index)?.jobId ?? `row ${index}`}
        itemContent={(index) => {
          const row = jobs.rowAt(index);
          return row === undefined ? (
            <JobRowSkeleton />
          ) : (
            <JobRowLink row={row} index={index} isOpen={row.jobId === openJobId} onMove={move} />
          );
        }}
      />
    </div>
  );
}

function RowSkeletons() {
  return (
    <AfterPatience>
      <div className="border-t border-line px-5 py-1">
        {Array.from({ length: 8 }, (_, row) => (
          <div key={row} className="border-b border-line py-3.5">
            <SkeletonBar className="w-3/5" />
            <SkeletonBar className="mt-2 w-4/5" />
            <SkeletonBar className="mt-2 w-2/5" />
          </div>
        ))}
      </div>
    </AfterPatience>
  );
}
