// Time that moves only when a test says so.

import type { Clock } from '../../electron/core/host.ts';

export class HandClock implements Clock {
  #nowMs: number;
  #waits: { atMs: number; readonly callback: () => void }[] = [];

  constructor(nowMs = Date.parse('2026-11-28T08:00:00.000Z')) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const wait = { atMs: this.#nowMs + delayMs, callback };
    this.#waits.push(wait);
    return () => {
      this.#waits = this.#waits.filter((each) => each !== wait);
    };
  }

  /** Lets time pass; what becomes due happens in order, and what happens sees the time it was due. */
  pass(spanMs: number): void {
    const endMs = this.#nowMs + spanMs;
    for (let due = this.#next(endMs); due !== undefined; due = this.#next(endMs)) {
      const { atMs, callback } = due;
      this.#waits = this.#waits.filter((each) => each.callback !== callback || each.atMs !== atMs);
      this.#nowMs = Math.max(this.#nowMs, atMs);
      callback();
    }
    this.#nowMs = endMs;
  }

  /** A person, or a battery, puts the clock somewhere else; waits go on as they were. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
    for (const wait of this.#waits) wait.atMs += byMs;
  }

  #next(endMs: number) {
    return this.#waits.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}
