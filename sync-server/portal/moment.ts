// Instants as people read them, in the office's time zone: "Thu 10:05", "12 Nov, 10:05", "12 Nov 2025".

const LOCALE = 'en-GB';
/** Swedish writes days as ISO 8601 does. */
const ISO_DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_CALLED_BY_NAME = 6;

export interface Calendar {
  readonly clockFace: ClockFace;
  /** Unix time in milliseconds. */
  readonly nowMs: number;
}

/** Formats of one time zone, each made once: making one takes longer than writing a whole page. */
export class ClockFace {
  readonly #timeZone: string;
  readonly #formats = new Map<string, Intl.DateTimeFormat>();
  #today = { second: Number.NaN, day: '' };

  /** @param timeZone IANA name */
  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** "2026-11-12": asked by every page, and the same for a whole second. */
  dayAt(nowMs: number): string {
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#today.second)
      this.#today = { second, day: this.write(new Date(nowMs), ISO_DAY, 'sv-SE') };
    return this.#today.day;
  }

  write(date: Date, options: Intl.DateTimeFormatOptions, locale = LOCALE): string {
    const key = locale + JSON.stringify(options);
    const known = this.#formats.get(key);
    if (known !== undefined) return known.format(date);
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: this.#timeZone });
    this.#formats.set(key, made);
    return made.format(date);
  }
}

/** The shortest form that cannot be mistaken: today by the hour, this week by the day, else by the date. */
export function shortMoment(instant: string, calendar: Calendar): string {
  const date = new Date(instant);
  const age = ageInDays(date, calendar);
  if (age === 0) return time(date, calendar);
  if (age > 0 && age <= DAYS_CALLED_BY_NAME)
    return `${format(date, calendar, { weekday: 'short' })} ${time(date, calendar)}`;
  if (isThisYear(date, calendar))
    return `${format(date, calendar, { day: 'numeric', month: 'short' })}, ${time(date, calendar)}`;
  return format(date, calendar, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "Thursday 12 November 2026, 10:05" */
export function fullMoment(instant: string, calendar: Calendar): string {
  return `${longDay(new Date(instant), calendar, true)}, ${timeOfDay(instant, calendar)}`;
}

/** "10:05" */
export function timeOfDay(instant: string, calendar: Calendar): string {
  return time(new Date(instant), calendar);
}

/** What stands above the day's things: "Today", "Yesterday", "Thursday 12 November", with the year where it is another. */
export function dayName(instant: string, calendar: Calendar): string {
  const date = new Date(instant);
  const age = ageInDays(date, calendar);
  if (age === 0) return 'Today';
  if (age === 1) return 'Yesterday';
  return longDay(date, calendar, !isThisYear(date, calendar));
}

/** "2026-11-12" in the office's time zone: two instants of one day have the same. */
export function dayOf(instant: string, calendar: Calendar): string {
  return isoDay(new Date(instant), calendar);
}

function longDay(date: Date, calendar: Calendar, withYear: boolean): string {
  const weekday = format(date, calendar, { weekday: 'long' });
  const day = format(date, calendar, {
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
  });
  return `${weekday} ${day}`;
}

function time(date: Date, calendar: Calendar): string {
  return format(date, calendar, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** By calendar days, not by 24 hours; negative where the instant is ahead of the clock. */
function ageInDays(date: Date, calendar: Calendar): number {
  const today = Date.parse(isoDay(new Date(calendar.nowMs), calendar));
  return Math.round((today - Date.parse(isoDay(date, calendar))) / DAY_MS);
}

function isThisYear(date: Date, calendar: Calendar): boolean {
  return (
    isoDay(date, calendar).slice(0, 4) === isoDay(new Date(calendar.nowMs), calendar).slice(0, 4)
  );
}

function isoDay(date: Date, calendar: Calendar): string {
  return calendar.clockFace.write(date, ISO_DAY, 'sv-SE');
}

function format(date: Date, calendar: Calendar, options: Intl.DateTimeFormatOptions): string {
  return calendar.clockFace.write(date, options);
}
