import { Command } from 'cmdk';
import { useState } from 'react';
import type { JobId } from '../records.ts';
import { useFoundJobs } from '../search/use-found-jobs.ts';
import { pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { countOf } from '../ui/size-words.ts';
import { StagePill } from '../ui/stage-pill.tsx';
import { useFirstChosen } from '../ui/use-first-chosen.ts';
import { LONGEST_SEARCH } from '../ui/search-box.tsx';

const MOST_JOBS = 20;

/** Chooses the job that files go to, by keyboard alone if need be. */
export function JobDialog({
  fileCount,
  onChoose,
  onClose,
}: {
  fileCount: number;
  onChoose: (jobId: JobId) => void;
  onClose: () => void;
}) {
  const office = useOffice();
  const [search, setSearch] = useState('');
  const { rows, answeredSearch } = useFoundJobs(search, MOST_JOBS);
  const [chosen, setChosen] = useFirstChosen(rows[0]?.jobId ?? '', answeredSearch);
  return (
    <Dialog title={`Add ${countOf(fileCount, 'file')} to a job`} onClose={onClose}>
      <Command
        label="Jobs"
        shouldFilter={false}
        loop
        value={chosen}
        onValueChange={setChosen}
        className="flex min-h-0 flex-col"
      >
        <Command.Input
          autoFocus
          value={search}
          onValueChange={setSearch}
          maxLength={LONGEST_SEARCH}
          placeholder="Title, reference or customer"
          className="border-y border-line bg-transparent px-5 py-2.5 text-read focus-visible:outline-none"
        />
        <Command.List className="h-[min(380px,50vh)] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-ink-2">
            No job fits “{search}”.
          </Command.Empty>
          {rows.map((row) => (
            <Command.Item
              key={row.jobId}
              value={row.jobId}
              onSelect={() => onChoose(row.jobId)}
              className="flex items-center gap-3 rounded-lg px-3 py-2 data-[selected=true]:bg-surface-3"
            >
              <span className="min-w-0 flex-1">
                <span dir="auto" className="block truncate text-left font-medium">
                  {row.title}
                </span>
                <span className="block truncate text-sm text-ink-3">
                  {row.reference !== null && `${row.reference} · `}
                  <bdi>{row.customerName}</bdi>
                </span>
              </span>
              <StagePill stage={stageIn(pipelineIn(office, row.pipelineId), row.stageId)} />
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
