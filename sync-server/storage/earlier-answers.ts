// What mutations of a batch were answered in earlier transactions. [P1]

import type { Kysely } from 'kysely';
import type { MutationId, WorkspaceId } from '../protocol/ids.ts';
import { type PushOutcome, refused } from '../protocol/outcome.ts';
import { selectSettled } from './queries.ts';
import type { MutationIdentity } from './storage.ts';
import type { Tables } from './tables.ts';

type SettledRow = Awaited<ReturnType<typeof selectSettled>>[number];

const NOT_YOURS: PushOutcome = refused(
  'not-allowed',
  'This change was already sent by somebody else.',
);

export class EarlierAnswers {
  readonly #database: Kysely<Tables>;
  readonly #workspaceId: WorkspaceId;
  readonly #rows = new Map<MutationId, SettledRow | undefined>();
  readonly #given = new Map<MutationId, PushOutcome>();

  constructor(database: Kysely<Tables>, workspaceId: WorkspaceId) {
    this.#database = database;
    this.#workspaceId = workspaceId;
  }

  /** Those that were asked for, as whoever asked may hear them. */
  get given(): ReadonlyMap<MutationId, PushOutcome> {
    return this.#given;
  }

  /** With one question for all. */
  async readAll(ids: readonly MutationId[]): Promise<void> {
    const unread = ids.filter((id) => !this.#rows.has(id));
    if (unread.length === 0) return;
    for (const id of unread) this.#rows.set(id, undefined);
    for (const row of await selectSettled(this.#database, this.#workspaceId, unread))
      this.#rows.set(row.id as MutationId, row);
  }

  /** Whether there is one; it is among those given from then on. */
  async has({ id, actorKey }: MutationIdentity): Promise<boolean> {
    await this.readAll([id]);
    const row = this.#rows.get(id);
    if (row === undefined) return false;
    const isTheirs = row.actor_key !== actorKey;
    this.#given.set(id, isTheirs ? NOT_YOURS : (JSON.parse(row.outcome) as PushOutcome));
    return true;
  }
}
