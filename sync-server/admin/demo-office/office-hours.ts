// Time as the office lives it: Monday to Friday, half past seven to half past five, counted in minutes of work.

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const OPENS_MINUTE = 7 * 60 + 30;
const DAYS_A_WEEK = 5;
/** 1970-01-05, a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

export const WORK_DAY_MINUTES = 10 * 60;

export interface OfficeHours {
  /** Minutes of work between a fixed Monday and `ms`; a moment outside the hours counts as the last minute before it. */
  toWork(ms: number): number;
  fromWork(minutes: number): number;
  /** The start of the calendar day of `ms`, in the office. */
  midnight(ms: number): number;
}

/** @param utcOffsetMinutes how far the office's clock is ahead of UTC; daylight saving is left out */
export function officeHours(utcOffsetMinutes: number): OfficeHours {
  const shiftMs = utcOffsetMinutes * MINUTE_MS - FIRST_MONDAY_MS;
  return {
    toWork(ms) {
      const days = Math.floor((ms + shiftMs) / DAY_MS);
      const week = Math.floor(days / 7);
      const weekday = days - week * 7;
      const dayStart = (week * DAYS_A_WEEK + Math.min(weekday, DAYS_A_WEEK)) * WORK_DAY_MINUTES;
      const minute = ((ms + shiftMs) % DAY_MS) / MINUTE_MS - OPENS_MINUTE;
      if (weekday >= DAYS_A_WEEK || minute < 0) return dayStart - 1;
      return dayStart + Math.min(minute, WORK_DAY_MINUTES - 1);
    },
    fromWork(minutes) {
      const days = Math.floor(minutes / WORK_DAY_MINUTES);
      const week = Math.floor(days / DAYS_A_WEEK);
      const calendarDay = week * 7 + (days - week * DAYS_A_WEEK);
      const minute = OPENS_MINUTE + (minutes - days * WORK_DAY_MINUTES);
      return Math.trunc(calendarDay * DAY_MS + minute * MINUTE_MS - shiftMs);
    },
    midnight: (ms) => Math.floor((ms + shiftMs) / DAY_MS) * DAY_MS - shiftMs,
  };
}
