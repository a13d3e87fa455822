import { FolderOpen, SearchX } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { FileCounts } from '../../electron/core/api/files-contract.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { countOf } from '../ui/size-words.ts';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import {
  filesShownFrom,
  filesShownSearch,
  isSieving,
  unsieved,
  type FilesShown,
} from './file-sieve.ts';
import { FilesFoot } from './files-foot.tsx';
import { FilesPreview, type Looking } from './files-preview.tsx';
import { FilesToolbar } from './files-toolbar.tsx';
import { FilesView, type FilesViewHandle } from './files-view.tsx';
import { NOTHING_SELECTED, type Selection, stillThere } from './selection.ts';
import { useFileActs } from './use-file-acts.tsx';
import { type FileWindow, useFileWindow } from './use-file-window.ts';

/** All files of a job. What is shown, and how, lives in the address. (A3, D9) */
export function FilesTab({ page, onAdd }: { page: JobPage; onAdd: () => void }) {
  const shown = filesShownFrom(useSearch());
  const files = useFileWindow(page.job.id, shown);
  const { counts, failed } = files;
  if (failed !== null && counts === undefined)
    return (
      <p role="alert" className="px-6 py-3 text-danger">
        The files could not be read. {failed.message}
      </p>
    );
  if (counts === undefined) return <FilesSkeleton />;
  if (counts.all === 0)
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
  return <Files page={page} files={files} counts={counts} sieve={shown} onAdd={onAdd} />;
}

function Files({
  page,
  files,
  counts,
  sieve,
  onAdd,
}: {
  page: JobPage;
  files: FileWindow;
  counts: FileCounts;
  sieve: FilesShown;
  onAdd: () => void;
}) {
  const [path, goTo] = useLocation();
  const setSieve = (next: FilesShown) => {
    const nextSearch = filesShownSearch(next);
    goTo(nextSearch === '' ? path : `${path}?${nextSearch}`, { replace: true });
  };
  const asked = new URLSearchParams(useSearch()).get('file');
  const [chosen, setSelection] = useState<Selection>(() =>
    asked === null ? NOTHING_SELECTED : alone(asked),
  );
  const [looking, setLooking] = useState<Looking | null>(null);
  const view = useRef<FilesViewHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const acts = useFileActs(page, {
    rowOf: files.rowOf,
    onOlder: (file) => setLooking({ fileId: file.older[0]?.id ?? file.id, versionsOf: file.id }),
  });
  useShortcut([{ key: 'f' }], () => searchBox.current?.select());
  useShortcut([{ key: 'v' }], () =>
    setSieve({ ...sieve, view: sieve.view === 'list' ? 'grid' : 'list' }),
  );

  const { order } = files;
  const selection = stillThere(
    chosen,
    order.map(({ id }) => id),
  );
  const selected = order.filter(({ id }) => selection.ids.has(id));
  const preview = (fileId: string) => {
    // The keyboard may have walked ahead of the rows.
    const index = order.findIndex(({ id }) => id === fileId);
    if (files.rowOf(fileId) === undefined) files.show({ startIndex: index, endIndex: index });
    setLooking({ fileId, versionsOf: null });
  };

  return (
    <section aria-label="Files" className="flex min-h-0 flex-1 flex-col">
      <FilesToolbar
        counts={counts}
        sieve={sieve}
        onSieve={setSieve}
        onAdd={onAdd}
        onZip={(copy) => acts.perform(copy, order)}
        isZipping={acts.isZipping}
        jobId={page.job.id}
        searchRef={searchBox}
      />
      {order.length === 0 ? (
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
          files={files}
          view={sieve.view}
          selection={selection}
          onSelection={setSelection}
          onPreview={preview}
          acts={acts}
        />
      )}
      <FilesFoot
        shown={order}
        selected={selected}
        nameOf={(id) => files.rowOf(id)?.name}
        acts={acts}
        onPreview={preview}
        onClear={() => setSelection({ ...selection, ids: new Set() })}
      />
      {looking !== null && (
        <FilesPreview
          page={page}
          files={files}
          looking={looking}
          acts={acts}
          onFile={(fileId) => {
            setLooking({ ...looking, fileId });
            if (looking.versionsOf === null) setSelection(alone(fileId));
          }}
          onClose={() => setLooking(null)}
          returnFocus={() => view.current?.focus()}
        />
      )}
      {acts.windows}
      <LiveRegion>{isSieving(sieve) ? `${countOf(order.length, 'file')} shown` : ''}</LiveRegion>
    </section>
  );
}

const alone = (id: string): Selection => ({ ids: new Set([id]), activeId: id, anchorId: id });

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
