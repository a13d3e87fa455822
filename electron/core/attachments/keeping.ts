// What the mirror's file knows of files that may leave this device and files that should come. (D8)

import { REDACTED_BLOB_ID } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment } from '../../../sync-server/protocol/entries.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, writeMeta } from '../mirror/meta.ts';

export const DEFAULT_BUDGET_BYTES = 5_000_000_000;
/** Jobs whose files are fetched unasked, those with the newest activity. */
const RECENT_JOBS = 30;
/** A file that was added here and is still not sent may be a draft's. */
const DRAFT_LIVES_MS = 30 * 24 * 60 * 60 * 1000;

export function readBudget(mirror: ReadableMirror): number {
  return Number(readMeta(mirror, 'file-budget-bytes') ?? DEFAULT_BUDGET_BYTES);
}

export function writeBudget(mirror: WritableMirror, budgetBytes: number): void {
  writeMeta(mirror, 'file-budget-bytes', String(budgetBytes));
}

/** A file that is in a draft again is not unsent: the office has it, as its job says. */
export function fileUse(mirror: ReadableMirror): { usedBytes: number; unsentBytes: number } {
  const row = mirror.get<{ used: number | null; unsent: number | null }>(
    `SELECT sum(size_bytes) AS used,
       sum(size_bytes) FILTER (WHERE uploaded_at IS NULL AND NOT EXISTS (${POSTED})) AS unsent
     FROM blob`,
  );
  return { usedBytes: row?.used ?? 0, unsentBytes: row?.unsent ?? 0 };
}

/** By a record the server has confirmed. */
const POSTED =
  'SELECT 1 FROM attachment WHERE attachment.blob_id = blob.id AND attachment.version IS NOT NULL';

export function setKept(mirror: WritableMirror, jobId: JobId, keptAt: string | null): void {
  if (keptAt === null) mirror.run('DELETE FROM kept_job WHERE job_id = @jobId', { jobId });
  else
    mirror.run(
      'INSERT INTO kept_job (job_id, kept_at) VALUES (@jobId, @keptAt) ON CONFLICT DO NOTHING',
      { jobId, keptAt },
    );
  mirror.touch('kept_job');
}

export function keptJobIds(mirror: ReadableMirror): JobId[] {
  return mirror
    .all<{ jobId: JobId }>('SELECT job_id AS jobId FROM kept_job ORDER BY kept_at DESC, job_id')
    .map(({ jobId }) => jobId);
}

export function filesHere(mirror: ReadableMirror, jobId: string) {
  const row = mirror.get<{ here: number; total: number; bytes: number | null }>(
    `SELECT count(blob.id) AS here, count(*) AS total, sum(attachment.data ->> '$.sizeBytes') AS bytes
     FROM attachment LEFT JOIN blob ON blob.id = attachment.blob_id
     WHERE attachment.job_id = @jobId AND attachment.blob_id <> @redacted`,
    { jobId, redacted: REDACTED_BLOB_ID },
  );
  return { filesHere: row?.here ?? 0, filesTotal: row?.total ?? 0, bytesTotal: row?.bytes ?? 0 };
}

export interface WantedFile {
  readonly attachment: Attachment;
  readonly isKept: boolean;
}

/**
 * A file that should be here and is not: of kept jobs, then of recent ones, newest first.
 *
 * @param without what is not to be had, however much of it there is
 */
export function nextWanted(
  mirror: ReadableMirror,
  without: readonly string[],
): WantedFile | undefined {
  const row = mirror.get<{ data: string; isKept: number }>(
    `SELECT attachment.data AS data, kept_job.job_id IS NOT NULL AS isKept ${WANTED}
       AND attachment.blob_id NOT IN (SELECT value FROM json_each(@without))
     ORDER BY isKept DESC, attachment.position DESC LIMIT 1`,
    { redacted: REDACTED_BLOB_ID, without: JSON.stringify(without) },
  );
  if (row === undefined) return undefined;
  return { attachment: JSON.parse(row.data) as Attachment, isKept: row.isKept === 1 };
}

