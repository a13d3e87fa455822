import { Download, Eye, Lock } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type {
  ExportCopy,
  ExportState,
  ReadyExport,
} from '../../electron/core/api/exports-contract.ts';
import { saveFile } from '../files/save-file.ts';
import { TransferBar } from '../transfers/transfer-bar.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { DialogFoot } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf, countWords, sizeWords } from '../ui/size-words.ts';
import { LiveRegion } from '../ui/spoken.tsx';
import { useQuery } from '../use-query.ts';
import { COPY_WORDS } from './export-words.ts';

export interface RunningExport {
  readonly exportId: string;
  readonly copy: ExportCopy;
}

/** An export under way, and what became of it. */
export function ExportRun({
  running: { exportId, copy },
  customerName,
  isSaved,
  onSaved,
  onBack,
  onClose,
}: {
  running: RunningExport;
  customerName: string;
  isSaved: boolean;
  onSaved: () => void;
  onBack: () => void;
  onClose: () => void;
}) {
  const { value: state } = useQuery('exports.one', { exportId });
  const isOver = state === null || state?.kind === 'failed';
  return (
    <>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto px-5 pt-1 pb-5">
        <Reader copy={copy} customerName={customerName} />
        <Stand state={state} copy={copy} />
      </div>
      <LiveRegion>{state == null ? '' : spokenOf(state)}</LiveRegion>
      <DialogFoot>
        {isOver && <Button onClick={onBack}>Back</Button>}
        <Button onClick={onClose}>{leaveWord(state, isSaved)}</Button>
        {state?.kind === 'ready' && (
          <SaveButton
            ready={state}
            isSaved={isSaved}
            onSave={() => {
              saveFile(state.url, state.name);
              onSaved();
            }}
          />
        )}
      </DialogFoot>
    </>
  );
}

function leaveWord(state: ExportState | null | undefined, isSaved: boolean): string {
  if (state === null || state?.kind === 'failed') return 'Close';
  if (state?.kind === 'ready') return isSaved ? 'Done' : 'Discard';
  return 'Cancel';
}

/** While it is made and when it is saved, whose it is stays in sight. */
function Reader({ copy, customerName }: { copy: ExportCopy; customerName: string }) {
  const isFull = copy === 'full';
  const Icon = isFull ? Lock : Eye;
  return (
    <p
      className={classNames(
        'flex items-center gap-2 rounded-lg border px-3 py-2 font-medium',
        isFull
          ? 'border-internal-line bg-internal text-internal-ink'
          : 'border-visible-line bg-visible text-visible-ink',
      )}
    >
      <Icon aria-hidden size={15} strokeWidth={2} className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">
        {isFull ? 'Full copy. Internal: do not pass on' : `Customer copy for ${customerName}`}
      </span>
    </p>
  );
}

function SaveButton({
  ready,
  isSaved,
  onSave,
}: {
  ready: ReadyExport;
  isSaved: boolean;
  onSave: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  // Who began it with Enter saves it with Enter.
  useEffect(() => button.current?.focus(), []);
  const words = ready.missing.length === 0 ? 'Save' : 'Save without them';
  return (
    <Button ref={button} look="primary" onClick={onSave}>
      <Download aria-hidden size={14} />
      {isSaved ? 'Save again' : words}
    </Button>
  );
}

function Stand({
  state,
  copy,
}: {
  state: ExportState | null | undefined;
  copy: ExportCopy;
}): ReactNode {
  if (state === undefined) return null;
  if (state === null)
    return <Notice look="calm">This export was let go. Export the job again.</Notice>;
  switch (state.kind) {
    case 'waiting':
      return <p className="text-ink-2">Another export is being made. This one is next.</p>;
    case 'fetching':
    case 'printing':
      return <Progress {...state} />;
    case 'failed':
      return <Notice look="danger">{state.sentence}</Notice>;
    case 'ready':
      return <Ready ready={state} copy={copy} />;
  }
}

const STEP_WORDS = { fetching: 'Gathering files', printing: 'Writing pages' } as const;

function Progress({ kind, done, total }: Extract<ExportState, { done: number }>) {
  return (
    <div>
      <p className="flex items-baseline gap-2">
        <span className="flex-1">{STEP_WORDS[kind]}</span>
        <span className="text-sm text-ink-3 tabular-nums">
          {countWords(done)} of {countWords(total)}
        </span>
      </p>
      <TransferBar label={STEP_WORDS[kind]} done={done} total={total} className="mt-2" />
    </div>
  );
}

function Ready({
  ready: { name, sizeBytes, pages, missing, unshown },
  copy,
}: {
  ready: ReadyExport;
  copy: ExportCopy;
}) {
  return (
    <>
      <div>
        <p className="mb-1.5 text-ink-2">The {COPY_WORDS[copy].toLowerCase()} is ready.</p>
        <p className="font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-ink-3 tabular-nums">
          {countOf(pages, 'page')}, {sizeWords(sizeBytes)}
        </p>
      </div>
      {unshown > 0 && (
        <Notice look="calm">
          {countOf(unshown, 'sign')} (emoji, or letters of a script Docket has no font for){' '}
          {unshown === 1 ? 'stands' : 'stand'} as □ in the PDF. Copied out of it, the text is as it
          was written.
        </Notice>
      )}
      {missing.length > 0 && (
        <div>
          <Notice look="warn">
            {countOf(missing.length, 'file is', 'files are')} not in it: not on this device and not
            to be fetched now, or nobody has looked into them yet for the place a photo was taken.
          </Notice>
          <ul aria-label="Not in it" className="mt-1 max-h-40 overflow-y-auto">
            {missing.map((file, index) => (
              <li key={`${index} ${file}`} className="border-t border-line py-1 break-words">
                <bdi>{file}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Each step once, not each number. */
function spokenOf(state: ExportState): string {
  switch (state.kind) {
    case 'waiting':
      return '';
    case 'fetching':
    case 'printing':
      return STEP_WORDS[state.kind];
    case 'ready':
      return 'Ready to be saved';
    case 'failed':
      return state.sentence;
  }
}
