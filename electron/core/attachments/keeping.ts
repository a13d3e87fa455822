// What the mirror's file knows of files that may leave this device and files that should come. (D8)

import { REDACTED_BLOB_ID } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment } from '../../../sync-server/protocol/entries.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import { CANNED_BLOBS } from '../mirror/canned-replies.ts';
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

/** A file that is in a draft again is not unsent: the office has it, as its job or canned reply says. */
export function fileUse(mirror: ReadableMirror): { usedBytes: number; unsentBytes: number } {
  const row = mirror.get<{ used: number | null; unsent: number | null }>(
    `SELECT sum(size_bytes) AS used,
       sum(size_bytes) FILTER (WHERE uploaded_at IS NULL AND NOT (${POSTED})) AS unsent
     FROM blob`,
  );
  return { usedBytes: row?.used ?? 0, unsentBytes: row?.unsent ?? 0 };
}

/** By a record the server has confirmed. */
const POSTED = `EXISTS (
    SELECT 1 FROM attachment WHERE attachment.blob_id = blob.id AND attachment.version IS NOT NULL)
  OR blob.id IN (${CANNED_BLOBS} AND canned_reply.version IS NOT NULL)`;

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
  readonly blobId: BlobId;
  readonly mediaType: string;
  /** Of a picture what it takes at most: its record does not say. */
  readonly sizeBytes: number;
  readonly isKept: boolean;
}

/** Thumbnails and previews are smaller, nearly always. */
const PICTURE_BYTES = 500_000;

/**
 * A file, or a picture of one, that should be here and is not: of canned replies, of kept jobs, then of recent ones, newest first.
 * The pictures of a file come before it: they are what its job shows.
 *
 * @param without what is not to be had, however much of it there is
 */
export function nextWanted(
  mirror: ReadableMirror,
  without: readonly string[],
): WantedFile | undefined {
  return nextCanned(mirror, without) ?? nextOfJobs(mirror, without);
}

/** Inserting a canned reply must not wait for a network: its files are kept like those of a kept job. (C6) */
function nextCanned(mirror: ReadableMirror, without: readonly string[]): WantedFile | undefined {
  const row = mirror.get<Omit<WantedFile, 'isKept'>>(
    `SELECT file.value ->> '$.blobId' AS blobId, file.value ->> '$.mediaType' AS mediaType,
       file.value ->> '$.sizeBytes' AS sizeBytes ${CANNED_WANTED}
       AND file.value ->> '$.blobId' NOT IN (SELECT value FROM json_each(@without))
     ORDER BY canned_reply.title COLLATE NOCASE, canned_reply.id LIMIT 1`,
    { without: JSON.stringify(without) },
  );
  return row && { ...row, isKept: true };
}

const CANNED_WANTED = `
  FROM canned_reply CROSS JOIN json_each(canned_reply.data, '$.files') AS file
    LEFT JOIN blob ON blob.id = file.value ->> '$.blobId'
  WHERE has_files = 1 AND blob.id IS NULL AND canned_reply.version IS NOT NULL`;

function nextOfJobs(mirror: ReadableMirror, without: readonly string[]): WantedFile | undefined {
  const row = mirror.get<Omit<WantedFile, 'isKept'> & { isKept: number }>(
    `SELECT form.value AS blobId, wanted_job.is_kept AS isKept,
       iif(form.key = 0, attachment.data ->> '$.mediaType', 'image/jpeg') AS mediaType,
       iif(form.key = 0, attachment.data ->> '$.sizeBytes', ${PICTURE_BYTES}) AS sizeBytes ${WANTED}
       AND form.value NOT IN (SELECT value FROM json_each(@without))
     ORDER BY isKept DESC, attachment.position DESC, form.key DESC LIMIT 1`,
    { redacted: REDACTED_BLOB_ID, without: JSON.stringify(without) },
  );
  return row === undefined ? undefined : { ...row, isKept: row.isKept === 1 };
}

/** The office's logo, where it is not here: it was chosen on another device. (E1) */
export function wantedLogo(mirror: ReadableMirror): BlobId | undefined {
  return mirror.get<{ logo: BlobId }>(
    `SELECT logo.id AS logo FROM (${LOGO}) AS logo LEFT JOIN blob ON blob.id = logo.id WHERE blob.id IS NULL`,
  )?.logo;
}

/** Its own and no other office's: a mirror has one. */
const LOGO = `SELECT data ->> '$.logoBlobId' AS id FROM workspace WHERE data ->> '$.logoBlobId' IS NOT NULL`;

/** Of how many files something is missing. */
export function countWanted(mirror: ReadableMirror): number {
  const row = mirror.get<{ count: number }>(
    `SELECT (SELECT count(DISTINCT attachment.id) ${WANTED})
       + (SELECT count(DISTINCT file.value ->> '$.blobId') ${CANNED_WANTED}) AS count`,
    { redacted: REDACTED_BLOB_ID },
  );
  return row?.count ?? 0;
}

/** The jobs come first: a look at all attachments, at each file that is fetched, would be felt in a large office. (H1) */
const WANTED = `
  FROM (SELECT job_id AS id, 1 AS is_kept FROM kept_job
      UNION SELECT id, id IN (SELECT job_id FROM kept_job) FROM (
        SELECT id FROM job ORDER BY last_activity_at DESC, id DESC LIMIT ${RECENT_JOBS})) AS wanted_job
    CROSS JOIN attachment ON attachment.job_id = wanted_job.id
    CROSS JOIN json_each(json_array(attachment.blob_id,
      attachment.data ->> '$.renditions.thumbnail', attachment.data ->> '$.renditions.preview')) AS form
    LEFT JOIN blob ON blob.id = form.value
  WHERE form.value IS NOT NULL AND blob.id IS NULL AND attachment.version IS NOT NULL
    AND attachment.blob_id <> @redacted`;

/**
 * Forgets files, longest unused first, until so many bytes are free, and answers which. Never one that the office does not
 * have, that something waiting or a draft may name, that belongs to a kept job or a canned reply, or that is pinned. The caller removes the
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
  WHERE (uploaded_at IS NOT NULL OR (used_at < @draftsSince AND (${POSTED})))
    AND NOT EXISTS (SELECT 1 FROM outbox, json_each(outbox.blob_ids) AS named WHERE named.value = blob.id)
    AND id NOT IN (${LOGO}) AND id NOT IN (${CANNED_BLOBS})
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
