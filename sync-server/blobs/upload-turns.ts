import type { IncomingMessage } from 'node:http';
import { KeyedLock } from '../storage/keyed-lock.ts';

/** A device that comes again has given up the request before: what still hangs there is cut off after this long. */
const DRAIN_MS = 200;

/** One request at a time goes on with an upload. [B3] */
/** Calls back once after a while; the answer cancels. */
export type After = (delayMs: number, run: () => void) => () => void;

const machineAfter: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

export class UploadTurns {
  readonly #after: After;
  readonly #lock = new KeyedLock();
  readonly #last = new Map<string, IncomingMessage>();

  /** @param after the machine's timers, unless told otherwise */
  constructor(after = machineAfter) {
    this.#after = after;
  }

  async run<T>(id: string, request: IncomingMessage, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(id);
    const spare = before && this.#after(DRAIN_MS, () => before.destroy());
    this.#last.set(id, request);
    try {
      return await this.#lock.run(id, () => {
        spare?.();
        return work();
      });
    } finally {
      if (this.#last.get(id) === request) this.#last.delete(id);
    }
  }
}
