// Bytes on their way in: a file of this process's own until somebody keeps it. [B1]

import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, fromDisk } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import type { BlobId } from '../protocol/ids.ts';
import type { ReceivedFile } from './blob-store.ts';

/** No upload of 25 MB pauses for this long. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

export class IncomingFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder where it is not there, and clears what an earlier process left half received. */
  static async open(folder: string, nowMs = Date.now()): Promise<IncomingFolder> {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) await removeOld(join(folder, name), nowMs);
    return new IncomingFolder(folder);
  }

  /**
   * Receives bytes into a temporary file, hashed while streaming, and hands it to `use`. What is still there when that ends is
   * removed.
   *
   * @throws AppError `blob-too-large`, `blob-empty`, `disk-full`
   */
  async receive<T>(
    bytes: AsyncIterable<Uint8Array>,
    use: (file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    const path = this.pathOfNew();
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

  /** Where nothing is yet. */
  pathOfNew(): string {
    return join(this.#folder, randomUUID());
  }
}

/** Undefined where there is nothing. */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
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
