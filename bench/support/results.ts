// What a bench says: a table for people, then one line of JSON for programs.

export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** What ours is compared with. */
  readonly against: string;
  readonly theirs: number;
  /** ours / theirs. */
  readonly ratio: number;
}

export interface Measured {
  readonly result: Result;
  /** "median [least–most]" of every run, ours and theirs. */
  readonly spread: string;
}

/** Medians over the runs; the ratio is of the medians. */
export function compare(
  about: Pick<Result, 'name' | 'unit' | 'against'>,
  ours: readonly number[],
  theirs: readonly number[],
): Measured {
  const result = { ...about, ours: median(ours), theirs: median(theirs) };
  return {
    result: { ...result, ratio: result.ours / result.theirs },
    spread: `${spreadOf(ours)} / ${spreadOf(theirs)}`,
  };
}

export function printReport(bench: string, measured: readonly Measured[]): void {
  const rows = measured.map(({ result, spread }) => [
    result.name,
    `${shown(result.ours)} ${result.unit}`,
    `${shown(result.theirs)} ${result.unit}`,
    shown(result.ratio),
    result.against,
    spread,
  ]);
  const head = ['', 'ours', 'theirs', 'ratio', 'against', 'all runs'];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows])
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  const results = measured.map(({ result }) => ({
    ...result,
    ours: rounded(result.ours),
    theirs: rounded(result.theirs),
    ratio: rounded(result.ratio),
  }));
  process.stdout.write(`\n${JSON.stringify({ bench, results })}\n`);
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The nearest rank: an actual value, never one between two. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

function spreadOf(values: readonly number[]): string {
  if (values.length === 1) return shown(values[0] ?? 0);
  return `${shown(median(values))} [${shown(Math.min(...values))}–${shown(Math.max(...values))}]`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function shown(value: number): string {
  return value >= 1000
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}
