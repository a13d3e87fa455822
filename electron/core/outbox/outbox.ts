// Mutations the server has not confirmed, in the order they were made. Nothing a person did is ever dropped from here
// without the server's word or theirs. [P3, F3]

import type { BlobId, JobId, MutationId } from '../../../sync-server/protocol/ids.ts';
import type { MemberMutationName } from '../../../sync-server/protocol/mutations.ts';
import type { PushOutcome } from '../../../sync-server/protocol/outcome.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import type { BeforeImage } from '../mirror/records.ts';
import { noteWordsOf } from '../mirror/redactions.ts';

export interface OutboxMutation {
  readonly seq: number;
  readonly id: MutationId;
  readonly name: MemberMutationName;
  readonly args: unknown;
  readonly writtenAt: string;
  readonly jobId: JobId | null;
  /** Mutations that must be accepted before this one may leave: a reply needs its job. [P2] */
  readonly dependsOn: readonly MutationId[];
  /** Blobs the server must hold first. [B2] */
  readonly blobIds: readonly BlobId[];
  readonly state: 'pending' | 'accepted' | 'parked';
  readonly acceptedVersion: number | null;
  /** It was sent and no answer came: the server may have it, so it can be neither changed nor discarded. [P1] */
  readonly mayHaveArrived: boolean;
  /** The server's word; null while there is none. */
  readonly outcome: PushOutcome | null;
}

interface OutboxRow {
  seq: number;
  id: string;
  name: string;
  args: string;
  written_at: string;
  job_id: string | null;
  depends_on: string;
  blob_ids: string;
  state: string;
  accepted_version: number | null;
  may_have_arrived: number;
  outcome: string | null;
}

const COLUMNS =
  'seq, id, name, args, written_at, job_id, depends_on, blob_ids, state, accepted_version, may_have_arrived, outcome';

export function allMutations(mirror: ReadableMirror): OutboxMutation[] {
  return mirror.all<OutboxRow>(`SELECT ${COLUMNS} FROM outbox ORDER BY seq`).map(fromRow);
}

const ROWS_AT_ONCE = 300;

/** What the server has not accepted, in order; only as much is read as is asked for. */
export function* unaccepted(mirror: ReadableMirror): Generator<OutboxMutation, void> {
  let after = 0;
  for (let isLast = false; !isLast; ) {
    const rows = mirror.all<OutboxRow>(
      `SELECT ${COLUMNS} FROM outbox WHERE seq > @after AND state <> 'accepted' ORDER BY seq LIMIT ${ROWS_AT_ONCE}`,
      { after },
    );
    for (const row of rows) yield fromRow(row);
    after = rows.at(-1)?.seq ?? after;
    isLast = rows.length < ROWS_AT_ONCE;
  }
}

export function mutationsOfJob(mirror: ReadableMirror, jobId: string): OutboxMutation[] {
  return mirror
    .all<OutboxRow>(`SELECT ${COLUMNS} FROM outbox WHERE job_id = @jobId ORDER BY seq`, { jobId })
    .map(fromRow);
}

export function findMutation(mirror: ReadableMirror, id: string): OutboxMutation | undefined {
  const row = mirror.get<OutboxRow>(`SELECT ${COLUMNS} FROM outbox WHERE id = @id`, { id });
  return row === undefined ? undefined : fromRow(row);
}

/** Whether any mutation here makes this entry, one that shows no effect too: it may be parked. */
export function isEntryInLine(mirror: ReadableMirror, entryId: string): boolean {
  const row = mirror.get(`SELECT seq FROM outbox WHERE args ->> '$.entryId' = @entryId`, {
    entryId,
  });
  return row !== undefined;
}

