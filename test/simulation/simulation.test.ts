// The simulation as a test: some seeds, every control, and every seed that ever failed.
// `npm run simulate -- --seeds 20000` runs more.

import { describe, expect, test } from 'vitest';
import { CONTROLS } from './controls.ts';
import { simulate } from './simulate.ts';
import { Tally } from './tally.ts';

const SEEDS = 60;
/** A safeguard that is off must be missed within so many seeds. */
const CONTROL_SEEDS = 200;
const PATIENCE_MS = 120_000;

/** Seeds that once broke a promise, each with the mistake they found. */
const REGRESSIONS: readonly (readonly [seed: number, mistake: string])[] = [
  [6, 'a sync log that could not be written ended the core'],
  [163, 'a fresh copy that was half here held a reply the customer had read'],
  [425, 'a fresh copy that was half here held a reply the customer had read'],
  [632, 'a fresh copy whose last page was still out was taken for one in step'],
];

describe('[F1] an office in bad weather keeps every promise', () => {
  const total = new Tally();

  test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'seed %i',
    async (seed) => {
      const story = await simulate({ seed });
      total.add(story.tally);
      expect(story.violation, story.lastLines.join('\n')).toBeUndefined();
    },
    PATIENCE_MS,
  );

  test('together they exercise everything: what never happened is not proved', () => {
    expect(total.zeros).toEqual([]);
  });
});

test.each(REGRESSIONS)(
  '[F1] seed %i keeps every promise again: %s',
  async (seed) => {
    const story = await simulate({ seed });
    expect(story.violation, story.lastLines.join('\n')).toBeUndefined();
  },
  PATIENCE_MS,
);

test.each(CONTROLS)(
  '[S3] the simulation notices that %s is off',
  async (control) => {
    let noticed: string | undefined;
    for (let seed = 1; seed <= CONTROL_SEEDS && noticed === undefined; seed += 1)
      noticed = (await simulate({ seed, control })).violation?.message;
    expect(noticed).toBeDefined();
  },
  PATIENCE_MS,
);

test(
  '[S3] the same seed tells the same story',
  async () => {
    const [first, second] = [await simulate({ seed: 7 }), await simulate({ seed: 7 })];
    expect(second.traceHash).toBe(first.traceHash);
    expect(second.traceLines).toBeGreaterThan(100);
  },
  PATIENCE_MS,
);
