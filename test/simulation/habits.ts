// What people came to do after the first seeds had been told. A story without a habit is told as before there was one, so that a
// seed goes on showing the mistake it once found.

/** How often what, compared with what people always did. */
export const HABITS = {
  /** They correct a job's title, customer or pipeline. (A1) */
  corrections: { correctJob: 3 },
  /** They edit what they wrote, by a plan of its own, in one story of five. (C10) */
  edits: {},
  /** They have canned replies, in one story of eight. (C6) */
  canned: {},
} as const;

export type Habit = keyof typeof HABITS;
export const ALL_HABITS = Object.keys(HABITS) as readonly Habit[];

type ActOf<H extends Habit> = keyof (typeof HABITS)[H] & string;
export type HabitualAct = { [H in Habit]: ActOf<H> }[Habit];

export function actsOf(habits: readonly Habit[]): Readonly<Partial<Record<HabitualAct, number>>> {
  return Object.assign({}, ...habits.map((habit) => HABITS[habit])) as Record<HabitualAct, number>;
}
