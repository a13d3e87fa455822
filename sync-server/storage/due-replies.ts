// Which scheduled replies wait for which time. The record says all that matters; these rows only find it, and are written in its
// commit. Who releases one does so in a transaction that reads the record again, so no claim is needed. [F1] (C8)

import type { Kysely } from 'kysely';
import type { JobId, WorkspaceId } from '../protocol/ids.ts';
import type { KindedRecord } from '../protocol/records.ts';
import { isWaiting, type ScheduledReply } from '../protocol/scheduled-replies.ts';
import { selectEpoch } from './queries.ts';
import type { RecordTable, Tables } from './tables.ts';

export interface DueReply {
  readonly workspaceId: WorkspaceId;
  readonly replyId: string;
  readonly jobId: JobId;
  /** It was scheduled in another epoch: nobody here knows what became of it meanwhile. [L6] */
  readonly wasRestored: boolean;
}

export interface DueReplies {
  /** Whose time has come, longest due first, and those of another epoch whatever their time. */
  due(now: string, limit: number): Promise<readonly DueReply[]>;
  /** When the next one is to be looked at; undefined where none waits. */
  nextAt(): Promise<string | undefined>;
  /** Told when this process scheduled something. The answer unsubscribes. */
  onScheduled(listener: () => void): () => void;
}

export class KyselyDueReplies implements DueReplies {
  readonly #database: Kysely<Tables>;
  readonly #listeners = new Set<() => void>();

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  async due(now: string, limit: number): Promise<readonly DueReply[]> {
    const epoch = await epochOf(this.#database);
    const rows = await this.#database
      .selectFrom('due_reply')
      .select(['workspace_id', 'reply_id', 'job_id', 'epoch'])
      .where((row) => row.or([row('due_at', '<=', now), row('epoch', '<>', epoch)]))
      .orderBy('due_at')
      .orderBy('reply_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      workspaceId: row.workspace_id as WorkspaceId,
      replyId: row.reply_id,
      jobId: row.job_id as JobId,
      wasRestored: row.epoch !== epoch,
    }));
  }

  async nextAt(): Promise<string | undefined> {
    const row = await this.#database
      .selectFrom('due_reply')
      .select('due_at')
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst();
    return row?.due_at;
  }

  onScheduled(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The storage says so after a commit that scheduled one. */
  tellScheduled(): void {
    for (const tell of this.#listeners) tell();
  }
}

export function isScheduling(put: KindedRecord): boolean {
  return put.kind === 'scheduled_reply' && isWaiting(put.record);
}

/** Called with every row that is written, tombstones too: what does not wait any more is due never. */
export async function updateDueReplies(
  database: Kysely<Tables>,
  rows: readonly RecordTable[],
): Promise<void> {
  const replies = rows.filter(({ kind }) => kind === 'scheduled_reply');
  if (replies.length === 0) return;
  const epoch = await epochOf(database);
  for (const { workspace_id, id, is_deleted, data } of replies) {
    const reply = is_deleted === 0 ? (JSON.parse(data) as ScheduledReply) : undefined;
    if (reply !== undefined && isWaiting(reply)) {
      const due = { job_id: reply.jobId, due_at: reply.sendAt, epoch };
      await database
        .insertInto('due_reply')
        .values({ workspace_id, reply_id: id, ...due })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'reply_id']).doUpdateSet(due))
        .execute();
    } else
      await database
        .deleteFrom('due_reply')
        .where('workspace_id', '=', workspace_id)
        .where('reply_id', '=', id)
        .execute();
  }
}

async function epochOf(database: Kysely<Tables>): Promise<string> {
  const row = await selectEpoch(database);
  if (row === undefined) throw new Error('The database has no epoch.');
  return row.epoch;
}
