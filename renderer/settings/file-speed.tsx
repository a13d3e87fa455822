import { useId } from 'react';
import { Select } from '../ui/field.tsx';
import { useRequest } from '../use-request.ts';

const LIMITS_KBITS: readonly number[] = [1, 2, 5, 10, 20, 50, 100].map((count) => count * 1000);
const NO_LIMIT = 'none';

/** How much of the line files may take. (D7) */
export function FileSpeed({ limitKbits }: { limitKbits: number | null }) {
  const id = useId();
  const setSpeed = useRequest('files.set-speed');
  const limits = [...new Set([...LIMITS_KBITS, ...(limitKbits === null ? [] : [limitKbits])])];
  return (
    <section aria-labelledby={`${id}-title`} className="mt-7">
      <h2 id={`${id}-title`} className="text-title font-semibold tracking-tight">
        Files on their way
      </h2>
      <p className="mt-1 text-pretty text-ink-2">
        Messages and changes always go first; files wait for them. On a line that is slow, or that
        others need as well, files can be held to a part of it.
      </p>
      <div className="mt-3 rounded-xl border border-line p-4 shadow-paper">
        <div className="flex items-center gap-3">
          <label htmlFor={id} className="flex-1">
            Files use at most
          </label>
          <Select
            id={id}
            className="w-40"
            value={limitKbits === null ? NO_LIMIT : String(limitKbits)}
            disabled={setSpeed.busy}
            onChange={({ target: { value } }) =>
              void setSpeed.send({ limitKbits: value === NO_LIMIT ? null : Number(value) })
            }
          >
            <option value={NO_LIMIT}>The whole line</option>
            {limits
              .toSorted((a, b) => a - b)
              .map((kbits) => (
                <option key={kbits} value={kbits}>
                  {kbits / 1000} Mbit/s
                </option>
              ))}
          </Select>
        </div>
        {setSpeed.sentence !== null && (
          <p role="alert" className="mt-2 text-sm text-danger">
            {setSpeed.sentence}
          </p>
        )}
      </div>
    </section>
  );
}
