import { expect, test } from 'vitest';
import { fromStore } from '../../../electron/core/random-store.ts';

test('bytes from the store are as many as were asked for, and none is given out twice', () => {
  let next = 0;
  const asked: number[] = [];
  const counting = (count: number) => {
    asked.push(count);
    return Uint8Array.from({ length: count }, () => next++);
  };
  const bytes = fromStore(counting);
  const parts = [bytes(3), bytes(0), bytes(4000), bytes(2), bytes(5000), bytes(100)];
  expect(parts.map(({ length }) => length)).toEqual([3, 0, 4000, 2, 5000, 100]);
  expect(asked).toEqual([4096, 5000, 4096]);
  const all = parts.flatMap((part) => [...part]).map((byte, index) => [byte, index]);
  // In order, with what was left in the store skipped.
  expect(all.slice(0, 4005).every(([byte, index]) => byte === (index ?? 0) % 256)).toBe(true);
  expect(parts[4]?.[0]).toBe(4096 % 256);
});