/** Adds a row and answers its place in line. */
export function insertMutation(
  mirror: WritableMirror,
  mutation: Pick<
    OutboxMutation,
    'id' | 'name' | 'args' | 'writtenAt' | 'jobId' | 'dependsOn' | 'blobIds'
  >,
): number {
  mirror.run(
    `INSERT INTO outbox (id, name, args, written_at, job_id, depends_on, blob_ids, state, before_images)
     VALUES (@id, @name, @args, @writtenAt, @jobId, @dependsOn, @blobIds, 'pending', '[]')`,
    {
      id: mutation.id,
      name: mutation.name,
      args: JSON.stringify(mutation.args),
      writtenAt: mutation.writtenAt,
      jobId: mutation.jobId,
      dependsOn: JSON.stringify(mutation.dependsOn),
      blobIds: JSON.stringify(mutation.blobIds),
    },
  );
  mirror.touch('outbox');
  const row = mirror.get<{ seq: number }>('SELECT seq FROM outbox WHERE id = @id', {
    id: mutation.id,
  });
  return row?.seq ?? 0;
}

export function deleteMutation(mirror: WritableMirror, id: string): void {
  mirror.run('DELETE FROM outbox WHERE id = @id', { id });
  mirror.touch('outbox');
}

/**
 * Accepted mutations whose effects the mirror has received: they are the server's now. [R1] A post with files stays until a
 * catch-up is through: what was removed for good since it was posted comes on a later page, and is found by it. (C10)
 */
export function deleteConfirmed(mirror: WritableMirror, mirrorVersion: number): void {
  const leaving = mirror.all<{ seq: number; entryId: string | null }>(
    `SELECT seq, args ->> '$.entryId' AS entryId FROM outbox
     WHERE state = 'accepted' AND accepted_version <= @mirrorVersion
       AND NOT (name IN ('post_entry', 'schedule_reply') AND blob_ids <> '[]'
         AND EXISTS (SELECT 1 FROM meta WHERE key = 'catching-up'))`,
    { mirrorVersion },
  );
  if (leaving.length === 0) return;
  noteWordsOf(
    mirror,
    leaving.flatMap(({ entryId }) => entryId ?? []),
  );
  mirror.run('DELETE FROM outbox WHERE seq IN (SELECT value FROM json_each(@seqs))', {
    seqs: JSON.stringify(leaving.map(({ seq }) => seq)),
  });
  mirror.touch('outbox');
}

export function hasAccepted(mirror: ReadableMirror): boolean {
  return mirror.get(`SELECT seq FROM outbox WHERE state = 'accepted' LIMIT 1`) !== undefined;
}

/** After a reset nobody knows whether the server still has what it accepted: asking again does no harm. [L3, P1] */
export function askAgain(mirror: WritableMirror): void {
  mirror.run(
    `UPDATE outbox SET state = 'pending', accepted_version = NULL, outcome = NULL WHERE state = 'accepted'`,
  );
  mirror.touch('outbox');
}

/** Writes down the server's word. Refused and conflicted are parked for a person. [P3] */
export function recordOutcome(mirror: WritableMirror, id: string, outcome: PushOutcome): void {
  mirror.run(
    `UPDATE outbox SET state = @state, accepted_version = @version, outcome = @outcome
     WHERE id = @id AND state = 'pending'`,
    {
      id,
      state: outcome.kind === 'applied' ? 'accepted' : 'parked',
      version: outcome.kind === 'applied' ? outcome.version : null,
      outcome: JSON.stringify(outcome),
    },
  );
  mirror.touch('outbox');
}

/** Said before a push leaves, and taken back only where it surely did not arrive. [P1] */
export function markSent(
  mirror: WritableMirror,
  ids: readonly string[],
  mayHaveArrived: boolean,
): void {
  mirror.run(
    `UPDATE outbox SET may_have_arrived = @flag
     WHERE state = 'pending' AND id IN (SELECT value FROM json_each(@ids))`,
    { ids: JSON.stringify(ids), flag: mayHaveArrived ? 1 : 0 },
  );
  mirror.touch('outbox');
}

