// One connection of a process that is not of the pool: it hears what other processes tell, and holds this process's turns. A
// line that breaks is laid again. (J3)

import type pg from 'pg';
import { connectAlone } from './postgres-connection.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;

export interface LineSetup {
  readonly url: string;
  /** Before anybody uses it, each time it was laid. */
  prepare?(client: pg.Client): Promise<void>;
  /** It was broken, and is there again. */
  onAgain?(): void;
}

export class PostgresLine {
  readonly #setup: LineSetup;
  #client: Promise<pg.Client> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** How often it broke: whoever holds something by it holds it no longer after another number. */
  breaks = 0;

  constructor(setup: LineSetup) {
    this.#setup = setup;
  }

  /** @throws what PostgreSQL says where it cannot be laid now */
  client(): Promise<pg.Client> {
    if (this.#isClosed) return Promise.reject(new Error('The line is closed.'));
    if (this.#client !== undefined) return this.#client;
    const client = this.#connect();
    this.#client = client;
    client.catch(() => {
      if (this.#client === client) this.#client = undefined;
    });
    return client;
  }

  async #connect(): Promise<pg.Client> {
    const client = await connectAlone(this.#setup.url, () => this.#onBreak());
    await this.#setup.prepare?.(client);
    return client;
  }

  #onBreak(): void {
    this.breaks += 1;
    this.#client = undefined;
    if (!this.#isClosed) this.#layAgain(FIRST_PAUSE_MS);
  }

  #layAgain(pauseMs: number): void {
    this.#timer = setTimeout(() => {
      this.client().then(
        () => this.#setup.onAgain?.(),
        () => {
          if (!this.#isClosed) this.#layAgain(Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
        },
      );
    }, pauseMs);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}
