import { FolderOpen, MoreHorizontal, SearchX, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { JobPage } from '../../electron/core/api/contract.ts';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Menu } from '../ui/menu.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { FileActItems } from './file-acts-menu.tsx';
import { FilePreview } from './file-preview.tsx';
import {
  audienceOf,
  countFiles,
  type FileSieve,
  fileSieveFrom,
  fileSieveSearch,
  isSieving,
  sieved,
  unsieved,
} from './file-sieve.ts';
import { FilesToolbar } from './files-toolbar.tsx';
import { FilesView, type FilesViewHandle } from './files-view.tsx';
import { NOTHING_SELECTED, type Selection, stillThere } from './selection.ts';
import { undoneWords } from './undone-words.ts';
import { type FileActs, useFileActs } from './use-file-acts.tsx';

/** All files of a job. What is shown, and how, lives in the address. (A3, D9) */
export function FilesTab({ page, onAdd }: { page: JobPage; onAdd: () => void }) {
  const { value: files, failed } = useQuery('files.list', { jobId: page.job.id });
  if (failed !== null && files === undefined)
    return (
      <p role="alert" className="px-6 py-3 text-danger">
        The files could not be read. {failed.message}
      </p>
    );
  if (files === undefined) return <FilesSkeleton />;
  if (files.length === 0)
    return (
      <div className="min-h-0 flex-1">
        <EmptyState
          icon={FolderOpen}
          title="No files yet"
          action={<Button onClick={onAdd}>Add files</Button>}
        >
          Everything posted on this job stands here. Drop files anywhere on the page to add them.
        </EmptyState>
      </div>
    );
  return <Files page={page} files={files} onAdd={onAdd} />;
}

type Looking = { readonly fileId: string; readonly versionsOf: string | null };

function Files({
  page,
  files,
  onAdd,
}: {
  page: JobPage;
  files: readonly FileRow[];
  onAdd: () => void;
}) {
  const [path, goTo] = useLocation();
  const search = useSearch();
  const sieve = fileSieveFrom(search);
  const setSieve = (next: FileSieve) => {
    const nextSearch = fileSieveSearch(next);
    goTo(nextSearch === '' ? path : `${path}?${nextSearch}`, { replace: true });
  };
  const asked = new URLSearchParams(search).get('file');
  const [chosen, setSelection] = useState<Selection>(() =>
    asked === null ? NOTHING_SELECTED : { ids: new Set([asked]), activeId: asked, anchorId: asked },
  );
  const [looking, setLooking] = useState<Looking | null>(null);
  const view = useRef<FilesViewHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const now = useNow();
  const acts = useFileActs(page, (file) =>
    setLooking({ fileId: file.older[0]?.id ?? file.id, versionsOf: file.id }),
  );
  useShortcut([{ key: 'f' }], () => searchBox.current?.select());
  useShortcut([{ key: 'v' }], () =>
    setSieve({ ...sieve, view: sieve.view === 'list' ? 'grid' : 'list' }),
  );

  const shown = sieved(files, sieve);
  const selection = stillThere(
    chosen,
    shown.map(({ id }) => id),
  );
  const selected = shown.filter(({ id }) => selection.ids.has(id));
  const versions = files.find(({ id }) => id === looking?.versionsOf);
  const walked = versions === undefined ? shown : [versions, ...versions.older];
  const preview = (file: FileRow) => setLooking({ fileId: file.id, versionsOf: null });

  return (
    <section aria-label="Files" className="flex min-h-0 flex-1 flex-col">
      <FilesToolbar
        counts={countFiles(files)}
        sieve={sieve}
        onSieve={setSieve}
        onAdd={onAdd}
        onZip={(copy) => acts.perform(copy, shown)}
        isZipping={acts.isZipping}
        jobId={page.job.id}
        searchRef={searchBox}
      />
      {shown.length === 0 ? (
        <div className="min-h-0 flex-1">
          <EmptyState
            icon={SearchX}
            title="No file fits these filters"
            action={<Button onClick={() => setSieve(unsieved(sieve))}>Show all files</Button>}
          />
        </div>
      ) : (
        <FilesView
          ref={view}
          key={sieve.view}
          files={shown}
          view={sieve.view}
          selection={selection}
          onSelection={setSelection}
          onPreview={preview}
          acts={acts}
        />
      )}
      <Foot
        shown={shown}
        selected={selected}
        acts={acts}
        onPreview={preview}
        onClear={() => setSelection({ ...selection, ids: new Set() })}
      />
      {looking !== null && (
        <FilePreview
          files={walked}
          fileId={looking.fileId}
          onFile={(file) => {
            setLooking({ ...looking, fileId: file.id });
            if (looking.versionsOf === null)
              setSelection({ ids: new Set([file.id]), activeId: file.id, anchorId: file.id });
          }}
          onOpen={(file) => acts.perform('open', [file])}
          onClose={() => setLooking(null)}
          returnFocus={() => view.current?.focus()}
          audienceOf={audienceOf}
          note={(file) =>
            file.undone === null
              ? `${file.mine ? 'you' : file.authorName}, ${timeOrDay(file.at, now)}`
              : undoneWords(file.undone, page.customer.name, now)
          }
        >
          {(file) => (
            <Menu align="end" label={`What to do with ${file.name}`} trigger={<MoreButton />}>
              <FileActItems acts={acts} files={[file]} />
            </Menu>
          )}
        </FilePreview>
      )}
      {acts.windows}
      <LiveRegion>{isSieving(sieve) ? `${countOf(shown.length, 'file')} shown` : ''}</LiveRegion>
    </section>
  );
}

