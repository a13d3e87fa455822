import { expect, test } from 'vitest';
import { BACKOFF_CEILING_MS, backoffMs } from '../../../electron/core/backoff.ts';

test('[F4] waits grow with every failure, up to a ceiling', () => {
  const waits = [1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 0.999_999));
  expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, BACKOFF_CEILING_MS]);
});

test('[F4] chance spreads a wait over its upper half, so that desks do not come back all at once', () => {
  expect(backoffMs(3, 0)).toBe(2000);
  expect(backoffMs(3, 0.5)).toBe(3000);
});
