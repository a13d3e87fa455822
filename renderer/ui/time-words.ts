// Times as people say them, by this device's clock and zone.

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const longDayYear = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

const DAY_MS = 86_400_000;

/** "10:05" */
export const clockTime = (iso: string): string => time.format(new Date(iso));

/** "Thursday, 12 November 2026 at 10:05:31", for a tooltip. */
export const fullTime = (iso: string): string => full.format(new Date(iso));

/** "10:05" today, then "Yesterday", "Thu", "12 Nov", "12 Nov 2025". */
export function shortTime(iso: string, now: Date): string {
  const at = new Date(iso);
  const days = daysBetween(at, now);
  if (days <= 0) return time.format(at);
  if (days === 1) return 'Yesterday';
  if (days < 7) return weekday.format(at);
  return at.getFullYear() === now.getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at);
}

/** "Today", "Yesterday", "Thursday 12 November", with the year where it is another one. */
export function dayName(iso: string, now: Date): string {
  const at = new Date(iso);
  const days = daysBetween(at, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return at.getFullYear() === now.getFullYear() ? longDay.format(at) : longDayYear.format(at);
}

/** The time alone where the day is already said, day and time elsewhere: "written 09:10", "written 11 Nov, 09:10". */
export function timeBeside(iso: string, besideIso: string): string {
  const at = new Date(iso);
  const beside = new Date(besideIso);
  return at.toDateString() === beside.toDateString()
    ? time.format(at)
    : `${dayMonth.format(at)}, ${time.format(at)}`;
}

/** "Wed 2 Dec, 08:00", with the year where it is another one than now's. */
export function dayAndTime(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const day = at.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear;
  return `${weekday.format(at)} ${day.format(at)}, ${time.format(at)}`;
}

/** "Today at 10:12" is "10:12"; another day is said. */
export function timeOrDay(iso: string, now: Date): string {
  const short = shortTime(iso, now);
  return daysBetween(new Date(iso), now) <= 0 ? short : `${short}, ${clockTime(iso)}`;
}

function daysBetween(earlier: Date, later: Date): number {
  const day = (date: Date) =>
    Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / DAY_MS);
  return day(later) - day(earlier);
}
