import type { Keeping } from '../../electron/core/api/keeping-contract.ts';
import { countOf, sizeWords } from '../ui/size-words.ts';

const GB = 1_000_000_000;
export const BUDGETS_BYTES: readonly number[] = [1, 2, 5, 10, 20, 50].map((count) => count * GB);

/** "5 GB", "1.2 GB", "310 kB": thousands, as file managers count. */
export function largeSizeWords(bytes: number): string {
  if (bytes < 999_500_000) return sizeWords(bytes);
  const count = bytes / GB;
  return `${count >= 100 || Number.isInteger(count) ? Math.round(count) : count.toFixed(1)} GB`;
}

/** How the fetching stands, and whether a person should do something about it. */
export function keepingWords({ state, missing }: Keeping): {
  readonly words: string;
  readonly needsLook: boolean;
} {
  const files = countOf(missing, 'file');
  switch (state) {
    case 'done':
      if (missing === 0)
        return { words: 'Everything that should be here is here.', needsLook: false };
      return {
        words: `${files} cannot be had: lost at the office, or the server broke over them. Everything else is here.`,
        needsLook: true,
      };
    case 'fetching':
      return { words: `Fetching. ${files} to go.`, needsLook: false };
    case 'waiting':
      return {
        words: `${files} to fetch, as soon as the server answers and nothing else is to do.`,
        needsLook: false,
      };
    case 'full':
      return {
        words: `The space is used up, so ${files} stay at the office until somebody opens them. Give files more space, or let a job go.`,
        needsLook: true,
      };
    case 'disk-full':
      return {
        words: `This disk is nearly full, so ${files} stay at the office until somebody opens them. Free some space on it.`,
        needsLook: true,
      };
  }
}
