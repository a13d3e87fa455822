// Chance on a lead: everything random in the demo office comes from one seeded source, so one seed always gives one office.

import { uuidV7 } from '../../protocol/ids.ts';

/** Uniform in [0, 1). */
export type Random = () => number;

/** The same seed gives the same numbers, on every machine (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number, both ends included. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

export const happens = (random: Random, probability: number): boolean => random() < probability;

export function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error('There is nothing to pick from.');
  return picked;
}

/** The same things in another order; the given list stays as it is. */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A UUIDv7 as a device would have made it at that moment. [P4] */
export const seededId = (random: Random, atMs: number): string =>
  uuidV7(
    atMs,
    Uint8Array.from({ length: 10 }, () => between(random, 0, 255)),
  );
