import type { AttachmentId, BlobId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import { fillRenditions } from '../../../sync-server/protocol/renditions.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { noteSent } from './blobs.ts';
import { knownRenditions } from './renditions.ts';

/** Enough for one commit; the rest follows. */
const AT_ONCE = 50;

export interface RenditionNews {
  /** Of these nothing is left to tell after the acts. */
  readonly blobIds: readonly BlobId[];
  readonly acts: readonly MutationArgs<'attach_renditions'>[];
}

/**
 * What was made here of files the server has, and was not told yet: a file that waits to be sent takes its pictures along, so
 * only what is confirmed is told of. One that was posted on very many jobs has its turn some at a time: what was told of waits
 * to be sent then, and is not confirmed. (D5)
 */
export function untoldRenditions(mirror: ReadableMirror): RenditionNews {
  const blobIds: BlobId[] = [];
  const acts: MutationArgs<'attach_renditions'>[] = [];
  for (const { blobId, made } of untoldBlobs(mirror)) {
    const renditions = JSON.parse(made) as Renditions;
    const room = AT_ONCE - acts.length;
    // Nothing was made of it, not even a reason.
    const isNothing = fillRenditions(undefined, renditions) === undefined;
    const unknown = isNothing ? [] : filesWithoutPictures(mirror, blobId, room + 1);
    for (const attachmentId of unknown.slice(0, room))
      acts.push({ attachmentId, blobId, renditions });
    if (unknown.length > room) break;
    blobIds.push(blobId);
  }
  return { blobIds, acts };
}

function untoldBlobs(mirror: ReadableMirror): { blobId: BlobId; made: string }[] {
  return mirror.all(
    `SELECT blob_id AS blobId, data AS made FROM rendition
     WHERE told_at IS NULL AND EXISTS (
       SELECT 1 FROM attachment WHERE attachment.blob_id = rendition.blob_id AND attachment.version IS NOT NULL)
     ORDER BY blobId LIMIT ${AT_ONCE}`,
  );
}

function filesWithoutPictures(
  mirror: ReadableMirror,
  blobId: BlobId,
  limit: number,
): AttachmentId[] {
  return mirror
    .all<{ id: AttachmentId }>(
      `SELECT id FROM attachment
       WHERE blob_id = @blobId AND version IS NOT NULL AND json_type(data, '$.renditions') IS NULL
       ORDER BY id LIMIT @limit`,
      { blobId, limit },
    )
    .map(({ id }) => id);
}

/** Told once, whatever the server makes of it. Pictures it has from others are not unsent. (D8) */
export function markTold(mirror: WritableMirror, blobIds: readonly BlobId[], toldAt: string): void {
  mirror.run(
    'UPDATE rendition SET told_at = @toldAt WHERE blob_id IN (SELECT value FROM json_each(@ids))',
    { toldAt, ids: JSON.stringify(blobIds) },
  );
  for (const blobId of blobIds)
    for (const id of knownRenditions(mirror, blobId))
      if (id !== blobId) noteSent(mirror, id, toldAt);
}
