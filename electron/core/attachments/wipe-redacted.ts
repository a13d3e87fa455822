import type { Mirror } from '../mirror/database.ts';
import {
  forgetDerived,
  forgetWipes,
  isPosted,
  isRendition,
  wipesWanted,
} from '../mirror/redactions.ts';
import type { BlobStore } from './blob-store.ts';
import { forgetBlob } from './blobs.ts';

/**
 * Removes from this disk what was removed for good: bytes that nothing else names, and what is left of old rows in the
 * database's file. Killed in between, it is done at the next start. (C10)
 */
export async function wipeRedacted(mirror: Mirror, blobs: BlobStore): Promise<void> {
  const { isAny, blobIds } = wipesWanted(mirror);
  if (!isAny) return;
  const unposted = blobIds.filter((blobId) => !isPosted(mirror, blobId));
  mirror.transact((writable) => {
    for (const blobId of unposted) forgetDerived(writable, blobId);
  });
  for (const blobId of unposted) {
    if (isRendition(mirror, blobId)) continue;
    await blobs.remove(blobId);
    mirror.transact((writable) => forgetBlob(writable, blobId));
  }
  mirror.wipeTraces();
  mirror.transact((writable) => forgetWipes(writable, blobIds));
}
