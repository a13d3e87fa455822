// Files still to be looked into, as rows: what was begun when the program ended is begun again. (D5, G2)

import { isPictured } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import type { FileJob } from './file-jobs.ts';

export interface QueuedJob {
  readonly blobId: BlobId;
  readonly kind: FileJob['kind'];
  readonly mediaType: string;
  readonly attempts: number;
}

/** Kinds of files with words the search can read. */
const READABLE: ReadonlySet<string> = new Set([
  'text/plain',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

/**
 * Puts a file whose bytes are on this disk in line, for what is not known of it yet.
 *
 * @param hasPictures another desktop has made them
 */
export function queueFileJobs(
  mirror: WritableMirror,
  { id, mediaType }: { readonly id: BlobId; readonly mediaType: string },
  addedAt: string,
  hasPictures = false,
): void {
  const kinds: readonly [FileJob['kind'], boolean, string][] = [
    ['pictures', isPictured(mediaType) && !hasPictures, 'rendition'],
    ['text', READABLE.has(mediaType), 'attachment_text'],
  ];
  for (const [kind, isWanted, done] of kinds) {
    if (!isWanted) continue;
    mirror.run(
      `INSERT INTO file_job (blob_id, kind, added_at)
       SELECT @id, @kind, @addedAt WHERE NOT EXISTS (SELECT 1 FROM ${done} WHERE blob_id = @id)
       ON CONFLICT (blob_id, kind) DO NOTHING`,
      { id, kind, addedAt },
    );
    mirror.touch('file_job');
  }
}

/** The same for bytes that came from the server: nothing for a picture of a file, and no pictures where others made them. */
export function queueFetched(
  mirror: WritableMirror,
  blob: { readonly id: BlobId; readonly mediaType: string },
  addedAt: string,
): void {
  const files = mirror.all<{ hasPictures: number }>(
    `SELECT json_type(data, '$.renditions') IS NOT NULL AS hasPictures FROM attachment WHERE blob_id = @id`,
    { id: blob.id },
  );
  if (files.length === 0) return;
  const hasPictures = files.every((file) => file.hasPictures === 1);
  queueFileJobs(mirror, blob, addedAt, hasPictures);
}

/** Pictures before text, since somebody waits to see them; then first come, first served. */
export function queuedJobs(mirror: ReadableMirror, limit: number): QueuedJob[] {
  return mirror.all<QueuedJob>(
    `SELECT file_job.blob_id AS blobId, kind, media_type AS mediaType, attempts
     FROM file_job JOIN blob ON blob.id = file_job.blob_id ORDER BY kind, file_job.added_at, blobId LIMIT @limit`,
    { limit },
  );
}

export function isQueued(mirror: ReadableMirror, { blobId, kind }: JobKey): boolean {
  const row = mirror.get('SELECT 1 FROM file_job WHERE blob_id = @blobId AND kind = @kind', {
    blobId,
    kind,
  });
  return row !== undefined;
}

type JobKey = Pick<QueuedJob, 'blobId' | 'kind'>;

/** Said before a file is looked into: one that ends the whole program is not tried for ever. */
export function countAttempt(mirror: WritableMirror, { blobId, kind }: JobKey, by: 1 | -1): void {
  mirror.run(
    'UPDATE file_job SET attempts = attempts + @by WHERE blob_id = @blobId AND kind = @kind',
    { blobId, kind, by },
  );
}

export function deleteJob(mirror: WritableMirror, { blobId, kind }: JobKey): void {
  mirror.run('DELETE FROM file_job WHERE blob_id = @blobId AND kind = @kind', { blobId, kind });
  mirror.touch('file_job');
}

export function keepText(mirror: WritableMirror, blobId: BlobId, text: string): void {
  mirror.run(
    `INSERT INTO attachment_text (blob_id, text) VALUES (@blobId, @text)
     ON CONFLICT (blob_id) DO UPDATE SET text = excluded.text`,
    { blobId, text },
  );
  mirror.touch('attachment_text');
}
