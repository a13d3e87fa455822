// Which jobs a member is looking at, in windows that have the focus: nobody is told of what happens before their eyes. (F4)

import type { JobId } from '../../../sync-server/protocol/ids.ts';
import type { Clock } from '../host.ts';

/** A window says it again before this is over; one that was closed without a word is forgotten then. */
const LEASE_MS = 20_000;

/** In memory alone. What runs out does so by timers, which do not mind a clock that is set. */
export class LookingBoard {
  readonly #clock: Clock;
  readonly #windows = new Map<string, { readonly jobId: JobId; readonly cancel: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  windowIs(windowId: string, jobId: JobId | null): void {
    this.#windows.get(windowId)?.cancel();
    this.#windows.delete(windowId);
    if (jobId === null) return;
    const cancel = this.#clock.after(LEASE_MS, () => this.#windows.delete(windowId));
    this.#windows.set(windowId, { jobId, cancel });
  }

  isLookedAt(jobId: JobId): boolean {
    return [...this.#windows.values()].some((window) => window.jobId === jobId);
  }

  stop(): void {
    for (const { cancel } of this.#windows.values()) cancel();
    this.#windows.clear();
  }
}
