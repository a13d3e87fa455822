// What the mirror's file knows about bytes on their way to the server. [B2, B3, F3]

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { OF_A_JOB_THAT_IS_GONE } from '../mirror/jobs.ts';
import type { LocalBlob } from './blobs.ts';

/** What a queued mutation names is asked for again after this long: the server drops what nobody names. [B4] */
const CLAIM_LASTS_MS = 24 * 60 * 60 * 1000;

export interface TransferState {
  /** The server may hold a part of it. */
  readonly isBegun: boolean;
  readonly failures: number;
  readonly problem: string | null;
}

export interface BlobToUpload extends LocalBlob, TransferState {
  /** Its row is here; what waits may name a file whose row was lost with a damaged page. [F2] */
  readonly isKnown: boolean;
}

/** Since when the server must have said that it holds a blob for us to believe it. */
export function claimedSince(nowMs: number): string {
  return new Date(nowMs - CLAIM_LASTS_MS).toISOString();
}

/**
 * Bytes that a queued mutation names and the server may not hold, oldest mutation first; none that are known to be lost, for
 * a mutation that is asked again without them. [B2, P1]
 */
export function blobsToUpload(mirror: ReadableMirror, since: string): BlobToUpload[] {
  return mirror
    .all<LocalBlob & TransferRow & { isKnown: number }>(
      `SELECT named.value AS id, blob.id IS NOT NULL AS isKnown, coalesce(blob.media_type, '') AS mediaType,
         coalesce(blob.size_bytes, 0) AS sizeBytes, transfer.is_begun AS isBegun, transfer.failures AS failures, transfer.problem AS problem
       FROM outbox INDEXED BY outbox_with_blobs CROSS JOIN json_each(outbox.blob_ids) AS named
         LEFT JOIN blob ON blob.id = named.value LEFT JOIN transfer ON transfer.blob_id = named.value
       WHERE outbox.blob_ids <> '[]' AND outbox.state = 'pending' AND NOT (${OF_A_JOB_THAT_IS_GONE})
         AND (blob.uploaded_at IS NULL OR blob.uploaded_at < @since)
         AND (outbox.may_have_arrived = 0 OR transfer.is_stuck IS NOT 1)
       GROUP BY named.value ORDER BY min(outbox.seq)`,
      { since },
    )
    .map((row) => ({
      ...row,
      isKnown: row.isKnown === 1,
      isBegun: row.isBegun === 1,
      failures: row.failures ?? 0,
    }));
}

interface TransferRow {
  readonly isBegun: number | null;
  readonly failures: number | null;
  readonly problem: string | null;
}

/** Whether the server held a blob when it was last asked, and that is not long ago. */
export function isUploaded(mirror: ReadableMirror, blobId: string, since: string): boolean {
  const row = mirror.get('SELECT id FROM blob WHERE id = @blobId AND uploaded_at >= @since', {
    blobId,
    since,
  });
  return row !== undefined;
}

export function markUploaded(mirror: WritableMirror, blobId: BlobId, uploadedAt: string): void {
  mirror.run('UPDATE blob SET uploaded_at = @uploadedAt WHERE id = @blobId', {
    blobId,
    uploadedAt,
  });
  mirror.run('DELETE FROM transfer WHERE blob_id = @blobId', { blobId });
  mirror.touch('blob');
  mirror.touch('transfer');
}

/** Written before the first byte leaves: after a crash the server is asked how far it came. [B3] */
export function markBegun(mirror: WritableMirror, blobId: BlobId): void {
  upsert(mirror, blobId, 'is_begun = 1');
}

/** @param problem null where nobody answered, which is no fault of the file */
export function markFailed(mirror: WritableMirror, blobId: BlobId, problem: string | null): void {
  upsert(mirror, blobId, 'failures = failures + 1');
  mirror.run('UPDATE transfer SET problem = @problem WHERE blob_id = @blobId', { blobId, problem });
}

export function markStuck(mirror: WritableMirror, blobId: BlobId, problem: string): void {
  upsert(mirror, blobId, 'is_begun = 0, is_stuck = 1');
  mirror.run('UPDATE transfer SET problem = @problem WHERE blob_id = @blobId', { blobId, problem });
}

/** A person says "try again": from nothing, as if it had never been tried, whatever the server was said to hold. */
export function startOver(mirror: WritableMirror, blobIds: readonly BlobId[]): void {
  const ids = JSON.stringify(blobIds);
  for (const statement of [
    'DELETE FROM transfer WHERE blob_id IN (SELECT value FROM json_each(@ids))',
    'UPDATE blob SET uploaded_at = NULL WHERE id IN (SELECT value FROM json_each(@ids))',
  ])
    mirror.run(statement, { ids });
  mirror.touch('transfer');
  mirror.touch('blob');
}

/** Why a blob can never get there; null where nothing is known against it. */
export function stuckProblemOf(mirror: ReadableMirror, blobId: BlobId): string | null {
  const row = mirror.get<{ problem: string | null }>(
    'SELECT problem FROM transfer WHERE blob_id = @blobId AND is_stuck = 1',
    { blobId },
  );
  return row?.problem ?? null;
}

function upsert(mirror: WritableMirror, blobId: BlobId, change: string): void {
  mirror.run('INSERT INTO transfer (blob_id) VALUES (@blobId) ON CONFLICT DO NOTHING', { blobId });
  mirror.run(`UPDATE transfer SET ${change} WHERE blob_id = @blobId`, { blobId });
  mirror.touch('transfer');
}
