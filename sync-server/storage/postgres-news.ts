// Other processes by LISTEN and NOTIFY: news of a commit leave with it, in the order of commits, and not without it. (J3) [L4]

import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import * as z from 'zod';
import { workspaceId } from '../protocol/ids.ts';
import type { News } from './other-processes.ts';
import { PostgresLine } from './postgres-line.ts';
import type { ToldInCommits } from './queries.ts';
import type { Tables } from './tables.ts';

const CHANNEL = 'docket';
/** PostgreSQL takes no more than 7,999. */
const MOST_BYTES = 7900;

const told = z.object({
  from: z.string(),
  news: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('commit'), workspaceId, version: z.number() }),
    z.object({ kind: z.literal('mail') }),
    z.object({ kind: z.literal('presence'), text: z.string() }),
  ]),
});

export class PostgresNews implements ToldInCommits {
  readonly #database: Kysely<Tables>;
  readonly #line: PostgresLine;
  /** Of this process, which hears everything and so itself as well. */
  readonly #from = randomUUID();
  readonly #listeners = new Set<(news: News) => void>();
  readonly #gapListeners = new Set<() => void>();
  #isClosed = false;

  private constructor(database: Kysely<Tables>, url: string) {
    this.#database = database;
    this.#line = new PostgresLine({
      url,
      prepare: async (client) => {
        client.on('notification', ({ payload }) => this.#hear(payload));
        await client.query(`listen ${CHANNEL}`);
      },
      onAgain: () => {
        for (const tell of this.#gapListeners) tell();
      },
    });
  }

  static async open(database: Kysely<Tables>, url: string): Promise<PostgresNews> {
    const news = new PostgresNews(database, url);
    await news.#line.client();
    return news;
  }

  async tellWith(transaction: Kysely<Tables>, news: readonly News[]): Promise<void> {
    for (const one of news) await this.#notify(transaction, one);
  }

  /** Whoever does not hear of it finds out in time; nobody waits for it. */
  tell(news: News): void {
    if (!this.#isClosed) this.#notify(this.#database, news).catch(() => undefined);
  }

  onNews(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onGap(listener: () => void): void {
    this.#gapListeners.add(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#gapListeners.clear();
    await this.#line.close();
  }

  async #notify(database: Kysely<Tables>, news: News): Promise<void> {
    const payload = JSON.stringify({ from: this.#from, news });
    if (Buffer.byteLength(payload) > MOST_BYTES) return;
    await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(database);
  }

  /** What a newer server tells in words that are not known here is not for this one. */
  #hear(payload: string | undefined): void {
    const parsed = told.safeParse(parsedJson(payload));
    if (!parsed.success || parsed.data.from === this.#from) return;
    for (const tell of this.#listeners) tell(parsed.data.news);
  }
}

function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
