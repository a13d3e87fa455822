// What the mirror's file knows about the bytes on this disk.

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import type { BlobStore } from './blob-store.ts';

/** Of a file that is of no type Docket knows. */
export const UNKNOWN_TYPE = 'application/octet-stream';

export interface LocalBlob {
  readonly id: BlobId;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

export function findBlob(mirror: ReadableMirror, blobId: string): LocalBlob | undefined {
  return mirror.get<LocalBlob>(
    'SELECT id, media_type AS mediaType, size_bytes AS sizeBytes FROM blob WHERE id = @blobId',
    { blobId },
  );
}

/**
 * @param uploadedAt set where the bytes came from the server. Null says anew that they are not sent, also of bytes that once
 *   were: a draft may name them now, and what is not sent never leaves this disk. (D8)
 */
export function addBlob(
  mirror: WritableMirror,
  blob: LocalBlob,
  at: { readonly addedAt: string; readonly uploadedAt: string | null },
): void {
  mirror.run(
    `INSERT INTO blob (id, media_type, size_bytes, added_at, uploaded_at, used_at)
     VALUES (@id, @mediaType, @sizeBytes, @addedAt, @uploadedAt, @addedAt)
     ON CONFLICT (id) DO UPDATE SET
       uploaded_at = iif(excluded.uploaded_at IS NULL, NULL, coalesce(uploaded_at, excluded.uploaded_at)),
       added_at = min(added_at, excluded.added_at), used_at = max(used_at, excluded.used_at)`,
    { ...blob, ...at },
  );
  mirror.touch('blob');
}

/** The server has these bytes from somebody else. */
export function noteSent(mirror: WritableMirror, blobId: BlobId, at: string): void {
  mirror.run('UPDATE blob SET uploaded_at = @at WHERE id = @blobId AND uploaded_at IS NULL', {
    blobId,
    at,
  });
  mirror.touch('blob');
}

/** Before any claim that is still believed: the server is asked again before anything names such a blob. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

/**
 * After a reset nobody knows whether the server still holds what it took, so it is asked again [L3, B2]. Only what waits counts
 * as not sent: all the rest was taken once and may leave this disk, as before. (D8)
 */
export function forgetUploads(mirror: WritableMirror): void {
  mirror.run(
    `UPDATE blob SET uploaded_at = iif(
       id IN (SELECT named.value FROM outbox, json_each(outbox.blob_ids) AS named), NULL, @longAgo)
     WHERE uploaded_at IS NOT NULL`,
    { longAgo: LONG_AGO },
  );
  mirror.touch('blob');
}

/** Bytes that the mirror does not know would lie here for ever, on a disk that may be full. */
export function removeUnnoted(
  { mirror, blobs }: { readonly mirror: ReadableMirror; readonly blobs: BlobStore },
  blobIds: readonly BlobId[],
): Promise<void> {
  return blobs.letGo((isPinned) =>
    blobIds.filter((blobId) => !isPinned(blobId) && findBlob(mirror, blobId) === undefined),
  );
}

export function forgetBlob(mirror: WritableMirror, blobId: BlobId): void {
  mirror.run('DELETE FROM blob WHERE id = @blobId', { blobId });
  mirror.touch('blob');
}
