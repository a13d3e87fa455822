// Gives every step of a job its moment: office hours, evenings for customers, never after now.

import { between, happens, type Random } from './chance.ts';
import type { JobPlan, TodayStep } from './job-plan.ts';
import { type OfficeHours, WORK_DAY_MINUTES } from './office-hours.ts';
import type { PipelineKey } from './pipelines.ts';
import type { Story } from './plan-story.ts';
import type { Step, Wait } from './story.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** "Six months": nothing of the office is older. */
const OFFICE_AGE_DAYS = 181;

/** Minutes of work, from and to. */
const WAITS: Readonly<Record<Wait, readonly [number, number]>> = {
  now: [1, 4],
  soon: [6, 35],
  later: [45, 220],
  day: [420, 780],
  days: [1100, 2300],
  week: [2700, 4300],
};
/** From here on a wait is days and may be stretched or shortened to fit a job into its time. */
const LONG_WAIT_MINUTES = 400;

export type Happening =
  | { readonly kind: 'created' }
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'today'; readonly step: TodayStep };

/** When the server got it. */
export type Scheduled = Happening & { readonly atMs: number };

export interface ScheduledJob {
  readonly pipeline: PipelineKey;
  readonly plan: JobPlan;
  readonly beats: ReadonlySet<string>;
  /** In order of time, the opening of the job first. */
  readonly happenings: readonly Scheduled[];
}

export interface Scheduling {
  readonly nowMs: number;
  readonly hours: OfficeHours;
  readonly random: Random;
}

export function scheduleJob(
  pipeline: PipelineKey,
  plan: JobPlan,
  story: Story,
  scheduling: Scheduling,
): ScheduledJob {
  const today = (plan.today ?? []).map(
    (step): Scheduled => ({
      kind: 'today',
      step,
      atMs: scheduling.nowMs - step.minutesAgo * MINUTE_MS,
    }),
  );
  const before: Happening[] = [
    { kind: 'created' },
    ...story.steps.map((step): Happening => ({ kind: 'step', step })),
  ];
  const times = timesOf(story.steps, endOf(plan, today[0]?.atMs, scheduling), scheduling, plan);
  const scheduled = before.map(
    (happening, index): Scheduled => ({ ...happening, atMs: times[index] ?? scheduling.nowMs }),
  );
  return {
    pipeline,
    plan,
    beats: story.beats,
    happenings: eveningsForCustomers([...scheduled, ...today], scheduling),
  };
}

/** The latest moment for the last step before `today`. */
function endOf(
  plan: JobPlan,
  firstTodayMs: number | undefined,
  { nowMs, random }: Scheduling,
): number {
  if (firstTodayMs !== undefined) return firstTodayMs - between(random, 60, 200) * MINUTE_MS;
  if (plan.quietDays === 0) return nowMs - between(random, 9, 14) * MINUTE_MS;
  return nowMs - plan.quietDays * DAY_MS - between(random, 0, 90) * MINUTE_MS;
}

function timesOf(
  steps: readonly Step[],
  endMs: number,
  { nowMs, hours, random }: Scheduling,
  plan: JobPlan,
): number[] {
  if (steps.length === 0) return [endMs];
  const waits = steps.map((step) => between(random, ...WAITS[step.wait]));
  const end = hours.toWork(endMs);
  const earliest = hours.toWork(nowMs - OFFICE_AGE_DAYS * DAY_MS) + WORK_DAY_MINUTES;
  const short = sum(waits.filter((wait) => wait < LONG_WAIT_MINUTES));
  const long = sum(waits) - short;
  const room = end - earliest - short;
  const factor = plan.sinceTheBeginning === true || long > room ? room / long : 1;
  const fitted = waits.map((wait) => (wait < LONG_WAIT_MINUTES ? wait : wait * factor));
  let at = end - sum(fitted);
  const minutes = [at, ...fitted.map((wait) => (at += wait))];
  return minutes.map((minute) => hours.fromWork(minute) + between(random, 0, 40_000));
}

/** Customers often write after work, where the next thing happens another day. */
function eveningsForCustomers(
  happenings: readonly Scheduled[],
  { nowMs, hours, random }: Scheduling,
): Scheduled[] {
  return happenings.map((happening, index) => {
    if (happening.kind !== 'step' || happening.step.by !== 'customer') return happening;
    const eveningMs =
      hours.midnight(happening.atMs) + between(random, 18 * 60, 22 * 60 + 20) * MINUTE_MS;
    const nextMs = happenings[index + 1]?.atMs ?? nowMs - 60 * MINUTE_MS;
    const isFree = eveningMs > happening.atMs && eveningMs < nextMs - 10 * MINUTE_MS;
    return isFree && happens(random, 0.6) ? { ...happening, atMs: eveningMs } : happening;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
