import { describe, expect, test } from 'vitest';
import {
  clockWords,
  instantOf,
  sendTimes,
  wallClock,
} from '../../../renderer/scheduled/send-times.ts';

const names = (now: Date) => sendTimes(now).map(({ name }) => name);
const wallOf = (now: Date) =>
  Object.fromEntries(sendTimes(now).map(({ name, at }) => [name, wallClock(at)]));

describe('(C8) the times that are offered', () => {
  test('are the next morning and the next Monday morning, of this computer’s wall clock', () => {
    // A Thursday.
    const times = wallOf(new Date(2026, 10, 12, 17, 30));
    expect(times).toEqual({
      'In 2 hours': '2026-11-12T19:30',
      'Tomorrow 08:00': '2026-11-13T08:00',
      'Monday 08:00': '2026-11-16T08:00',
    });
  });

  test('say a Monday that is tomorrow once, and on a Monday mean the next one', () => {
    expect(names(new Date(2026, 10, 15, 12, 0))).toEqual(['In 2 hours', 'Tomorrow 08:00']);
    expect(wallOf(new Date(2026, 10, 16, 12, 0))['Monday 08:00']).toBe('2026-11-23T08:00');
  });

  test('are at 8:00 too on the days on which the clock is set', () => {
    // Summer time ends and begins on these Sundays in Europe.
    for (const saturday of [new Date(2026, 9, 24, 20, 0), new Date(2027, 2, 27, 20, 0)])
      expect(wallOf(saturday)['Tomorrow 08:00']).toMatch(/T08:00$/);
  });

  test('go through the system’s field and come back as the same moment', () => {
    const at = new Date(2026, 10, 13, 8, 5).toISOString();
    expect(instantOf(wallClock(at))).toBe(at);
    expect(instantOf('')).toBeUndefined();
  });
});

describe('(C8) a clock that is wrong', () => {
  const YEARS_MS = 10 * 365.25 * 24 * 3_600_000;
  test.each([
    [null, null],
    [90_000, null],
    [10 * 60_000, '10 minutes ahead of'],
    [-3 * 3_600_000, '3 hours behind'],
    [YEARS_MS, '3653 days ahead of'],
  ])('by %s ms', (aheadMs, words) => {
    const said = clockWords(aheadMs);
    if (words === null) expect(said).toBeNull();
    else expect(said).toContain(`is ${words} the server’s`);
  });
});
