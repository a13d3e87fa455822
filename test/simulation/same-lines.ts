import type { Run } from './run.ts';

/** Each line once, and none besides. */
export function sameLines(
  run: Run,
  promise: string,
  is: readonly string[],
  should: readonly string[],
): void {
  const [has, wants] = [new Set(is), new Set(should)];
  const extra = [...has].filter((line) => !wants.has(line));
  const missing = [...wants].filter((line) => !has.has(line));
  if (extra.length > 0 || missing.length > 0)
    run.violate(
      promise,
      `too much: ${extra.slice(0, 3).join(' | ')}; missing: ${missing.slice(0, 3).join(' | ')}`,
    );
  else if (is.length !== should.length)
    run.violate(promise, `${is.length} rows, not ${should.length}`);
}
