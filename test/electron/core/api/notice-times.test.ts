import { describe, expect, test } from 'vitest';
import {
  isPaused,
  isQuiet,
  mayTell,
  pauseEnd,
} from '../../../../electron/core/api/notice-times.ts';

/** 2026-11-23 is a Monday. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, 22 + day, hour, minute);
const EVENINGS = { isOn: true, from: 18 * 60, until: 7 * 60, days: [1, 2, 3, 4, 5] };
const NOON = { isOn: true, from: 12 * 60, until: 13 * 60, days: [1] };

describe('(F4) quiet hours', () => {
  test.each([
    ['a moment before they begin', EVENINGS, at(1, 17, 59), false],
    ['as they begin', EVENINGS, at(1, 18), true],
    ['after midnight', EVENINGS, at(2, 3), true],
    ['as they end', EVENINGS, at(2, 7), false],
    ['on the morning after the last of their days', EVENINGS, at(6, 6, 59), true],
    ['on the evening of a day that is none of theirs', EVENINGS, at(6, 20), false],
    ['on a morning after a day that is none of theirs', EVENINGS, at(1, 3), false],
    ['within one day', NOON, at(1, 12, 30), true],
    ['at their end within one day', NOON, at(1, 13), false],
    ['within one day, on another', NOON, at(2, 12, 30), false],
    ['that are off', { ...EVENINGS, isOn: false }, at(1, 20), false],
    ['that last no time', { ...EVENINGS, until: EVENINGS.from }, at(1, 18), false],
  ])('%s', (_when, quiet, now, expected) => {
    expect(isQuiet(quiet, now)).toBe(expected);
  });
});

test('(F4) a pause lasts an hour, or until six in the morning of the next day', () => {
  const now = at(1, 22, 30).getTime();
  const hour = pauseEnd('in-an-hour', now);
  expect(Date.parse(hour) - now).toBe(3_600_000);
  expect(isPaused(hour, now + 3_599_999)).toBe(true);
  expect(isPaused(hour, now + 3_600_000)).toBe(false);
  expect(Date.parse(pauseEnd('tomorrow', now))).toBe(at(2, 6).getTime());
  expect(Date.parse(pauseEnd('tomorrow', at(2, 0, 10).getTime()))).toBe(at(3, 6).getTime());
});

test('(F4) a clock that is set back by weeks makes no pause of weeks', () => {
  const now = at(1, 12).getTime();
  expect(isPaused(pauseEnd('tomorrow', now), now - 20 * 86_400_000)).toBe(false);
});

test('(F4) nothing is told while notices are off, paused or quiet', () => {
  const now = at(1, 12).getTime();
  const open = {
    isOn: true,
    text: 'none',
    quiet: { ...EVENINGS, isOn: false },
    pausedUntil: null,
  } as const;
  expect(mayTell(open, now)).toBe(true);
  expect(mayTell({ ...open, isOn: false }, now)).toBe(false);
  expect(mayTell({ ...open, pausedUntil: pauseEnd('in-an-hour', now) }, now)).toBe(false);
  expect(mayTell({ ...open, quiet: NOON }, now)).toBe(false);
});
