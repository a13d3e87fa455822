import type { Mirror } from '../mirror/database.ts';
import { sniff } from './add-file.ts';
import type { BlobStore } from './blob-store.ts';
import { addBlob, UNKNOWN_TYPE } from './blobs.ts';
import { FileStuck } from './send-blob.ts';
import type { BlobToUpload } from './transfers.ts';

/**
 * What the mirror no longer knows of a file that waits, since its row was lost with a damaged page, the bytes still say. [F2]
 *
 * @throws FileStuck where they are lost as well
 */
export async function recoverBlob(
  parts: { readonly mirror: Mirror; readonly blobs: BlobStore; now(): string },
  blob: BlobToUpload,
): Promise<BlobToUpload> {
  if (blob.isKnown) return blob;
  const { mirror, blobs, now } = parts;
  const sizeBytes = await blobs.sizeOf(blob.id);
  if (sizeBytes === undefined) throw new FileStuck('gone');
  const { mediaType = UNKNOWN_TYPE } = await sniff(blobs.pathOf(blob.id));
  const found = { id: blob.id, mediaType, sizeBytes };
  mirror.transact((writable) => addBlob(writable, found, { addedAt: now(), uploadedAt: null }));
  return { ...blob, ...found, isKnown: true };
}
