// Time that stands still while anything is running: the clock moves only from one planned event to the next.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Chance } from './chance.ts';

interface PlannedEvent {
  readonly atMs: number;
  /** Settles ties, by chance and not by who came first. */
  readonly rank: number;
  readonly run: () => void | Promise<void>;
}

/** Something that goes on by itself: a request the server is busy with. */
interface Work {
  /** Parts of it that wait for simulated time. */
  paused: number;
}

/** Turns of the event loop after which what is still at work waits for something that only comes later. */
const MOST_TURNS = 400;

export class Scheduler {
  readonly #chance: Chance;
  readonly #events: PlannedEvent[] = [];
  readonly #works = new Set<Work>();
  readonly #current = new AsyncLocalStorage<Work>();
  #nowMs: number;

  constructor(chance: Chance, startMs: number) {
    this.#chance = chance;
    this.#nowMs = startMs;
  }

  /** Simulated Unix time in milliseconds. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Runs `run` after a delay; the answer cancels. */
  after(delayMs: number, run: PlannedEvent['run']): () => void {
    const event = { atMs: this.#nowMs + Math.max(0, delayMs), rank: this.#chance.next(), run };
    let place = this.#events.length;
    while (place > 0 && isBefore(event, this.#events[place - 1])) place -= 1;
    this.#events.splice(place, 0, event);
    return () => {
      const found = this.#events.indexOf(event);
      if (found >= 0) this.#events.splice(found, 1);
    };
  }

  /** Keeps the clock still until the work has ended, except while some part of it is in `pause`. */
  work<T>(start: () => Promise<T>): Promise<T> {
    const work = { paused: 0 };
    this.#works.add(work);
    return this.#current.run(work, async () => {
      try {
        return await start();
      } finally {
        this.#works.delete(work);
      }
    });
  }

  /** Lets other things happen for a while of simulated time; outside of `work` it answers at once. */
  async pause(delayMs: number): Promise<void> {
    const work = this.#current.getStore();
    if (work === undefined) return;
    work.paused += 1;
    await new Promise<void>((resolve) => {
      this.after(delayMs, resolve);
    });
    work.paused -= 1;
  }

  /** Never answers: the machine this work ran on is dead. */
  abandon(): Promise<never> {
    const work = this.#current.getStore();
    if (work !== undefined) this.#works.delete(work);
    return new Promise(() => undefined);
  }

  /** Runs the next event and all that follows from it at the same moment; false where nothing is planned. */
  async step(): Promise<boolean> {
    const event = this.#events.shift();
    if (event === undefined) return false;
    this.#nowMs = event.atMs;
    await event.run();
    await this.#settle();
    return true;
  }

  /** Runs event after event until `work` has ended. */
  async stepThrough(work: Promise<unknown>): Promise<void> {
    const ended = new AbortController();
    void work.finally(() => ended.abort());
    while (!ended.signal.aborted) if (!(await this.step())) await nextTurn();
  }

  async #settle(): Promise<void> {
    let turns = 0;
    do {
      await nextTurn();
      await nextTurn();
      turns += 1;
    } while (turns < MOST_TURNS && [...this.#works].some(({ paused }) => paused === 0));
  }
}

function isBefore(event: PlannedEvent, other: PlannedEvent | undefined): boolean {
  if (other === undefined) return false;
  return event.atMs < other.atMs || (event.atMs === other.atMs && event.rank < other.rank);
}

/** Microtasks, ticks and streams are done when it answers. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
