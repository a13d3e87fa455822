import { HardDrive } from 'lucide-react';
import { useId } from 'react';
import { Link } from 'wouter';
import type { Keeping } from '../../electron/core/api/keeping-contract.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { FileSpeed } from './file-speed.tsx';
import { BUDGETS_BYTES, keepingWords, largeSizeWords } from './keeping-words.ts';
import { UndoTime } from './undo-time.tsx';
import { UseBar } from './use-bar.tsx';

/** What this device does by itself, and how much of it. */
export function SettingsPage() {
  const { value: keeping, failed } = useQuery('files.keeping', {});
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <header className="flex min-h-[53px] items-center border-b border-line px-6 py-2.5">
        <h1 className="text-lg font-semibold tracking-tight">Settings</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        {failed !== null && (
          <Notice look="danger" className="mb-4">
            The settings could not be read. {failed.message}
          </Notice>
        )}
        {keeping !== undefined && (
          <div className="max-w-[640px]">
            <UndoTime />
            <FilesOnDevice keeping={keeping} />
            <FileSpeed limitKbits={keeping.limitKbits} />
            <KeptJobs keeping={keeping} />
          </div>
        )}
      </div>
    </main>
  );
}

function FilesOnDevice({ keeping }: { keeping: Keeping }) {
  const id = useId();
  const setBudget = useRequest('files.set-budget');
  const { budgetBytes, usedBytes, unsentBytes, freeBytes } = keeping;
  const budgets = [...new Set([...BUDGETS_BYTES, budgetBytes])].toSorted((a, b) => a - b);
  const { words, needsLook } = keepingWords(keeping);
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="text-ui font-semibold">
        Files on this device
      </h2>
      <p className="mt-1 text-pretty text-ink-2">
        Files of the jobs you keep, and of the most active ones, are fetched while nothing else is
        to do, so that they open without a network. When the space is used up, those unused longest
        make room. What the office does not have yet never leaves.
      </p>
      <div className="mt-4 rounded-xl border border-line p-4 shadow-paper">
        <p className="flex items-baseline gap-2">
          <HardDrive aria-hidden size={16} className="shrink-0 translate-y-[2px] text-ink-3" />
          <span className="text-lg font-semibold tabular-nums">{largeSizeWords(usedBytes)}</span>
          <span className="text-ink-2 tabular-nums">
            of {largeSizeWords(budgetBytes)} used
            {freeBytes !== null && ` · ${largeSizeWords(freeBytes)} free on this disk`}
          </span>
        </p>
        <UseBar usedBytes={usedBytes} unsentBytes={unsentBytes} budgetBytes={budgetBytes} />
        {unsentBytes > 0 && (
          <p className="mt-1.5 flex items-center gap-1.5 text-sm text-ink-2">
            <span aria-hidden className="size-2 rounded-full bg-warn" />
            {sizeWords(unsentBytes)} not with the office yet
          </p>
        )}
        <p
          role="status"
          className={`mt-2 text-sm text-pretty ${needsLook ? 'text-warn' : 'text-ink-2'}`}
        >
          {words}
        </p>
        <div className="mt-4 flex items-center gap-3 border-t border-line pt-3.5">
          <label htmlFor={id} className="flex-1">
            Space for files
          </label>
          <Select
            id={id}
            className="w-32"
            value={String(budgetBytes)}
            disabled={setBudget.busy}
            onChange={(event) => void setBudget.send({ budgetBytes: Number(event.target.value) })}
          >
            {budgets.map((bytes) => (
              <option key={bytes} value={bytes}>
                {largeSizeWords(bytes)}
              </option>
            ))}
          </Select>
        </div>
        {setBudget.sentence !== null && (
          <p role="alert" className="mt-2 text-sm text-danger">
            {setBudget.sentence}
          </p>
        )}
      </div>
    </section>
  );
}

function KeptJobs({ keeping }: { keeping: Keeping }) {
  const id = useId();
  const keepJob = useRequest('files.keep-job');
  const { keptJobs } = keeping;
  return (
    <section aria-labelledby={id} className="mt-7">
      <h2 id={id} className="text-ui font-semibold">
        Jobs kept on this device
      </h2>
      {keptJobs.length === 0 ? (
        <p className="mt-1 text-pretty text-ink-2">
          None yet. On a job’s Files tab, choose “Keep on this device” to have all its files at hand
          wherever you are.
        </p>
      ) : (
        <ul className="mt-2 border-t border-line">
          {keptJobs.map(({ jobId, reference, title, filesHere, filesTotal, bytesTotal }) => (
            <li key={jobId} className="flex items-center gap-3 border-b border-line py-2">
              <Link
                href={`/jobs/${jobId}/files`}
                className="min-w-0 flex-1 truncate hover:text-accent hover:underline"
              >
                {reference !== null && (
                  <span className="font-reference text-sm text-ink-3">{reference} </span>
                )}
                {title}
              </Link>
              <span className="shrink-0 text-sm text-ink-2 tabular-nums">
                {filesHere === filesTotal
                  ? `${countOf(filesTotal, 'file')}, ${sizeWords(bytesTotal)}`
                  : `${filesHere} of ${countOf(filesTotal, 'file')} here`}
              </span>
              <Button
                small
                look="quiet"
                aria-label={`Let the files of ${title} go`}
                disabled={keepJob.busy}
                onClick={() => void keepJob.send({ jobId, keep: false })}
              >
                Let go
              </Button>
            </li>
          ))}
        </ul>
      )}
      {keepJob.sentence !== null && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {keepJob.sentence}
        </p>
      )}
    </section>
  );
}
