import { History } from 'lucide-react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { EntryOf } from '../records.ts';
import { Popover } from '../ui/popover.tsx';
import { fullTime, timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { editedWords, readWords } from './edit-words.ts';

/** That a text was edited, and for who presses it what it said before and who could have read that. (C10) */
export function EditedLine({ entry, page }: { entry: EntryOf<'reply'>; page: JobPage }) {
  const now = useNow();
  const { name } = page.customer;
  const words = editedWords(entry, name, now);
  const earlier = entry.earlier ?? [];
  const last = earlier.at(-1);
  if (words === null || last === undefined) return null;
  return (
    <Popover
      label="What it said before"
      className="flex max-h-[min(60vh,420px)] w-[min(440px,calc(100vw-20px))] flex-col"
      trigger={
        <button
          type="button"
          title={fullTime(last.until)}
          className="inline-flex min-w-0 items-center gap-1 rounded-sm text-left text-sm text-ink-3 tabular-nums hover:text-ink hover:underline"
        >
          <History aria-hidden size={12} className="shrink-0" />
          <span className="min-w-0 break-words">{words}</span>
        </button>
      }
    >
      <h3 className="px-4 pt-3 pb-1 font-semibold">What it said before</h3>
      <ol
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="min-h-0 overflow-y-auto px-4 pb-3 focus-visible:-outline-offset-2"
      >
        {earlier.toReversed().map((each, index) => {
          const readers = readWords(each, entry.audience, name, now);
          return (
            <li
              key={`${each.until} ${earlier.length - index}`}
              className="border-t border-line py-2 first:border-t-0"
            >
              <p className="text-sm text-pretty text-ink-3 tabular-nums">
                <time dateTime={each.until} title={fullTime(each.until)}>
                  Until {timeOrDay(each.until, now)}
                </time>
                {readers !== null && <> · {readers}</>}
              </p>
              <p dir="auto" className="mt-0.5 break-words whitespace-pre-wrap">
                {each.text === '' ? (
                  <i className="text-ink-3">Files alone, without words</i>
                ) : (
                  each.text
                )}
              </p>
            </li>
          );
        })}
      </ol>
    </Popover>
  );
}