/** Gives a mutation a new start, under a new id: the old one is answered for good, or never left. [P1] */
export function reviveMutation(
  mirror: WritableMirror,
  id: string,
  revived: {
    readonly id: MutationId;
    readonly args: unknown;
    /** Where they are others than before. */
    readonly blobIds?: readonly BlobId[];
  },
): void {
  const { args, blobIds } = revived;
  mirror.run(
    `UPDATE outbox SET id = @newId, args = @args, blob_ids = coalesce(@blobIds, blob_ids), state = 'pending',
       outcome = NULL, may_have_arrived = 0
     WHERE id = @id AND state <> 'accepted'`,
    {
      id,
      newId: revived.id,
      args: JSON.stringify(args),
      blobIds: blobIds === undefined ? null : JSON.stringify(blobIds),
    },
  );
  mirror.run(
    `UPDATE outbox SET depends_on = replace(depends_on, @id, @newId) WHERE depends_on LIKE '%' || @id || '%'`,
    { id, newId: revived.id },
  );
  // What waited for a look goes on waiting for it. [P7]
  mirror.run(`UPDATE meta SET value = replace(value, @id, @newId) WHERE key = 'look'`, {
    id,
    newId: revived.id,
  });
  mirror.touch('outbox');
}

/** What was to be sent at a time is a post like any other from now on. (C8) */
export function makePost(mirror: WritableMirror, id: string): void {
  mirror.run(`UPDATE outbox SET name = 'post_entry' WHERE id = @id AND name = 'schedule_reply'`, {
    id,
  });
}

export function beforeImages(mirror: ReadableMirror): { seq: number; images: BeforeImage[] }[] {
  return mirror
    .all<{ seq: number; before_images: string }>(
      `SELECT seq, before_images FROM outbox WHERE before_images <> '[]' ORDER BY seq DESC`,
    )
    .map((row) => ({ seq: row.seq, images: JSON.parse(row.before_images) as BeforeImage[] }));
}

export function writeBeforeImages(
  mirror: WritableMirror,
  seq: number,
  images: readonly BeforeImage[],
): void {
  mirror.run('UPDATE outbox SET before_images = @images WHERE seq = @seq', {
    seq,
    images: JSON.stringify(images),
  });
}

const MADE_BY: Readonly<Record<string, string>> = {
  create_job: 'jobId',
  create_customer: 'customerId',
  create_pipeline: 'pipelineId',
  create_canned_reply: 'cannedReplyId',
  move_canned_reply: 'toCannedReplyId',
};

/** Unconfirmed mutations that make one of these records: whoever names the record depends on them. [P2] */
export function makersOf(mirror: ReadableMirror, recordIds: readonly string[]): MutationId[] {
  return mirror
    .all<{ id: string; name: string; args: string }>(
      `SELECT id, name, args FROM outbox
       WHERE name IN (
         'create_job', 'create_customer', 'create_pipeline', 'create_canned_reply', 'move_canned_reply'
       ) AND state <> 'accepted'`,
    )
    .filter(({ name, args }) => {
      const made = JSON.parse(args) as Record<string, string>;
      return recordIds.includes(made[MADE_BY[name] ?? ''] ?? '');
    })
    .map(({ id }) => id as MutationId);
}

function fromRow(row: OutboxRow): OutboxMutation {
  return {
    seq: row.seq,
    id: row.id as MutationId,
    name: row.name as MemberMutationName,
    args: JSON.parse(row.args),
    writtenAt: row.written_at,
    jobId: row.job_id as JobId | null,
    dependsOn: JSON.parse(row.depends_on) as MutationId[],
    blobIds: JSON.parse(row.blob_ids) as BlobId[],
    state: row.state as OutboxMutation['state'],
    acceptedVersion: row.accepted_version,
    mayHaveArrived: row.may_have_arrived === 1,
    outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as PushOutcome),
  };
}
