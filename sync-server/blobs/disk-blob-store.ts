// Bytes in a folder: `<workspace>/<first two digits>/<hash>`, and what is on its way in `incoming`. [B1]

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import type { BlobPlace, BlobStore, ByteRange, ReceivedFile } from './blob-store.ts';

/** No upload of 25 MB pauses for this long. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

export class DiskBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #incoming: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  /** Makes the folder where it is not there, and clears what an earlier process left half received. */
  static async open(folder: string, nowMs = Date.now()): Promise<DiskBlobStore> {
    const store = new DiskBlobStore(folder);
    await mkdir(store.#incoming, { recursive: true });
    for (const name of await readdir(store.#incoming))
      await removeOld(join(store.#incoming, name), nowMs);
    return store;
  }

  async put<T>(
    place: BlobPlace,
    bytes: AsyncIterable<Uint8Array>,
    inspect: (file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    const path = join(this.#incoming, randomUUID());
    try {
      const { sizeBytes, hash } = await receive(path, bytes);
      if (sizeBytes === 0) throw new AppError('blob-empty');
      if (hash !== place.blobId) throw new AppError('blob-hash-wrong');
      const answer = await inspect({ path, sizeBytes });
      await this.#keep(path, place);
      return answer;
    } finally {
      await rm(path, { force: true });
    }
  }

  /** The name appears only with the whole file behind it; the folder is synced so that the name lasts, too. [F1] */
  async #keep(path: string, place: BlobPlace): Promise<void> {
    const target = this.#pathOf(place);
    const folder = dirname(target);
    const made = await mkdir(folder, { recursive: true });
    await rename(path, target);
    await syncFolder(folder);
    if (made === undefined) return;
    await syncFolder(dirname(folder));
    await syncFolder(this.#folder);
  }

  async open(place: BlobPlace, range?: ByteRange): Promise<Readable | undefined> {
    if ((await this.sizeOf(place)) === undefined) return undefined;
    return createReadStream(this.#pathOf(place), { ...range });
  }

  async sizeOf(place: BlobPlace): Promise<number | undefined> {
    try {
      return (await stat(this.#pathOf(place))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  #pathOf({ workspaceId, blobId }: BlobPlace): string {
    return join(this.#folder, workspaceId, blobId.slice(0, 2), blobId);
  }
}

/** What another process is receiving at this moment is young, and stays. */
async function removeOld(path: string, nowMs: number): Promise<void> {
  try {
    const { mtimeMs } = await stat(path);
    if (nowMs - mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
  } catch (error) {
    // The other process is through with it.
    if (!isMissing(error)) throw error;
  }
}

async function receive(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number; hash: string }> {
  const file = await open(path, 'wx');
  try {
    return await writeHashed(file, bytes);
  } finally {
    await file.close();
  }
}

async function writeHashed(file: FileHandle, bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_BLOB_BYTES) throw new AppError('blob-too-large');
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  await file.sync();
  return { sizeBytes, hash: hash.digest('hex') };
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle on a folder that could be synced; its rename is journaled.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
