import type { IncomingMessage } from 'node:http';
import { KeyedLock } from './keyed-lock.ts';

/** A device that comes again has given up the request before: what still hangs there is cut off after this long. */
const DRAIN_MS = 200;

/** One request at a time goes on with an upload. [B3] */
export class UploadTurns {
  readonly #lock = new KeyedLock();
  readonly #last = new Map<string, IncomingMessage>();

  async run<T>(id: string, request: IncomingMessage, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(id);
    const cutOff = before && setTimeout(() => before.destroy(), DRAIN_MS);
    this.#last.set(id, request);
    try {
      return await this.#lock.run(id, () => {
        clearTimeout(cutOff);
        return work();
      });
    } finally {
      if (this.#last.get(id) === request) this.#last.delete(id);
    }
  }
}
