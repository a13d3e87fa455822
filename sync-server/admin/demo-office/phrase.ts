// Templates become sentences: `{vehicle}` is a fact of the job, `{3-6}` a number, `{€80-120}` an amount, `{day+2}` the
// working day after next, as seen from the moment of writing.

import { between, pick, type Random } from './chance.ts';
import { type OfficeHours, WORK_DAY_MINUTES } from './office-hours.ts';

/** A job's facts by name, as they read inside a sentence. */
export type Facts = Readonly<Record<string, string>>;

export interface Moment {
  readonly atMs: number;
  readonly hours: OfficeHours;
}

const PLACEHOLDER = /\{([^{}]+)\}/g;
const CLOCKS = ['7:45', '8:00', '8:15', '8:30', '9:00', '9:30', '10:15', '11:00', '13:30', '14:00'];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** Beyond so many working days a weekday alone would be ambiguous. */
const WEEKDAY_REACH = 4;

/** @throws where the template names a fact the job does not have: the template is wrong then */
export function fillIn(template: string, facts: Facts, moment: Moment, random: Random): string {
  const filled = template.replace(PLACEHOLDER, (_whole, key: string) => {
    if (key === 'clock') return pick(random, CLOCKS);
    const range = /^(€?)(\d+)-(\d+)$/.exec(key);
    if (range !== null) {
      const amount = between(random, Number(range[2]), Number(range[3]));
      return range[1] === '' ? String(amount) : euro(roundedTo(amount >= 400 ? 10 : 1, amount));
    }
    const ahead = /^day\+(\d+)$/.exec(key);
    if (ahead !== null) return dayAhead(Number(ahead[1]), moment);
    const fact = facts[key];
    if (fact === undefined) throw new Error(`No fact “${key}” for the template “${template}”.`);
    return fact;
  });
  return capitalized(filled);
}

export const euro = (amount: number): string => `€${amount.toLocaleString('en')}`;

export const roundedTo = (step: number, amount: number): number => Math.round(amount / step) * step;

/** A sentence begins with a capital also where a fact stands first; the very first word is its writer's business. */
const capitalized = (text: string): string =>
  text.replace(
    /([.!?]\s+)(the|a|an|both|every|light|fine|scrapes|rust|three|kerb|front)\b/g,
    (found) => found.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  );

/** The date so many working days later, as `YYYY-MM-DD` in the office. */
export function dateAhead(workDays: number, { atMs, hours }: Moment): string {
  const midnight = hours.midnight(hours.fromWork(hours.toWork(atMs) + workDays * WORK_DAY_MINUTES));
  // Noon keeps the date on either side of Greenwich.
  return new Date(midnight + 12 * 3_600_000).toISOString().slice(0, 10);
}

function dayAhead(workDays: number, moment: Moment): string {
  const date = new Date(`${dateAhead(workDays, moment)}T00:00:00Z`);
  const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7] ?? '';
  if (workDays <= WEEKDAY_REACH) return weekday;
  return `${weekday}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}
