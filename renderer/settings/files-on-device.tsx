import { HardDrive } from 'lucide-react';
import { useId } from 'react';
import type { Keeping } from '../../electron/core/api/keeping-contract.ts';
import { Select } from '../ui/field.tsx';
import { sizeWords } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';
import { BUDGETS_BYTES, keepingWords, largeSizeWords } from './keeping-words.ts';
import { UseBar } from './use-bar.tsx';

/** How much of this disk files may take, and how it stands. (D8) */
export function FilesOnDevice({ keeping }: { keeping: Keeping }) {
  const id = useId();
  const setBudget = useRequest('files.set-budget');
  const { budgetBytes, usedBytes, unsentBytes, freeBytes } = keeping;
  const budgets = [...new Set([...BUDGETS_BYTES, budgetBytes])].toSorted((a, b) => a - b);
  const { words, needsLook } = keepingWords(keeping);
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="text-title font-semibold tracking-tight">
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
