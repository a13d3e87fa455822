import { rm } from 'node:fs/promises';
import type { Mirror } from '../mirror/database.ts';
import {
  forgetDerived,
  forgetWipes,
  isRendition,
  openedOfNothing,
  unposted,
  wipesWanted,
} from '../mirror/redactions.ts';
import type { BlobStore } from './blob-store.ts';
import { forgetBlob } from './blobs.ts';
import { deleteOpened } from './opened-rows.ts';

/**
 * Removes from this disk what was removed for good: bytes that nothing else names, and what is left of old rows in the
 * database's file. Killed in between, it is done at the next start. (C10)
 */
export async function wipeRedacted(mirror: Mirror, blobs: BlobStore): Promise<void> {
  const { isAny, blobIds } = wipesWanted(mirror);
  if (!isAny) return;
  const unnamed = unposted(mirror, blobIds);
  mirror.transact((writable) => {
    for (const blobId of unnamed) forgetDerived(writable, blobId);
  });
  for (const blobId of unnamed) {
    if (isRendition(mirror, blobId)) continue;
    await blobs.remove(blobId);
    mirror.transact((writable) => forgetBlob(writable, blobId));
  }
  for (const { attachmentId, path } of openedOfNothing(mirror)) {
    await rm(path, { force: true });
    mirror.transact((writable) => deleteOpened(writable, attachmentId));
  }
  mirror.wipeTraces();
  mirror.transact((writable) => forgetWipes(writable, blobIds));
}
