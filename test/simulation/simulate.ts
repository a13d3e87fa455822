// One seed, one story: an office at work in bad weather, then in calm, then every promise is checked.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chance } from './chance.ts';
import { checkPersonal } from './canned-invariants.ts';
import { befall } from './chaos.ts';
import { comeToRest, signInAgain } from './come-to-rest.ts';
import { type Control, type ControlName, controls, NO_CONTROL } from './controls.ts';
import { askForLink, enterByMail, unsubscribe } from './door-acts.ts';
import { planEdits } from './edit-acts.ts';
import { planSignOuts } from './end-devices.ts';
import { ALL_HABITS, type Habit } from './habits.ts';
import { withInstantDisk } from './instant-disk.ts';
import { checkAll } from './invariants.ts';
import { planScheduling } from './scheduled-acts.ts';
import type { ScheduledTally } from './scheduled-watch.ts';
import { sendMails } from './mail-acts.ts';
import type { PortalCustomer } from './portal-customer.ts';
import { Run, type Violation } from './run.ts';
import { Scheduler } from './scheduler.ts';
import { Person } from './staff-acts.ts';
import { Tally } from './tally.ts';
import { Trace } from './trace.ts';
import { someWeather } from './weather.ts';
import { World } from './world.ts';

export interface SimulateOptions {
  readonly seed: number;
  readonly control?: ControlName | undefined;
  /** A safeguard of stories of their own, switched off. */
  readonly wiring?: Control | undefined;
  /** By the seed where nothing is said. */
  readonly undoSeconds?: number | undefined;
  /** All where nothing is said. */
  readonly habits?: readonly Habit[] | undefined;
  readonly print?: ((line: string) => void) | undefined;
  /** Desks are signed out by an admin, too; a story without is told as ever. (J1) */
  readonly withSignOuts?: boolean;
  /** People write, share and insert canned replies, too; a story without is told as ever. (C6) */
  readonly withCanned?: boolean;
  /** Replies are sent later, too. (C8) */
  readonly withScheduled?: boolean;
}

export interface Story {
  readonly seed: number;
  readonly violation: Violation | undefined;
  readonly tally: Tally;
  /** Desks that were signed out, and empty when their members signed in again. */
  readonly wipes: number;
  readonly scheduled: ScheduledTally;
  readonly traceHash: string;
  readonly traceLines: number;
  readonly lastLines: readonly string[];
}

const BEGINS_AT = Date.parse('2026-11-02T09:00:00.000Z');
const ACTS = 80;
const CUSTOMER_ACTS = {
  visit: 4,
  reply: 4,
  fetch: 2,
  ask: 1.5,
  enter: 2,
  unsubscribe: 0.5,
} as const;

/** The same seed tells the same story, to the last line of its trace. */
export function simulate(options: SimulateOptions): Promise<Story> {
  const chance = new Chance(options.seed);
  const scheduler = new Scheduler(chance, BEGINS_AT);
  return withInstantDisk(
    () => scheduler.nowMs,
    () => tellStory(options, chance, scheduler),
  );
}

async function tellStory(
  {
    seed,
    control,
    wiring,
    print,
    undoSeconds = undoSecondsOf(seed),
    habits = ALL_HABITS,
    withSignOuts = false,
    withScheduled = false,
    withCanned = habits.includes('canned') && hasCanned(seed),
  }: SimulateOptions,
  chance: Chance,
  scheduler: Scheduler,
): Promise<Story> {
  const trace = new Trace(print);
  const tally = new Tally();
  const run = new Run({ chance, scheduler, undoSeconds, habits, trace, tally });
  const folder = mkdtempSync(join(memoryFolder(), 'docket-simulation-'));
  let world: World | undefined;
  try {
    world = await World.create({
      run,
      folder,
      control: wiring ?? (control === undefined ? NO_CONTROL : controls[control]),
      withScheduled,
    });
    const editSeed = habits.includes('edits') && hasEdits(seed) ? seed : null;
    await live(world, { withSignOuts, withCanned, withScheduled, editSeed });
    if (run.violation === undefined) await comeToRest(world);
    if (run.violation === undefined) await checkAll(world);
  } finally {
    await world?.end();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    seed,
    violation: run.violation,
    tally,
    wipes: world.wipes,
    scheduled: world.scheduledTally,
    traceHash: trace.digest(),
    traceLines: trace.length,
    lastLines: trace.last,
  };
}

/** What is planned beside what people do by chance. */
interface Plans {
  readonly withSignOuts: boolean;
  readonly withCanned: boolean;
  readonly withScheduled: boolean;
  /** Null where nobody edits anything. */
  readonly editSeed: number | null;
}

/** A day of acts and mishaps, some at the same moment, some minutes apart. */
async function live(
  world: World,
  { withSignOuts, withCanned, withScheduled, editSeed }: Plans,
): Promise<void> {
  const { run, office } = world;
  const { chance, scheduler } = run;
  for (const member of office.members.slice(0, chance.between(2, 3)))
    await world.addDesk(member, member.name);
  for (const customer of world.customers) await customer.enter();
  world.network.weather = someWeather(chance);
  if (withSignOuts) planSignOuts(world);
  if (editSeed !== null) await planEdits(world, editSeed);
  if (withScheduled) planScheduling(world);
  const people = new Map<string, Person>();
  let left = ACTS;
  const next = async (): Promise<void> => {
    await something(world, people, withCanned);
    left -= 1;
    if (left > 0) scheduler.after(chance.between(0, chance.pick([5, 500, 4000])), next);
  };
  scheduler.after(1000, next);
  while (left > 0 && run.violation === undefined) await scheduler.step();
}

async function something(
  world: World,
  people: Map<string, Person>,
  withCanned: boolean,
): Promise<void> {
  const { chance } = world.run;
  switch (chance.weighted({ staff: 12, customer: 4, mishap: 3, mails: 4 })) {
    case 'staff': {
      const desk = chance.pick(world.desks);
      if (world.server.isRunning) await signInAgain(world, desk);
      if (!desk.isRunning) return;
      const person = people.get(desk.name) ?? new Person(world, desk);
      people.set(desk.name, person);
      if (withCanned) for (const each of world.desks) checkPersonal(world, each);
      if (withCanned && chance.happens(0.4)) person.actOnCanned();
      else person.act();
      return;
    }
    case 'customer': {
      const customer = chance.pick(world.customers);
      void comeAsCustomer(world, customer);
      return;
    }
    case 'mails':
      sendMails(world);
      return;
    case 'mishap':
      await befall(world);
  }
}

function comeAsCustomer(world: World, customer: PortalCustomer): Promise<void> {
  const act = world.run.chance.weighted(CUSTOMER_ACTS);
  switch (act) {
    case 'visit':
      return customer.visit();
    case 'reply':
      return customer.reply();
    case 'fetch':
      return customer.fetch();
    case 'ask':
      return askForLink(world, customer);
    case 'enter':
      return enterByMail(world, customer);
    case 'unsubscribe':
      return unsubscribe(world, customer);
  }
}

/** Every other story has a countdown; taken from the seed and not by chance, so that all others are told as ever. */
function undoSecondsOf(seed: number): number {
  return [0, 5, 0, 30][seed % 4] ?? 0;
}

/** One story in five; taken from the seed, so that all others are told as ever. */
function hasEdits(seed: number): boolean {
  return seed % 5 === 3;
}

/** One in eight. (C6) */
function hasCanned(seed: number): boolean {
  return seed % 8 === 5;
}

/** Where files are in memory, so that a thousand databases wear out no disk. */
function memoryFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
