import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { JobRow } from '../../electron/core/api/jobs-contract.ts';
import type { DeskWindow } from '../shell/desk-window.ts';
import { pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { LONGEST_SEARCH } from '../ui/search-box.tsx';
import { StagePill } from '../ui/stage-pill.tsx';
import { useFirstChosen } from '../ui/use-first-chosen.ts';
import { PaletteHits, SEARCH_EVERYTHING } from './palette-hits.tsx';
import { PaletteGroup, PaletteItem } from './palette-parts.tsx';
import type { Choice } from './choice.ts';
import { useChoices } from './use-choices.tsx';
import { useFoundJobs } from './use-found-jobs.ts';

const MOST_JOBS = 8;

/** Find a job or do something, without the mouse. (G3) */
export function Palette({
  onClose,
  onOpen,
}: {
  onClose: () => void;
  onOpen: (window: DeskWindow) => void;
}) {
  const [search, setSearch] = useState('');
  const { rows, answeredSearch } = useFoundJobs(search, MOST_JOBS);
  const choices = useChoices({ search, onClose, onOpen });
  const [, goTo] = useLocation();
  const go = (to: string) => {
    onClose();
    goTo(to);
  };
  // The rows of another search are other rows: cmdk would leave nothing chosen.
  const first = rows[0]?.jobId ?? choices[0]?.name ?? SEARCH_EVERYTHING;
  const [chosen, setChosen] = useFirstChosen(first, answeredSearch);

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[rgb(20_18_14/.32)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-[600px] -translate-x-1/2 animate-fade-in overflow-hidden rounded-[14px] border border-line bg-surface shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Find anything</Dialog.Title>
          {/* The core finds jobs by its own rule; only the rest is matched here. */}
          <Command
            label="Find anything"
            shouldFilter={false}
            loop
            value={chosen}
            onValueChange={setChosen}
          >
            <Command.Input
              value={search}
              onValueChange={setSearch}
              maxLength={LONGEST_SEARCH}
              placeholder="Find anything, or do something"
              className="w-full border-b border-line bg-transparent px-4 py-3.5 text-lg focus-visible:outline-none"
            />
            <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
              <JobHits rows={rows} onGo={(jobId) => go(`/jobs/${jobId}`)} />
              <Choices heading="Go to" choices={choices.filter(({ group }) => group === 'place')} />
              <Choices heading="Do" choices={choices.filter(({ group }) => group === 'action')} />
              <PaletteHits search={search} onGo={go} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function JobHits({ rows, onGo }: { rows: readonly JobRow[]; onGo: (jobId: string) => void }) {
  const office = useOffice();
  if (rows.length === 0) return null;
  return (
    <PaletteGroup heading="Jobs">
      {rows.map((row) => (
        <PaletteItem key={row.jobId} value={row.jobId} onSelect={() => onGo(row.jobId)}>
          <span className="w-12 shrink-0 font-reference text-sm text-ink-3">{row.reference}</span>
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {row.title} <span className="text-ink-3">· {row.customerName}</span>
          </span>
          <StagePill
            stage={stageIn(pipelineIn(office, row.pipelineId), row.stageId)}
            className="max-w-40"
          />
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

function Choices({ heading, choices }: { heading: string; choices: readonly Choice[] }) {
  if (choices.length === 0) return null;
  return (
    <PaletteGroup heading={heading}>
      {choices.map(({ name, icon, keys, act }) => (
        <PaletteItem
          key={name}
          value={name}
          onSelect={act}
          {...(keys === undefined ? {} : { keys })}
        >
          <span aria-hidden className="grid w-5 shrink-0 place-items-center text-ink-3">
            {icon}
          </span>
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {name}
          </span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}
