import { useId } from 'react';
import { Link } from 'wouter';
import type { Keeping } from '../../electron/core/api/keeping-contract.ts';
import { Button } from '../ui/button.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

/** Jobs whose files all stay here. (D8) */
export function KeptJobs({ keeping }: { keeping: Keeping }) {
  const id = useId();
  const keepJob = useRequest('files.keep-job');
  const { keptJobs } = keeping;
  return (
    <section aria-labelledby={id} className="mt-7">
      <h2 id={id} className="text-title font-semibold tracking-tight">
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
