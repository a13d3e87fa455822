import type { AttachmentId, BlobId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';

/** Enough for one commit; the rest follows. */
const AT_ONCE = 50;

export interface RenditionNews {
  readonly blobIds: readonly BlobId[];
  readonly acts: readonly MutationArgs<'attach_renditions'>[];
}

/**
 * What was made here of files the server has, and was not told yet: a file that waits to be sent takes its pictures along, so
 * only what is confirmed is told of. (D5)
 */
export function untoldRenditions(mirror: ReadableMirror): RenditionNews {
  const rows = mirror.all<{
    blobId: BlobId;
    made: string;
    attachmentId: AttachmentId;
    known: number;
  }>(
    `SELECT rendition.blob_id AS blobId, rendition.data AS made, attachment.id AS attachmentId,
       json_type(attachment.data, '$.renditions') IS NOT NULL AS known
     FROM rendition JOIN attachment ON attachment.blob_id = rendition.blob_id
     WHERE rendition.told_at IS NULL AND attachment.version IS NOT NULL
     ORDER BY blobId, attachmentId LIMIT ${AT_ONCE}`,
  );
  return {
    blobIds: [...new Set(rows.map(({ blobId }) => blobId))],
    acts: rows
      .filter(({ known }) => known === 0)
      .map(({ blobId, made, attachmentId }) => ({
        attachmentId,
        blobId,
        renditions: JSON.parse(made) as Renditions,
      })),
  };
}

/** Told once, whatever the server makes of it. */
export function markTold(mirror: WritableMirror, blobIds: readonly BlobId[], toldAt: string): void {
  mirror.run(
    'UPDATE rendition SET told_at = @toldAt WHERE blob_id IN (SELECT value FROM json_each(@ids))',
    { toldAt, ids: JSON.stringify(blobIds) },
  );
}
