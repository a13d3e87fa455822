// Mails are an effect that must happen once for each thing, whatever dies in between: many stories, each told by a seed.

import { expect, test } from 'vitest';
import type { Storage } from '../../../sync-server/storage/storage.ts';
import { runStorm } from '../../support/mail-storm.ts';

const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);
const counts = new Map<string, number>();

test.each(SEEDS)(
  '[F1, V1] (F2) each reply is mailed once or not at all, and the office is told which: seed %i',
  async (seed) => {
    const storm = await runStorm(seed);
    expect(storm.violations).toEqual([]);
    for (const [what, count] of Object.entries(storm.counts))
      counts.set(what, (counts.get(what) ?? 0) + count);
  },
);

test('the storms held what they are about, or they prove nothing', () => {
  for (const what of [
    'replies mailed',
    'second copies',
    'withdraw',
    'switch',
    'stage',
    'hand-over death before',
    'hand-over death after',
    'hand-over lost answer',
    'hand-over not now',
  ])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
});

test('a sender that does not mark its doubts is found out', async () => {
  const { violations } = await runStorm(6, withoutDoubts);
  expect(violations.join('\n')).toMatch(/is in no mailbox|is in the mailbox/);
});

/** The switched-off safeguard: nothing is kept before a hand-over, so a death leaves no trace. */
function withoutDoubts(storage: Storage): Storage {
  const { mails } = storage;
  const forgetful = new Proxy(mails, {
    get: (target, name) => {
      if (name === 'keepDeliveries') return () => Promise.resolve(true);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return new Proxy(storage, {
    get: (target, name) => {
      if (name === 'mails') return forgetful;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
