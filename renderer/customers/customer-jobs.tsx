import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { CustomerPage } from '../../electron/core/api/care-contract.ts';
import { JobRowLink, JobRowSkeleton } from '../jobs/job-row.tsx';
import { placeOf } from '../jobs/list-place.ts';
import { NewJobDialog } from '../jobs/new-job-dialog.tsx';
import { useRowFocus } from '../jobs/use-row-focus.ts';
import { Button } from '../ui/button.tsx';
import { countWords } from '../ui/size-words.ts';
import { useRowWindow } from '../use-row-window.ts';

/** The customer's jobs, newest activity first, in the page's own scroll. (A6) */
export function CustomerJobs({
  page,
  scroller,
}: {
  page: CustomerPage;
  scroller: HTMLElement | null;
}) {
  const customerId = page.customer.id;
  const jobs = useRowWindow('jobs.list', placeOf({ kind: 'customer', customerId }));
  const list = useRef<VirtuosoHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [isAdding, setIsAdding] = useState(false);
  const move = useRowFocus({ list, frame, count: jobs.total ?? 0 });
  return (
    <section aria-label="Jobs" className="border-t border-line pb-10">
      <header className="flex items-center px-6 pt-3.5 pb-2.5">
        <h2 className="flex items-baseline gap-2 text-title font-semibold tracking-tight">
          Jobs
          <span className="text-ui font-normal text-ink-3 tabular-nums">
            {countWords(page.jobCount)}
          </span>
        </h2>
        <Button small className="ml-auto" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden size={14} />
          New job
        </Button>
      </header>
      {isAdding && (
        <NewJobDialog
          place={placeOf({ kind: 'all' })}
          customer={page.customer}
          onClose={() => setIsAdding(false)}
        />
      )}
      {page.jobCount === 0 && <p className="px-6 text-ink-2">No jobs yet.</p>}
      {jobs.total !== undefined && jobs.total > 0 && scroller !== null && (
        <div ref={frame} className="border-t border-line">
          <Virtuoso
            ref={list}
            customScrollParent={scroller}
            totalCount={jobs.total}
            rangeChanged={jobs.show}
            computeItemKey={(index) => jobs.rowAt(index)?.jobId ?? `row ${index}`}
            itemContent={(index) => {
              const row = jobs.rowAt(index);
              return row === undefined ? (
                <JobRowSkeleton />
              ) : (
                <JobRowLink row={row} index={index} isOpen={false} onMove={move} />
              );
            }}
          />
        </div>
      )}
    </section>
  );
}
