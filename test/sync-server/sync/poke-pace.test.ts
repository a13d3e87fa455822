import { expect, test } from 'vitest';
import { atMostOnceIn } from '../../../sync-server/sync/at-most-once-in.ts';
import { pokePace } from '../../../sync-server/sync/poke-pace.ts';
import { HandClock } from '../../support/hand-clock.ts';

/** When pokes leave, in ms from the start, where there is a commit every so often. */
function pokesAt(everyMs: number, spanMs: number, clock = new HandClock()): number[] {
  const startMs = clock.now();
  const at: number[] = [];
  const pace = {
    spanMs: pokePace(() => clock.now()),
    after: (delayMs: number, run: () => void) => clock.after(delayMs, run),
  };
  const pokes = atMostOnceIn(pace, () => at.push(clock.now() - startMs));
  for (let ms = 0; ms < spanMs; ms += everyMs) {
    pokes.tell(ms);
    clock.pass(everyMs);
  }
  return at;
}

test('[L4] what one person writes after the other is poked at once', () => {
  expect(pokesAt(200, 60_000)).toEqual(Array.from({ length: 300 }, (_, index) => index * 200));
  expect(pokesAt(40, 2_000)).toEqual(Array.from({ length: 50 }, (_, index) => index * 40));
});

test('[L4] commits within 20 ms are one poke', () => {
  expect(pokesAt(5, 100)).toEqual([0, 20, 40, 60, 80, 100]);
});

test('[L4] however many commits there are, a device is poked ten times a second and 660 times in its busiest minute', () => {
  const at = pokesAt(5, 180_000);
  const inMinute = (from: number) => at.filter((ms) => ms >= from && ms < from + 60_000).length;
  expect(inMinute(0)).toBeLessThanOrEqual(662);
  expect(inMinute(60_000)).toBeLessThanOrEqual(601);
  expect(at.at(-1)).toBeGreaterThan(179_800);
});

test('[L4] a clock that is set elsewhere earns no more than a rest does', () => {
  const clock = new HandClock();
  const pace = pokePace(() => clock.now());
  const closePokes = () => {
    let count = 0;
    while (pace() < 100) count += 1;
    return count;
  };
  expect(closePokes()).toBe(60);
  clock.jump(-3_600_000);
  expect(closePokes()).toBe(0);
  clock.jump(86_400_000);
  expect(closePokes()).toBe(60);
});
