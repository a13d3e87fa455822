import { describe, expect, test } from 'vitest';
import {
  type Calendar,
  ClockFace,
  dayName,
  dayOf,
  fullMoment,
  shortMoment,
} from '../../../sync-server/portal/moment.ts';

/** Thursday 12 November 2026, 12:00 in Berlin. */
const calendar: Calendar = {
  clockFace: new ClockFace('Europe/Berlin'),
  nowMs: Date.parse('2026-11-12T11:00:00.000Z'),
};

describe('the short form says no more than it must', () => {
  test.each([
    ['2026-11-12T09:05:00.000Z', '10:05'],
    ['2026-11-11T09:05:00.000Z', 'Wed 10:05'],
    ['2026-11-06T09:05:00.000Z', 'Fri 10:05'],
    ['2026-11-05T09:05:00.000Z', '5 Nov, 10:05'],
    ['2025-11-12T09:05:00.000Z', '12 Nov 2025'],
    ['2026-11-13T09:05:00.000Z', '13 Nov, 10:05'],
  ])('%s is %s', (instant, words) => {
    expect(shortMoment(instant, calendar)).toBe(words);
  });
});

test('a day is a day of the office, not of UTC', () => {
  expect(dayOf('2026-11-11T23:30:00.000Z', calendar)).toBe('2026-11-12');
  expect(dayName('2026-11-11T23:30:00.000Z', calendar)).toBe('Today');
  expect(dayName('2026-11-11T22:30:00.000Z', calendar)).toBe('Yesterday');
});

test('days are named in full, with the year where it is another', () => {
  expect(dayName('2026-11-05T09:00:00.000Z', calendar)).toBe('Thursday 5 November');
  expect(dayName('2025-11-05T09:00:00.000Z', calendar)).toBe('Wednesday 5 November 2025');
  expect(fullMoment('2026-11-05T09:05:00.000Z', calendar)).toBe('Thursday 5 November 2026, 10:05');
});

test('midnight is 00:00, never 24:00', () => {
  expect(shortMoment('2026-11-11T23:00:00.000Z', calendar)).toBe('00:00');
});
