// Whose pages changed, asked of PostgreSQL before anything is answered: what `change_note` holds of transactions that a
// process has not seen yet. One question serves everybody who asked before it was put. [V1]

import { type Kysely, sql } from 'kysely';
import { type ChangedRow, ChangeWatch } from './change-watch.ts';
import type { Tables } from './tables.ts';

interface Look {
  readonly seen: string;
  readonly at_ms: number;
  readonly workspace_id: string | null;
  readonly kind: string;
  readonly id: string;
  readonly customer_id: string | null;
  readonly customer_of_job: string | null;
}

/** Whoever has not looked for longer cannot be told any more, and takes everything for changed. */
const KEPT_MS = 60 * 60 * 1000;
const SWEEP_EVERY_MS = 10 * 60 * 1000;

export class PostgresChanges {
  readonly watch = new ChangeWatch();
  readonly #database: Kysely<Tables>;
  #seen: string | null = null;
  #lookedAtMs = 0;
  #sweptAtMs = 0;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
    // Where no customer comes, nobody would look, and what is noted would only grow.
    const look = () => void this.catchUp().catch(() => undefined);
    this.#timer = setInterval(look, SWEEP_EVERY_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Resolves when all that was committed before the call is noted. */
  catchUp(): Promise<void> {
    // A look that is under way may have begun before the commit whoever asks knows of; the next one has not.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#look();
        return this.#running;
      });
    return this.#next;
  }

  async #look(): Promise<void> {
    // The snapshot is that of the statement itself: what it does not show, the next one will.
    const { rows } = await sql<Look>`
      select moment.seen::text as seen, moment.at_ms, note.workspace_id, note.kind, note.id, note.customer_id, note.customer_of_job
      from (select pg_current_snapshot() as seen, (extract(epoch from clock_timestamp()) * 1000)::bigint as at_ms) as moment
      left join change_note as note
        on note.transaction >= pg_snapshot_xmin(${this.#seen}::pg_snapshot)
        and not pg_visible_in_snapshot(note.transaction, ${this.#seen}::pg_snapshot)`.execute(
      this.#database,
    );
    const [first] = rows;
    if (first === undefined) throw new Error('A look answers with one row at least.');
    if (this.#seen === null || first.at_ms - this.#lookedAtMs > KEPT_MS / 2)
      this.watch.noteEverything();
    else for (const row of rows) if (row.workspace_id !== null) this.watch.note(changedRow(row));
    this.#seen = first.seen;
    this.#lookedAtMs = first.at_ms;
    if (first.at_ms - this.#sweptAtMs >= SWEEP_EVERY_MS) await this.#sweep(first.at_ms);
  }

  async #sweep(nowMs: number): Promise<void> {
    this.#sweptAtMs = nowMs;
    await sql`delete from change_note where noted_at < to_timestamp(${(nowMs - KEPT_MS) / 1000}::double precision)`.execute(
      this.#database,
    );
  }
}

function changedRow(row: Look): ChangedRow {
  return {
    workspaceId: row.workspace_id ?? '',
    kind: row.kind,
    id: row.id,
    customerId: row.customer_id,
    customerOfJob: row.customer_of_job,
  };
}
