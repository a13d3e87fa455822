// What another program saved, and saved over before a person took it, would lie on this disk for ever. (D9)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { renditionBlobs } from '../../../sync-server/protocol/renditions.ts';
import type { Mirror, ReadableMirror } from '../mirror/database.ts';
import { forgetDerived, isRendition } from '../mirror/redactions.ts';
import type { BlobStore } from './blob-store.ts';
import { forgetBlob } from './blobs.ts';
import { localRenditions } from './renditions.ts';

/** Drops these bytes, and the pictures made of them, where nothing names them and nobody can have them in a draft. */
export async function dropSavedOver(
  { mirror, blobs }: { readonly mirror: Mirror; readonly blobs: BlobStore },
  blobId: BlobId,
): Promise<void> {
  await blobs.letGo((isPinned) =>
    mirror.transact((writable) => {
      if (isPinned(blobId) || !isOnlySaved(writable, blobId)) return [];
      const pictures = renditionBlobs(localRenditions(writable, blobId));
      forgetDerived(writable, blobId);
      const gone = [...new Set([blobId, ...pictures])].filter(
        (id) => !isPinned(id) && isOnlySaved(writable, id) && !isRendition(writable, id),
      );
      for (const id of gone) forgetBlob(writable, id);
      return gone;
    }),
  );
}

/**
 * Drafts are the windows' own, so what a draft names is not asked but known: whoever hands bytes to one has them added again,
 * and then they were first and last added at two times.
 */
function isOnlySaved(mirror: ReadableMirror, blobId: BlobId): boolean {
  return (
    mirror.get(
      `SELECT id FROM blob WHERE id = @blobId AND uploaded_at IS NULL AND used_at = added_at
         AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.blob_id = blob.id)
         AND NOT EXISTS (SELECT 1 FROM outbox, json_each(outbox.blob_ids) AS named WHERE named.value = blob.id)
         AND NOT EXISTS (SELECT 1 FROM opened_file WHERE changed_blob_id = blob.id)`,
      { blobId },
    ) !== undefined
  );
}
