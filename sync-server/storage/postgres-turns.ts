// One thing at a time under each key, among all processes: advisory locks of one connection of each. A process asks for a
// lock until it has it, because a connection that waits for one can do nothing else, not even give another one back. (J3)

import { AppError } from '../errors.ts';
import { KeyedLock, type Turn, type Turns } from './keyed-lock.ts';
import { PostgresLine } from './postgres-line.ts';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** Longer than any turn takes. */
const PATIENCE_MS = 60_000;

export class PostgresTurns implements Turns {
  readonly #here = new KeyedLock();
  readonly #line: PostgresLine;

  constructor(url: string) {
    this.#line = new PostgresLine({ url });
  }

  run<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    // Among those in this process first: to PostgreSQL they are one, and a second lock would be had at once.
    return this.#here.run(key, async () => {
      const breaks = await this.#take(key);
      const stillMine = async () => {
        const client = await this.#line.client();
        await client.query('select 1');
        // Somebody else may have had a turn meanwhile: what was done is repeated rather than believed.
        if (this.#line.breaks !== breaks) throw new AppError('database-unreachable');
      };
      try {
        const done = await work({ stillMine });
        await stillMine();
        return done;
      } finally {
        if (this.#line.breaks === breaks) await this.#give(key);
      }
    });
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** @returns how often the line had broken when it was had */
  async #take(key: string): Promise<number> {
    const until = Date.now() + PATIENCE_MS;
    for (
      let pauseMs = FIRST_PAUSE_MS;
      Date.now() < until;
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    ) {
      if (await this.#ask('pg_try_advisory_lock', key)) return this.#line.breaks;
      await pause(pauseMs);
    }
    throw new AppError('database-unreachable');
  }

  async #give(key: string): Promise<void> {
    // With the line the lock is gone, too.
    await this.#ask('pg_advisory_unlock', key).catch(() => undefined);
  }

  async #ask(what: 'pg_try_advisory_lock' | 'pg_advisory_unlock', key: string): Promise<boolean> {
    const client = await this.#line.client();
    const { rows } = await client.query<{ done: boolean }>(
      `select ${what}(hashtextextended($1, 4810)) as done`,
      [key],
    );
    return rows[0]?.done === true;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
