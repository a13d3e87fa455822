// Stories in which people write, share and insert canned replies: a personal one is nobody else's at any moment. (C6) [V3]

import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = 10;
const PATIENCE_MS = 180_000;

test(
  `(C6) [V3] in bad weather every canned reply stands as it was left, and with whom it was left, in ${SEEDS} stories`,
  async () => {
    const counts = new Map<string, number>();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const story = await simulate({ seed, withCanned: true });
      expect(story.violation, `Seed ${seed}\n${story.lastLines.join('\n')}`).toBeUndefined();
      for (const [name, count] of Object.entries(story.tally.counts))
        counts.set(name, (counts.get(name) ?? 0) + count);
    }
    for (const name of ['made', 'changed', 'shared or taken back', 'inserted'])
      expect([name, counts.get(`canned replies ${name}`)]).not.toEqual([name, 0]);
    expect(counts.get('personal canned replies kept from others')).toBeGreaterThan(SEEDS);
  },
  PATIENCE_MS,
);

test(
  '[S3] a story with canned replies is told the same every time, and notices where one is told to everybody',
  async () => {
    const [first, second, faulty] = [
      await simulate({ seed: 3, withCanned: true }),
      await simulate({ seed: 3, withCanned: true }),
      await simulate({ seed: 3, withCanned: true, control: 'ownership' }),
    ];
    expect(second.traceHash).toBe(first.traceHash);
    expect(faulty.violation?.message).toContain('a personal canned reply is its member’s alone');
  },
  PATIENCE_MS,
);
