import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Mirror, ReadableMirror, WritableMirror } from '../mirror/database.ts';
import {
  forgetCopies,
  forgetDerived,
  forgetWipes,
  isRendition,
  unposted,
  wantChanged,
  type WipesDue,
  wipesDue,
} from '../mirror/redactions.ts';
import { findRecord } from '../mirror/records.ts';
import { emptyIndexes } from '../mirror/search-index.ts';
import type { BlobStore } from './blob-store.ts';
import { forgetBlob } from './blobs.ts';
import type { DraggedFiles } from './dragged-files.ts';
import { deleteOpened, findOpened } from './opened-rows.ts';

export interface WipeParts {
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  /** Where copies for other programs are, each in a folder named for its attachment. (D9) */
  readonly openedFolder: string;
  readonly draggedFiles: Pick<DraggedFiles, 'drop'>;
}

/**
 * Removes from this disk what was removed for good: copies, bytes that nothing else names, and what is left of old rows in
 * the database's file. Killed in between, it is done at the next start; so is a copy that another program holds on to. (C10)
 */
export async function wipeRedacted(parts: WipeParts): Promise<void> {
  const { mirror } = parts;
  const due = wipesDue(mirror);
  if (!due.isAny) return;
  const held = await wipeCopies(parts, due.attachmentIds);
  await wipeBytes(parts, wipesDue(mirror));
  if (held !== undefined) throw held;
}

/** Answers what went wrong with one of them: the others go all the same. */
async function wipeCopies(
  parts: WipeParts,
  attachmentIds: readonly string[],
): Promise<Error | undefined> {
  const { mirror } = parts;
  let held: Error | undefined;
  const wiped: string[] = [];
  for (const attachmentId of attachmentIds)
    try {
      if (!stands(mirror, attachmentId)) await removeCopies(parts, attachmentId);
      wiped.push(attachmentId);
    } catch (error) {
      held = error instanceof Error ? error : new Error(String(error));
    }
  mirror.transact((writable) => {
    for (const attachmentId of wiped) forgetOpened(writable, attachmentId);
    forgetCopies(writable, wiped);
  });
  return held;
}

/** All that lies beside a copy goes with it: an editor keeps older versions and half-saved ones there. */
async function removeCopies(
  { openedFolder, draggedFiles }: WipeParts,
  attachmentId: string,
): Promise<void> {
  await draggedFiles.drop(attachmentId);
  await rm(join(openedFolder, attachmentId), { recursive: true, force: true });
}

function forgetOpened(mirror: WritableMirror, attachmentId: string): void {
  const opened = findOpened(mirror, attachmentId);
  if (opened === undefined || stands(mirror, attachmentId)) return;
  // Nothing else finds what the other program saved: it was made of what was removed.
  if (opened.changedBlobId !== null) wantChanged(mirror, opened.changedBlobId);
  deleteOpened(mirror, attachmentId);
}

/** On the screen, and not as something that is no more. */
function stands(mirror: ReadableMirror, attachmentId: string): boolean {
  const attachment = findRecord(mirror, 'attachment', attachmentId);
  return attachment !== undefined && attachment.redacted === undefined;
}

async function wipeBytes(
  { mirror, blobs }: WipeParts,
  { isAny, blobIds }: WipesDue,
): Promise<void> {
  if (!isAny) return;
  const pinned = new Set<BlobId>();
  await blobs.letGo((isPinned) => {
    for (const blobId of blobIds) if (isPinned(blobId)) pinned.add(blobId);
    const unnamed = unposted(mirror, blobIds).filter((blobId) => !pinned.has(blobId));
    return mirror.transact((writable) => {
      for (const blobId of unnamed) forgetDerived(writable, blobId);
      const gone = unnamed.filter((blobId) => !isRendition(writable, blobId));
      for (const blobId of gone) forgetBlob(writable, blobId);
      return gone;
    });
  });
  mirror.transact(emptyIndexes);
  mirror.wipeTraces();
  // What somebody has in hand just now is looked at again: it may be refused, and was removed for good all the same.
  const wiped = blobIds.filter((blobId) => !pinned.has(blobId));
  mirror.transact((writable) => forgetWipes(writable, wiped));
}
