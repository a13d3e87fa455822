// A clock that hurries everything but the countdown of a customer reply, which ends when a test says so.

import type { Clock } from '../../electron/core/host.ts';
import { quickClock } from './fake-host.ts';

/** A length nothing else waits for. */
export const UNDO_SECONDS = 37;

export class UndoClock implements Clock {
  readonly #ends = new Set<() => void>();
  #aheadMs = 0;

  now(): number {
    return quickClock.now() + this.#aheadMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    if (delayMs !== UNDO_SECONDS * 1000) return quickClock.after(delayMs, callback);
    this.#ends.add(callback);
    return () => this.#ends.delete(callback);
  }

  /** How many would end. */
  get running(): number {
    return this.#ends.size;
  }

  /** All that run now are over. */
  end(): void {
    const ends = [...this.#ends];
    this.#ends.clear();
    for (const end of ends) end();
  }

  /** A night passes while the machine is off, or asleep. */
  skip(spanMs: number): void {
    this.#aheadMs += spanMs;
  }
}
