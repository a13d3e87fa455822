// A photo without the place it was taken, looked through once and kept beside it for the next who asks. (D6)

import { buffer } from 'node:stream/consumers';
import type { BlobPlace, BlobStore } from '../blobs/blob-store.ts';
import { AppError, fromDisk } from '../errors.ts';
import { CLEANING_VERSION, withoutLocation } from '../protocol/location/without-location.ts';
import type { CleanedBlobs } from '../storage/storage.ts';

export interface CleanedCopyDeps {
  readonly storage: CleanedBlobs;
  readonly blobs: BlobStore;
}

export type CleanedCopy =
  /** The photo itself, where there is nothing to take out, or its copy. */
  | { readonly kind: 'kept'; readonly place: BlobPlace; readonly sizeBytes: number }
  /** Where the disk is too full to keep one more. */
  | { readonly kind: 'held'; readonly bytes: Buffer; readonly sizeBytes: number }
  /** Nobody can tell what is in it, or it is gone. */
  | { readonly kind: 'cannot-tell' };

export async function cleanedCopy(
  { storage, blobs }: CleanedCopyDeps,
  photo: BlobPlace,
  mediaType: string,
): Promise<CleanedCopy> {
  const known = await storage.cleanedBlob(photo, CLEANING_VERSION);
  if (known !== undefined) {
    const copy = await keptCopy(blobs, photo, known.cleanedId);
    if (copy !== undefined) return copy;
  }
  const stream = await blobs.open(photo);
  if (stream === undefined) return { kind: 'cannot-tell' };
  const found = withoutLocation(await buffer(stream), mediaType);
  try {
    const cleanedId = await keep(blobs, photo, found);
    await storage.noteCleanedBlob(photo, cleanedId, CLEANING_VERSION);
    return (await keptCopy(blobs, photo, cleanedId)) ?? { kind: 'cannot-tell' };
  } catch (error) {
    if (found.kind !== 'cleaned' || !isDiskFull(error)) throw error;
    const { buffer: memory, byteOffset, byteLength } = found.bytes;
    const bytes = Buffer.from(memory, byteOffset, byteLength);
    return { kind: 'held', bytes, sizeBytes: byteLength };
  }
}

function isDiskFull(error: unknown): boolean {
  const failure = fromDisk(error);
  return failure instanceof AppError && failure.kind === 'disk-full';
}

/** Undefined where the copy is no longer there: nobody names it, so house-keeping may have taken it. */
async function keptCopy(
  blobs: BlobStore,
  { workspaceId }: BlobPlace,
  cleanedId: BlobPlace['blobId'] | null,
): Promise<CleanedCopy | undefined> {
  if (cleanedId === null) return { kind: 'cannot-tell' };
  const place = { workspaceId, blobId: cleanedId };
  const sizeBytes = await blobs.sizeOf(place);
  return sizeBytes === undefined ? undefined : { kind: 'kept', place, sizeBytes };
}

async function keep(
  blobs: BlobStore,
  { workspaceId, blobId }: BlobPlace,
  found: ReturnType<typeof withoutLocation>,
): Promise<BlobPlace['blobId'] | null> {
  if (found.kind === 'cannot-tell') return null;
  if (found.kind === 'has-none') return blobId;
  return blobs.receive(inOne(found.bytes), async (file) => {
    await blobs.adopt(workspaceId, file);
    return file.blobId;
  });
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
