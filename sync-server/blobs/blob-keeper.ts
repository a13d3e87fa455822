// Bytes and the row that says they are held, kept and dropped together; for members, customers and the collector alike.
// [B1, B2, B4]

import { AppError } from '../errors.ts';
import type { WorkspaceId } from '../protocol/ids.ts';
import type { Turn } from '../storage/keyed-lock.ts';
import type {
  BlobAsked,
  BlobRow,
  BlobRows,
  CleanedBlobs,
  CleanedId,
  Storage,
} from '../storage/storage.ts';
import type { BlobPlace, BlobStore, ReceivedFile } from './blob-store.ts';
import { mediaTypeOfFile } from './media-type.ts';

export interface BlobKeeperParts {
  readonly storage: BlobRows & CleanedBlobs & Pick<Storage, 'turns'>;
  readonly blobs: BlobStore;
  /** Unix time in milliseconds. */
  now(): number;
}

/** What a photo is without the place it was taken. (D6) */
export interface CleanedPhoto {
  readonly cleanedId: CleanedId;
  readonly byVersion: number;
  /** Where it is another file than the photo. */
  readonly copy?: ReceivedFile;
}

/** What nobody names stays for this long after it was last sent or asked for. [B4] */
export const GRACE_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * The one way in for bytes, whoever sends them, and the one way out. What a file is, its bytes decide. Two that bring the
 * same bytes at once take turns, whatever processes they are in, and so does the collector.
 */
export class BlobKeeper {
  readonly #parts: BlobKeeperParts;

  constructor(parts: BlobKeeperParts) {
    this.#parts = parts;
  }

  /**
   * Takes bytes in whose hash nobody said beforehand, such as those of a form.
   *
   * @throws AppError `blob-too-large`, `blob-empty`, `blob-type-refused`, `disk-full`; nothing stays then
   */
  take(workspaceId: WorkspaceId, bytes: AsyncIterable<Uint8Array>): Promise<BlobRow> {
    return this.#parts.blobs.receive(bytes, (file) => this.adopt(workspaceId, file));
  }

  /**
   * Takes bytes in whose hash was said beforehand.
   *
   * @throws AppError `blob-hash-wrong` too; nothing stays then [B1]
   */
  takeAs({ workspaceId, blobId }: BlobPlace, bytes: AsyncIterable<Uint8Array>): Promise<BlobRow> {
    return this.#parts.blobs.receive(bytes, (file) => {
      if (file.blobId !== blobId) throw new AppError('blob-hash-wrong');
      return this.adopt(workspaceId, file);
    });
  }

  /**
   * Keeps a file that arrived whole and was hashed on its way.
   *
   * @throws AppError `blob-empty`, `blob-type-refused`, `disk-full`; the file is where it was then
   */
  async adopt(workspaceId: WorkspaceId, file: ReceivedFile): Promise<BlobRow> {
    const { blobId, sizeBytes } = file;
    if (sizeBytes === 0) throw new AppError('blob-empty');
    const mediaType = await mediaTypeOfFile(file.path);
    if (mediaType === undefined) throw new AppError('blob-type-refused');
    const row = { blobId, sizeBytes, mediaType };
    const { storage, blobs } = this.#parts;
    return this.#inTurn({ workspaceId, blobId }, async () => {
      await blobs.adopt(workspaceId, file);
      // The row comes after the bytes: killed in between, they are sent again, and nothing is promised that is not there.
      await storage.addBlob(workspaceId, row, this.#nowText());
      return row;
    });
  }

  /**
   * Keeps what a photo is without its place for as long as the photo is kept. Answers with false where that was removed
   * for good meanwhile: nothing of it stays then. (C10, D6)
   */
  async keepCleaned(photo: BlobPlace, cleaned: CleanedPhoto): Promise<boolean> {
    const { storage, blobs } = this.#parts;
    const { cleanedId, byVersion, copy } = cleaned;
    return this.#inTurn(photo, async () => {
      if ((await storage.blob(photo.workspaceId, photo.blobId)) === undefined) return false;
      // Noted before it is there: killed in between, it is made again, and bytes nobody noted would outlive the photo.
      await storage.noteCleanedBlob(photo, cleanedId, byVersion);
      if (copy !== undefined) await blobs.adopt(photo.workspaceId, copy);
      return true;
    });
  }

  /** What is held under this hash for a member; asking for it is a claim that keeps it for another grace time. [B4] */
  async claim(asked: BlobAsked): Promise<BlobRow | undefined> {
    const { storage, blobs } = this.#parts;
    const { workspaceId, blobId } = asked;
    return this.#inTurn({ workspaceId, blobId }, async () => {
      const row = await storage.claimBlob(asked, this.#nowText());
      const isThere = (await blobs.sizeOf({ workspaceId, blobId })) !== undefined;
      return isThere ? row : undefined;
    });
  }

  /**
   * Drops what no record names and nobody has claimed within the grace time; what was removed for good has no claim left.
   * Answers with how many blobs went. [B4] (C10)
   */
  async collect(workspaceId: WorkspaceId): Promise<number> {
    const { storage, blobs } = this.#parts;
    const unnamed = await storage.unnamedBlobs({
      workspaceId,
      claimedBefore: this.#nowText(-GRACE_MS),
    });
    let count = 0;
    for (const blobId of unnamed.blobIds) {
      const copyId = await this.#inTurn({ workspaceId, blobId }, async (turn) => {
        if (!(await storage.forgetBlob(unnamed, blobId))) return undefined;
        const cleanedId = await storage.forgetCleanedBlob({ workspaceId, blobId });
        await removeInTurn(blobs, turn, { workspaceId, blobId });
        count += 1;
        return cleanedId;
      });
      // In a turn of its own: a photo without its place may be brought as a file at this moment.
      if (copyId !== undefined) await this.#dropStray({ workspaceId, blobId: copyId });
    }
    return count;
  }

  /** Drops bytes that have no row: whoever brought them was stopped before it was written. */
  async collectStrays(): Promise<number> {
    const { blobs, now } = this.#parts;
    let count = 0;
    for await (const { workspaceId, blobId, keptAtMs } of blobs.list())
      if (now() - keptAtMs > GRACE_MS)
        if (await this.#dropStray({ workspaceId, blobId })) count += 1;
    return count;
  }

  /** Answers whether these were bytes without a row. */
  #dropStray(place: BlobPlace): Promise<boolean> {
    const { storage, blobs } = this.#parts;
    return this.#inTurn(place, async (turn) => {
      if ((await storage.blob(place.workspaceId, place.blobId)) !== undefined) return false;
      await removeInTurn(blobs, turn, place);
      return true;
    });
  }

  #inTurn<T>({ workspaceId, blobId }: BlobPlace, work: (turn: Turn) => Promise<T>): Promise<T> {
    return this.#parts.storage.turns.run(`${workspaceId}/${blobId}`, work);
  }

  #nowText(offsetMs = 0): string {
    return new Date(this.#parts.now() + offsetMs).toISOString();
  }
}

/** Bytes that somebody brought again while this turn was lost are not removed under their row. [B2] */
async function removeInTurn(blobs: BlobStore, turn: Turn, place: BlobPlace): Promise<void> {
  const isSure = turn.stillMine();
  if (isSure !== undefined) await isSure;
  await blobs.remove(place);
}
