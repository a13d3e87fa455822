import { useId } from 'react';
import { Select } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

const TIMES_SECONDS: readonly number[] = [0, 5, 10, 15, 20, 30, 45, 60];

/** How long a reply to a customer can be undone before it leaves. (C4) [P8] */
export function UndoTime() {
  const id = useId();
  const { value } = useQuery('outbox.undo-time', {});
  const setTime = useRequest('outbox.set-undo-time');
  if (value === undefined) return null;
  const times = [...new Set([...TIMES_SECONDS, value.seconds])].toSorted((a, b) => a - b);
  return (
    <section aria-labelledby={`${id}-title`} className="mb-7">
      <h2 id={`${id}-title`} className="text-title font-semibold tracking-tight">
        Replies to customers
      </h2>
      <p className="mt-1 text-pretty text-ink-2">
        A reply waits a moment before it leaves, so that you can undo it. The time begins when it
        could leave: without a network it waits for one first, and you can change it as long as it
        waits.
      </p>
      <div className="mt-3 rounded-xl border border-line p-4 shadow-paper">
        <div className="flex items-center gap-3">
          <label htmlFor={id} className="flex-1">
            Undo time for customer replies
          </label>
          <Select
            id={id}
            className="w-52"
            value={String(value.seconds)}
            disabled={setTime.busy}
            onChange={({ target }) => void setTime.send({ seconds: Number(target.value) })}
          >
            {times.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds === 0 ? 'None, send at once' : countOf(seconds, 'second')}
              </option>
            ))}
          </Select>
        </div>
        {setTime.sentence !== null && (
          <p role="alert" className="mt-2 text-sm text-danger">
            {setTime.sentence}
          </p>
        )}
      </div>
    </section>
  );
}
