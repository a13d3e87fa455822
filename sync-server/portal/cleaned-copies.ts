// A photo without the place it was taken, looked through once and kept beside it for the next who asks. (D6)

import { arrayBuffer } from 'node:stream/consumers';
import type { BlobKeeper } from '../blobs/blob-keeper.ts';
import type { BlobPlace, BlobStore } from '../blobs/blob-store.ts';
import { KeyedLock } from '../storage/keyed-lock.ts';
import { isDiskFull } from '../errors.ts';
import { CLEANING_VERSION, type WithoutLocation } from '../protocol/location/without-location.ts';
import type { CleanedBlobs } from '../storage/storage.ts';
import { cleanAside } from './clean-aside.ts';

export interface CleanedCopiesDeps {
  readonly storage: CleanedBlobs;
  readonly blobs: BlobStore;
  readonly keeper: BlobKeeper;
}

export type CleanedCopy =
  /** The photo itself, where there is nothing to take out, or its copy. */
  | { readonly kind: 'kept'; readonly place: BlobPlace; readonly sizeBytes: number }
  /** Where the disk is too full to keep one more. */
  | { readonly kind: 'held'; readonly bytes: Buffer; readonly sizeBytes: number }
  /** Nobody can tell what is in it, or it is gone. */
  | { readonly kind: 'cannot-tell' };

/** Each photo that is looked through is in memory four times over. */
const LANES = 2;
/** As much is hashed in one go as does not hold up others. */
const PART_BYTES = 1024 * 1024;

export class CleanedCopies {
  readonly #deps: CleanedCopiesDeps;
  readonly #lanes = new KeyedLock();

  constructor(deps: CleanedCopiesDeps) {
    this.#deps = deps;
  }

  /** Who asks for a photo that somebody else has asked for waits for theirs. */
  async of(photo: BlobPlace, mediaType: string): Promise<CleanedCopy> {
    const known = await this.#known(photo);
    if (known !== undefined) return known;
    return this.#lanes.run(
      laneOf(photo),
      async () => (await this.#known(photo)) ?? this.#make(photo, mediaType),
    );
  }

  async #known(photo: BlobPlace): Promise<CleanedCopy | undefined> {
    const known = await this.#deps.storage.cleanedBlob(photo, CLEANING_VERSION);
    return known && this.#kept(photo, known.cleanedId);
  }

  async #make(photo: BlobPlace, mediaType: string): Promise<CleanedCopy> {
    const stream = await this.#deps.blobs.open(photo);
    if (stream === undefined) return { kind: 'cannot-tell' };
    const found = await cleanAside({ bytes: await arrayBuffer(stream), mediaType });
    try {
      const cleanedId = await this.#keep(photo, found);
      return (await this.#kept(photo, cleanedId)) ?? { kind: 'cannot-tell' };
    } catch (error) {
      if (found.kind !== 'cleaned' || !isDiskFull(error)) throw error;
      const { buffer: memory, byteOffset, byteLength } = found.bytes;
      const bytes = Buffer.from(memory, byteOffset, byteLength);
      return { kind: 'held', bytes, sizeBytes: byteLength };
    }
  }

  /** Undefined where the copy is no longer there: nobody names it, so house-keeping may have taken it. */
  async #kept(
    { workspaceId }: BlobPlace,
    cleanedId: BlobPlace['blobId'] | null,
  ): Promise<CleanedCopy | undefined> {
    if (cleanedId === null) return { kind: 'cannot-tell' };
    const place = { workspaceId, blobId: cleanedId };
    const sizeBytes = await this.#deps.blobs.sizeOf(place);
    return sizeBytes === undefined ? undefined : { kind: 'kept', place, sizeBytes };
  }

  /** Answers with null where the photo was removed for good meanwhile, too. */
  async #keep(photo: BlobPlace, found: WithoutLocation): Promise<BlobPlace['blobId'] | null> {
    const { blobs, keeper } = this.#deps;
    const byVersion = CLEANING_VERSION;
    if (found.kind === 'cleaned')
      return blobs.receive(inParts(found.bytes), async (copy) => {
        const { blobId: cleanedId } = copy;
        return (await keeper.keepCleaned(photo, { cleanedId, byVersion, copy })) ? cleanedId : null;
      });
    const cleanedId = found.kind === 'has-none' ? photo.blobId : null;
    return (await keeper.keepCleaned(photo, { cleanedId, byVersion })) ? cleanedId : null;
  }
}

/** A photo always has the same, so it is never looked through twice at once, and of all of them only a few are. */
function laneOf({ blobId }: BlobPlace): string {
  return String(Number.parseInt(blobId.slice(0, 2), 16) % LANES);
}

async function* inParts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART_BYTES) yield bytes.subarray(at, at + PART_BYTES);
}
