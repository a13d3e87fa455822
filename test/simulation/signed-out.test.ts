// Stories in which an admin signs desks out: each is empty then, and what its member had not sent arrives once.

import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = 12;
const PATIENCE_MS = 120_000;

test(
  `(J1) [F5] desks that are signed out in bad weather are empty, and all that was accepted on them stands once, in ${SEEDS} stories`,
  async () => {
    let wipes = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const story = await simulate({ seed, withSignOuts: true, habits: [] });
      expect(story.violation, `Seed ${seed}\n${story.lastLines.join('\n')}`).toBeUndefined();
      wipes += story.wipes;
    }
    expect(wipes).toBeGreaterThan(SEEDS);
  },
  PATIENCE_MS,
);

test(
  '[S3] a story with sign-outs is told the same every time',
  async () => {
    const [first, second] = [
      await simulate({ seed: 3, withSignOuts: true, habits: [] }),
      await simulate({ seed: 3, withSignOuts: true, habits: [] }),
    ];
    expect(second.traceHash).toBe(first.traceHash);
  },
  PATIENCE_MS,
);
