// Bytes in a folder: `<workspace>/<first two digits>/<hash>`, and what is on its way in `incoming`. [B1]

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, fromDisk } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import { type BlobId, blobId, type WorkspaceId, workspaceId } from '../protocol/ids.ts';
import type { BlobPlace, BlobStore, ByteRange, KeptBlob, ReceivedFile } from './blob-store.ts';

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

  async receive<T>(
    bytes: AsyncIterable<Uint8Array>,
    use: (file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    const path = join(this.#incoming, randomUUID());
    try {
      const file = { path, ...(await writeTo(path, bytes)) };
      if (file.sizeBytes === 0) throw new AppError('blob-empty');
      return await use(file);
    } catch (cause) {
      throw fromDisk(cause);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** The name appears only with the whole file behind it; the folder is synced so that the name lasts, too. [F1] */
  async adopt(workspaceId: WorkspaceId, { path, blobId }: ReceivedFile): Promise<void> {
    await syncFile(path);
    const target = this.#pathOf({ workspaceId, blobId });
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
    return (await statOf(this.#pathOf(place)))?.size;
  }

  async remove(place: BlobPlace): Promise<void> {
    await rm(this.#pathOf(place), { force: true });
  }

  async *list(): AsyncIterable<KeptBlob> {
    for (const office of await foldersIn(this.#folder)) {
      const found = workspaceId.safeParse(office);
      if (!found.success) continue;
      for (const shelf of await foldersIn(join(this.#folder, office)))
        for (const name of await readdir(join(this.#folder, office, shelf))) {
          const named = blobId.safeParse(name);
          if (!named.success) continue;
          const place = { workspaceId: found.data, blobId: named.data };
          const kept = await statOf(this.#pathOf(place));
          if (kept !== undefined) yield { ...place, keptAtMs: kept.mtimeMs };
        }
    }
  }

  #pathOf({ workspaceId, blobId }: BlobPlace): string {
    return join(this.#folder, workspaceId, blobId.slice(0, 2), blobId);
  }
}

/** What another process is receiving at this moment is young, and stays. */
async function removeOld(path: string, nowMs: number): Promise<void> {
  const found = await statOf(path);
  if (found !== undefined && nowMs - found.mtimeMs > LEFT_BEHIND_MS)
    await rm(path, { force: true });
}

async function writeTo(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Omit<ReceivedFile, 'path'>> {
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
  return { sizeBytes, blobId: hash.digest('hex') as BlobId };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
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

async function foldersIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((each) => each.isDirectory()).map(({ name }) => name);
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