/** The trigger of a menu is rendered by Radix, which hands its own properties on. */
function MoreButton(rest: object) {
  return (
    <IconButton label="More" {...rest}>
      <MoreHorizontal aria-hidden size={17} />
    </IconButton>
  );
}

/** How many are shown; with a selection, what can be done with it. */
function Foot({
  shown,
  selected,
  acts,
  onPreview,
  onClear,
}: {
  shown: readonly FileRow[];
  selected: readonly FileRow[];
  acts: FileActs;
  onPreview: (file: FileRow) => void;
  onClear: () => void;
}) {
  const [first] = selected;
  const words = (files: readonly FileRow[]) =>
    `${countOf(files.length, 'file')}, ${sizeWords(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}`;
  if (first === undefined)
    return (
      <footer className="flex h-10 shrink-0 items-center border-t border-line px-6 text-sm text-ink-3 tabular-nums">
        {words(shown)}
      </footer>
    );
  const possible = acts.possible(selected);
  return (
    <footer className="flex h-10 shrink-0 items-center gap-1 border-t border-line bg-surface-2 pr-4 pl-6 text-sm">
      <span className="min-w-0 truncate tabular-nums">
        {selected.length === 1 ? <bdi>{first.name}</bdi> : `${words(selected)} selected`}
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-1">
        {selected.length === 1 && (
          <Button small look="quiet" onClick={() => onPreview(first)}>
            Preview
          </Button>
        )}
        {possible.has('save') && (
          <Button small look="quiet" onClick={() => acts.perform('save', selected)}>
            Save
          </Button>
        )}
        {possible.has('zip') && (
          <Button
            small
            look="quiet"
            disabled={acts.isZipping}
            onClick={() => acts.perform('zip', selected)}
          >
            Save as zip
          </Button>
        )}
        {possible.has('make-visible') && (
          <Button small look="quiet" onClick={() => acts.perform('make-visible', selected)}>
            Make visible
          </Button>
        )}
        <Menu
          align="end"
          label="What to do with the selected files"
          trigger={
            <Button small look="quiet">
              More
            </Button>
          }
        >
          <FileActItems acts={acts} files={selected} />
        </Menu>
        <IconButton label="Select nothing" keys="Esc" onClick={onClear}>
          <X aria-hidden size={15} />
        </IconButton>
      </span>
    </footer>
  );
}

function FilesSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden px-6 py-4">
      <AfterPatience>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-3">
          {Array.from({ length: 8 }, (_, tile) => (
            <div key={tile} className="rounded-lg border border-line p-2.5">
              <SkeletonBar className="h-20 w-full" />
              <SkeletonBar className="mt-2.5 w-3/4" />
            </div>
          ))}
        </div>
      </AfterPatience>
    </div>
  );
}
