// What the mirror's file knows of attachments opened with another program. (D9)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';

export interface OpenedRow {
  readonly attachmentId: string;
  /** Of the copy the other program has open. */
  readonly path: string;
  /** The bytes that copy was made from. */
  readonly blobId: string;
  /** The last time. */
  readonly openedAt: string;
  /** What the other program saved, taken in; null while nothing has changed. */
  readonly changedBlobId: BlobId | null;
  readonly changedAt: string | null;
  /** Why what it saved cannot be taken in, as a sentence. */
  readonly problem: string | null;
}

const COLUMNS = `attachment_id AS attachmentId, path, opened_file.blob_id AS blobId, opened_at AS openedAt,
  changed_blob_id AS changedBlobId, changed_at AS changedAt, problem`;

export function allOpened(mirror: ReadableMirror): OpenedRow[] {
  return mirror.all<OpenedRow>(`SELECT ${COLUMNS} FROM opened_file ORDER BY opened_at`);
}

export function findOpened(mirror: ReadableMirror, attachmentId: string): OpenedRow | undefined {
  return mirror.get<OpenedRow>(
    `SELECT ${COLUMNS} FROM opened_file WHERE attachment_id = @attachmentId`,
    { attachmentId },
  );
}

export function findOpenedByPath(mirror: ReadableMirror, path: string): OpenedRow | undefined {
  return mirror.get<OpenedRow>(`SELECT ${COLUMNS} FROM opened_file WHERE path = @path`, { path });
}

/** Whether these bytes were added as a new version of it. */
export function isVersionOf(mirror: ReadableMirror, attachmentId: string, blobId: string): boolean {
  return (
    mirror.get(
      `SELECT id FROM attachment WHERE blob_id = @blobId AND data ->> '$.replacesId' = @attachmentId`,
      { attachmentId, blobId },
    ) !== undefined
  );
}

/** Those of a job whose copy was changed. */
export function changedFilesOfJob(
  mirror: ReadableMirror,
  jobId: string,
): (OpenedRow & { readonly data: string })[] {
  return mirror.all(
    `SELECT ${COLUMNS}, attachment.data AS data FROM opened_file
     JOIN attachment ON attachment.id = opened_file.attachment_id
     WHERE attachment.job_id = @jobId AND (changed_blob_id IS NOT NULL OR problem IS NOT NULL)
     ORDER BY changed_at`,
    { jobId },
  );
}

export function putOpened(
  mirror: WritableMirror,
  opened: Pick<OpenedRow, 'attachmentId' | 'path' | 'blobId' | 'openedAt'>,
): void {
  mirror.run(
    `INSERT INTO opened_file (attachment_id, path, blob_id, opened_at) VALUES (@attachmentId, @path, @blobId, @openedAt)
     ON CONFLICT (attachment_id) DO UPDATE SET
       path = excluded.path, blob_id = excluded.blob_id, opened_at = excluded.opened_at,
       changed_blob_id = NULL, changed_at = NULL, problem = NULL`,
    { ...opened },
  );
  mirror.touch('opened_file');
}

export function setOpenedAt(mirror: WritableMirror, attachmentId: string, openedAt: string): void {
  mirror.run('UPDATE opened_file SET opened_at = @openedAt WHERE attachment_id = @attachmentId', {
    attachmentId,
    openedAt,
  });
}

export function setChange(
  mirror: WritableMirror,
  path: string,
  change: Pick<OpenedRow, 'changedBlobId' | 'changedAt' | 'problem'>,
): void {
  mirror.run(
    `UPDATE opened_file SET changed_blob_id = @changedBlobId, changed_at = @changedAt, problem = @problem WHERE path = @path`,
    { path, ...change },
  );
  mirror.touch('opened_file');
}

/**
 * The change was dealt with: what it holds is what the next change is measured against. One that came since nobody has seen, and
 * it stays.
 */
export function settleChange(
  mirror: WritableMirror,
  settled: Pick<OpenedRow, 'attachmentId' | 'changedBlobId'>,
): void {
  mirror.run(
    `UPDATE opened_file SET blob_id = coalesce(changed_blob_id, blob_id), changed_blob_id = NULL, changed_at = NULL, problem = NULL
     WHERE attachment_id = @attachmentId AND changed_blob_id IS @changedBlobId`,
    { ...settled },
  );
  mirror.touch('opened_file');
}

export function deleteOpened(mirror: WritableMirror, attachmentId: string): void {
  mirror.run('DELETE FROM opened_file WHERE attachment_id = @attachmentId', { attachmentId });
  mirror.touch('opened_file');
}
