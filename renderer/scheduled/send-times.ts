// Times a reply can be sent at, by the clock and the zone of this computer. (C8)

/** What a person chose. */
export interface When {
  readonly sendAt: string;
  readonly unlessCustomerWrites: boolean;
}

export interface SendTime {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
}

const HOUR_MS = 3_600_000;
const MORNING = 8;
const MONDAY = 1;

/** "In 2 hours", "Tomorrow 08:00", "Monday 08:00". Where tomorrow is Monday it is said once. */
export function sendTimes(now: Date): readonly SendTime[] {
  const tomorrow = morningIn(now, 1);
  const daysToMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  const monday = morningIn(now, daysToMonday);
  const times = [
    { name: 'In 2 hours', at: new Date(now.getTime() + 2 * HOUR_MS).toISOString() },
    { name: 'Tomorrow 08:00', at: tomorrow },
  ];
  return daysToMonday === 1 ? times : [...times, { name: 'Monday 08:00', at: monday }];
}

/** By the calendar and not by hours: a day on which the clock is set has 23 or 25. */
function morningIn(now: Date, days: number): string {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  return new Date(year, month, day + days, MORNING).toISOString();
}

/** As the system's own field for a time takes it: this computer's wall clock, to the minute. */
export function wallClock(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Undefined where it is no time. */
export function instantOf(wall: string): string | undefined {
  const at = new Date(wall);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** "Europe/Berlin" */
export const zoneName = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A clock that is this far off is worth a word. */
const WORTH_SAYING_MS = 2 * 60_000;

/** What somebody should know who chooses a time by a clock that is wrong; null where it is right, or nobody knows. */
export function clockWords(aheadMs: number | null): string | null {
  if (aheadMs === null || Math.abs(aheadMs) < WORTH_SAYING_MS) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const much =
    minutes < 120
      ? `${minutes} minutes`
      : minutes < 2 * 24 * 60
        ? `${Math.round(minutes / 60)} hours`
        : `${Math.round(minutes / 60 / 24)} days`;
  return `The clock of this computer is ${much} ${aheadMs > 0 ? 'ahead of' : 'behind'} the server’s. The server sends by its own.`;
}
