// However a server behaves, a device asks it so often and no more: the last bound under all others. [L1]

import type { Clock } from '../host.ts';

/** A first sync of a million rows takes a few hundred; a busy office pokes ten times in a second at most. */
export const MOST_REQUESTS_PER_MINUTE = 1200;
const MINUTE_MS = 60_000;

export class RequestBudget {
  readonly #clock: Pick<Clock, 'now'>;
  #spentAtMs: number[] = [];

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Answers whether one more may leave now. */
  spend(): boolean {
    const nowMs = this.#clock.now();
    // After a clock that was set back, what seems to come later is forgotten rather than waited for.
    this.#spentAtMs = this.#spentAtMs.filter((atMs) => atMs <= nowMs && atMs > nowMs - MINUTE_MS);
    if (this.#spentAtMs.length >= MOST_REQUESTS_PER_MINUTE) return false;
    this.#spentAtMs.push(nowMs);
    return true;
  }
}
