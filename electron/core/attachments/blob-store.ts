// Bytes on this disk, named by their SHA-256: written to a temporary file while being hashed, synced, renamed. What is
// under its name is whole. [B1] (D4)

import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_BLOB_BYTES } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { fromDisk } from '../errors.ts';
import { ArrivingBlobs, type Arrival, type ArrivingBytes } from './arriving-blobs.ts';
import { BlobPins, type Pin } from './blob-pins.ts';

/** Larger than Node's own choice: a file is read once, from its beginning to its end. */
const READ_BYTES = 256 * 1024;

export type TakeResult =
  | { readonly kind: 'kept'; readonly blobId: BlobId; readonly sizeBytes: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large' }
  /** `check` did not want it. */
  | { readonly kind: 'unwanted' };

export interface BlobStore {
  /**
   * Takes bytes in. `check` sees the whole file before it gets its name; where it says no, nothing stays.
   *
   * @throws AppError `disk-full`, `disk-not-writable`
   */
  take(
    bytes: AsyncIterable<Uint8Array>,
    check: (path: string, blobId: BlobId) => Promise<boolean>,
  ): Promise<TakeResult>;
  /**
   * Takes the bytes of this very blob, going on after what an earlier try left of them.
   *
   * @throws whatever `openAt` or its bytes throw; what has come until then stays. AppError `disk-full`, `disk-not-writable`
   */
  arrive(blobId: BlobId, openAt: (start: number) => Promise<ArrivingBytes>): Promise<Arrival>;
  /** Drops what is left of downloads that nobody goes on with. */
  sweepArriving(nowMs: number, isWanted: (blobId: BlobId) => boolean): Promise<void>;
  /** The size in bytes; undefined where it is not on this disk. */
  sizeOf(blobId: BlobId): Promise<number | undefined>;
  /** From `start` on, its beginning unless told otherwise. */
  read(blobId: BlobId, start?: number): ReadStream;
  /** Whether the bytes on the disk still are those of its name. */
  isWhole(blobId: BlobId): Promise<boolean>;
  /** Where the bytes lie, for who reads them outside of this process. */
  pathOf(blobId: BlobId): string;
  /** Removing what is not there changes nothing. Whether it is pinned is not asked: `letGo` asks. */
  remove(blobId: BlobId): Promise<void>;
  /**
   * Runs work that takes bytes in, or finds them here, and writes the row that tells of them. What it pins is not let go
   * before it ends: "added" is a promise.
   */
  pinning<T>(work: (pin: Pin) => Promise<T>): Promise<T>;
  /**
   * Removes the bytes of what `forget` answers, which deletes their rows at once and leaves out what is pinned.
   *
   * @throws where some could not be removed; all others are
   */
  letGo(forget: (isPinned: (blobId: BlobId) => boolean) => readonly BlobId[]): Promise<void>;
}

/**
 * Opens the store in a folder of its own; leftovers of a crash are removed.
 *
 * @param newName names temporary files; never the same twice
 */
export async function openBlobStore(folder: string, newName: () => string): Promise<BlobStore> {
  const incoming = join(folder, 'incoming');
  const arriving = join(folder, 'arriving');
  try {
    await mkdir(incoming, { recursive: true });
    await mkdir(arriving, { recursive: true });
    for (const leftover of await readdir(incoming))
      await rm(join(incoming, leftover), { force: true });
  } catch (cause) {
    throw fromDisk(cause);
  }
  return new DiskBlobStore({ folder, incoming, arriving }, newName);
}

class DiskBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #incoming: string;
  readonly #arriving: ArrivingBlobs;
  readonly #pins = new BlobPins((blobId) => this.remove(blobId));
  readonly #newName: () => string;

  constructor(
    { folder, incoming, arriving }: { folder: string; incoming: string; arriving: string },
    newName: () => string,
  ) {
    this.#newName = newName;
    this.#folder = folder;
    this.#incoming = incoming;
    this.#arriving = new ArrivingBlobs(arriving, (path, blobId) => this.#keep(path, blobId));
  }

  async take(
    bytes: AsyncIterable<Uint8Array>,
    check: (path: string, blobId: BlobId) => Promise<boolean>,
  ): Promise<TakeResult> {
    const temporary = join(this.#incoming, this.#newName());
    try {
      const received = await receive(temporary, bytes);
      if (received.kind !== 'received') return received;
      const { blobId, sizeBytes } = received;
      if (!(await check(temporary, blobId))) return { kind: 'unwanted' };
      await this.#keep(temporary, blobId);
      return { kind: 'kept', blobId, sizeBytes };
    } catch (cause) {
      throw fromDisk(cause);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async arrive(
    blobId: BlobId,
    openAt: (start: number) => Promise<ArrivingBytes>,
  ): Promise<Arrival> {
    try {
      return await this.#arriving.arrive(blobId, openAt);
    } catch (cause) {
      throw fromDisk(cause);
    }
  }

  sweepArriving(nowMs: number, isWanted: (blobId: BlobId) => boolean): Promise<void> {
    return this.#arriving.sweep(nowMs, isWanted);
  }

  async #keep(path: string, blobId: BlobId): Promise<void> {
    const permanent = this.pathOf(blobId);
    await mkdir(join(permanent, '..'), { recursive: true });
    await rename(path, permanent);
    await syncFolder(join(permanent, '..'));
  }

  async sizeOf(blobId: BlobId): Promise<number | undefined> {
    try {
      return (await stat(this.pathOf(blobId))).size;
    } catch {
      return undefined;
    }
  }

  read(blobId: BlobId, start = 0): ReadStream {
    return createReadStream(this.pathOf(blobId), { start, highWaterMark: READ_BYTES });
  }

  async isWhole(blobId: BlobId): Promise<boolean> {
    const hash = createHash('sha256');
    for await (const chunk of this.read(blobId)) hash.update(chunk as Uint8Array);
    return hash.digest('hex') === blobId;
  }

  async remove(blobId: BlobId): Promise<void> {
    await rm(this.pathOf(blobId), { force: true });
    await this.#arriving.remove(blobId);
  }

  pinning<T>(work: (pin: Pin) => Promise<T>): Promise<T> {
    return this.#pins.pinning(work);
  }

  letGo(forget: (isPinned: (blobId: BlobId) => boolean) => readonly BlobId[]): Promise<void> {
    return this.#pins.letGo(forget);
  }

  pathOf(blobId: BlobId): string {
    return join(this.#folder, blobId.slice(0, 2), blobId);
  }
}

type Received =
  | { readonly kind: 'received'; readonly blobId: BlobId; readonly sizeBytes: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-large' };

async function receive(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Received> {
  const file = await open(path, 'wx', 0o600);
  try {
    return await writeAll(file, bytes);
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<Received> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_BLOB_BYTES) return { kind: 'too-large' };
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  if (sizeBytes === 0) return { kind: 'empty' };
  await file.sync();
  return { kind: 'received', blobId: hash.digest('hex') as BlobId, sizeBytes };
}

/** A rename is safe only once its folder is. Windows cannot open folders and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
