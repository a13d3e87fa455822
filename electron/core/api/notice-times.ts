// When a member is not to be told of anything: by this device's clock and its time of day. (F4)

import type { NoticeSettings, QuietHours } from './notices-contract.ts';

const HOUR_MS = 60 * 60 * 1000;
/** When "until tomorrow" ends: early enough for who begins early. */
const MORNING_HOUR = 6;

export function mayTell({ isOn, quiet, pausedUntil }: NoticeSettings, nowMs: number): boolean {
  return isOn && !isPaused(pausedUntil, nowMs) && !isQuiet(quiet, new Date(nowMs));
}

/** A clock that was set back ends no pause later than it could have been meant: two days are longer than any. */
export function isPaused(pausedUntil: string | null, nowMs: number): boolean {
  if (pausedUntil === null) return false;
  const leftMs = Date.parse(pausedUntil) - nowMs;
  return leftMs > 0 && leftMs < 48 * HOUR_MS;
}

export function isQuiet({ isOn, from, until, days }: QuietHours, now: Date): boolean {
  if (!isOn || from === until) return false;
  const minute = now.getHours() * 60 + now.getMinutes();
  const today = now.getDay();
  const beganToday = days.includes(today) && minute >= from;
  if (from < until) return beganToday && minute < until;
  return beganToday || (days.includes((today + 6) % 7) && minute < until);
}

export function pauseEnd(until: 'in-an-hour' | 'tomorrow', nowMs: number): string {
  if (until === 'in-an-hour') return new Date(nowMs + HOUR_MS).toISOString();
  const now = new Date(nowMs);
  const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING_HOUR);
  return morning.toISOString();
}
