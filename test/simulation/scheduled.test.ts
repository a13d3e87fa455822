// Stories in which replies are sent later: each leaves once, at its time or not at all, whatever dies meanwhile. (C8)

import { expect, test } from 'vitest';
import { SCHEDULED_CONTROLS } from './scheduled-controls.ts';
import { emptyScheduledTally } from './scheduled-watch.ts';
import { simulate } from './simulate.ts';

const SEEDS = 14;
const CONTROL_SEEDS = 30;
const PATIENCE_MS = 300_000;

test(
  `(C8) [F1] in bad weather each scheduled reply is sent once, at its time, or held for its reason, in ${SEEDS} stories`,
  async () => {
    const tally: Record<string, number> = emptyScheduledTally();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const story = await simulate({ seed, withScheduled: true });
      expect(story.violation, `Seed ${seed}\n${story.lastLines.join('\n')}`).toBeUndefined();
      for (const [name, count] of Object.entries(story.scheduled))
        tally[name] = (tally[name] ?? 0) + count;
    }
    // What never happened is not proved.
    const zeros = Object.entries(tally).filter(([, count]) => count === 0);
    expect(zeros, JSON.stringify(tally)).toEqual([]);
  },
  PATIENCE_MS,
);

/** Seeds that once broke a promise, each with the mistake they found. */
test(
  '(C8) [L2] seed 11 keeps every promise again: a snapshot lost a record whose id and version were another’s, too',
  async () => {
    const story = await simulate({ seed: 11, withScheduled: true });
    expect(story.violation, story.lastLines.join('\n')).toBeUndefined();
  },
  PATIENCE_MS,
);

test.each(Object.entries(SCHEDULED_CONTROLS))(
  '[S3] a story with scheduled replies notices that %s is off',
  async (_name, wiring) => {
    let violation: Error | undefined;
    for (let seed = 1; seed <= CONTROL_SEEDS && violation === undefined; seed += 1)
      ({ violation } = await simulate({ seed, withScheduled: true, habits: [], wiring }));
    expect(violation).toBeDefined();
  },
  PATIENCE_MS,
);

test(
  '[S3] a story with scheduled replies is told the same every time',
  async () => {
    const [first, second] = [
      await simulate({ seed: 3, withScheduled: true }),
      await simulate({ seed: 3, withScheduled: true }),
    ];
    expect(second.traceHash).toBe(first.traceHash);
  },
  PATIENCE_MS,
);
