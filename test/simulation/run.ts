// What all parts of one simulated story share: its clock, its chance, its trace and its tally.

import type { Chance } from './chance.ts';
import type { Habit } from './habits.ts';
import type { Scheduler } from './scheduler.ts';
import type { Exercised, Tally } from './tally.ts';
import type { Trace } from './trace.ts';

export class Run {
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  /** How long customer replies can be taken back in this story. [P8] */
  readonly undoSeconds: number;
  readonly habits: readonly Habit[];
  readonly #trace: Trace;
  readonly #tally: Tally;
  readonly #open = new Set<() => void | Promise<void>>();
  #violation: Violation | undefined;

  constructor(parts: {
    chance: Chance;
    scheduler: Scheduler;
    undoSeconds: number;
    habits: readonly Habit[];
    trace: Trace;
    tally: Tally;
  }) {
    this.chance = parts.chance;
    this.scheduler = parts.scheduler;
    this.undoSeconds = parts.undoSeconds;
    this.habits = parts.habits;
    this.#trace = parts.trace;
    this.#tally = parts.tally;
  }

  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  newId(): string {
    return this.chance.id(this.nowMs);
  }

  tell(who: string, what: string): void {
    this.#trace.add(this.nowMs, who, what);
  }

  count(name: Exercised, by = 1): void {
    this.#tally.count(name, by);
  }

  /** What a dead machine held open is closed a moment later, in nobody's way, or at the end of the story. */
  closeSoon(close: () => void | Promise<void>): void {
    this.#open.add(close);
    this.scheduler.after(0, () => this.#close(close));
  }

  async closeAll(): Promise<void> {
    for (const close of this.#open) await this.#close(close);
  }

  async #close(close: () => void | Promise<void>): Promise<void> {
    if (this.#open.delete(close)) await close();
  }

  /** A promise was broken. The first one counts: what follows from it says less. */
  violate(promise: string, details: string): void {
    if (this.#violation !== undefined) return;
    this.#violation = new Violation(promise, details);
    this.tell('VIOLATION', `${promise}: ${details}`);
  }

  get violation(): Violation | undefined {
    return this.#violation;
  }
}

export class Violation extends Error {
  constructor(promise: string, details: string) {
    super(`${promise}: ${details}`);
    this.name = 'Violation';
  }
}

/** The end of a machine, thrown where it happens; whoever catches it is dead already and can do nothing any more. */
export class SimulatedCrash extends Error {
  constructor(point: string) {
    super(`Simulated crash ${point}`);
    this.name = 'SimulatedCrash';
  }
}

/** The end of an id, enough to tell ids apart in a trace. */
export const short = (id: string): string => id.slice(-6);