/** The office's logo, where it is not here: it was chosen on another device. (E1) */
export function wantedLogo(mirror: ReadableMirror): BlobId | undefined {
  return mirror.get<{ logo: BlobId }>(
    `SELECT logo.id AS logo FROM (${LOGO}) AS logo LEFT JOIN blob ON blob.id = logo.id WHERE blob.id IS NULL`,
  )?.logo;
}

/** Its own and no other office's: a mirror has one. */
const LOGO = `SELECT data ->> '$.logoBlobId' AS id FROM workspace WHERE data ->> '$.logoBlobId' IS NOT NULL`;

export function countWanted(mirror: ReadableMirror): number {
  const row = mirror.get<{ count: number }>(`SELECT count(*) AS count ${WANTED}`, {
    redacted: REDACTED_BLOB_ID,
  });
  return row?.count ?? 0;
}

const WANTED = `
  FROM attachment LEFT JOIN kept_job ON kept_job.job_id = attachment.job_id
    LEFT JOIN blob ON blob.id = attachment.blob_id
  WHERE blob.id IS NULL AND attachment.version IS NOT NULL AND attachment.blob_id <> @redacted
    AND (kept_job.job_id IS NOT NULL
      OR attachment.job_id IN (SELECT id FROM job ORDER BY last_activity_at DESC, id DESC LIMIT ${RECENT_JOBS}))`;

/**
 * Forgets files, longest unused first, until so many bytes are free, and answers which. Never one that the office does not
 * have, that something waiting or a draft may name, that belongs to a kept job, or that is pinned. The caller removes the
 * bytes.
 */
export function letGo(
  mirror: WritableMirror,
  wantedBytes: number,
  { nowMs, isPinned }: { readonly nowMs: number; readonly isPinned: (blobId: BlobId) => boolean },
): BlobId[] {
  const kept = keptBlobs(mirror);
  const gone: BlobId[] = [];
  let freed = 0;
  for (const { id, sizeBytes } of mirror.all<{ id: BlobId; sizeBytes: number }>(LETTING_GO, {
    draftsSince: new Date(nowMs - DRAFT_LIVES_MS).toISOString(),
  })) {
    if (freed >= wantedBytes) break;
    if (kept.has(id) || isPinned(id)) continue;
    mirror.run('DELETE FROM blob WHERE id = @id', { id });
    mirror.touch('blob');
    gone.push(id);
    freed += sizeBytes;
  }
  return gone;
}

/** Whoever hands a file to a draft says anew that it is not sent, so a draft's file is never among those that are. */
const LETTING_GO = `
  SELECT id, size_bytes AS sizeBytes FROM blob
  WHERE (uploaded_at IS NOT NULL OR (used_at < @draftsSince AND EXISTS (${POSTED})))
    AND NOT EXISTS (SELECT 1 FROM outbox, json_each(outbox.blob_ids) AS named WHERE named.value = blob.id)
    AND id NOT IN (${LOGO})
  ORDER BY used_at, id`;

function keptBlobs(mirror: ReadableMirror): ReadonlySet<string> {
  const rows = mirror.all<{ data: string }>(
    'SELECT data FROM attachment JOIN kept_job ON kept_job.job_id = attachment.job_id',
  );
  return new Set(
    rows.flatMap(({ data }) => {
      const { blobId, renditions } = JSON.parse(data) as Attachment;
      return [blobId, ...renditionBlobs(renditions)];
    }),
  );
}

/** Somebody looks at a file: it is among the last to leave. */
export function markUsed(mirror: WritableMirror, blobId: BlobId, usedAt: string): void {
  mirror.run('UPDATE blob SET used_at = @usedAt WHERE id = @blobId', { blobId, usedAt });
}
