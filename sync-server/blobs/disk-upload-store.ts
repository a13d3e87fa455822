// Uploads that are not through yet: one file each, hashed while it grows. [B3]

import { createHash, type Hash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AppError, fromDisk } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import type { BlobId } from '../protocol/ids.ts';
import type { ReceivedFile } from './blob-store.ts';
import { FileTail } from './file-tail.ts';
import { UNFINISHED_MS, type Unfinished, type UploadStore } from './upload-store.ts';

/** What the bytes up to `offset` hash to; gone with a restart, and read again from the file then. */
interface HashSoFar {
  readonly hash: Hash;
  offset: number;
}

/** Kept beside the bytes. */
const begun = z.object({ size: z.int().min(0).max(MAX_BLOB_BYTES) });

export class DiskUploadStore implements UploadStore {
  readonly #folder: string;
  readonly #hashes = new Map<string, HashSoFar>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<DiskUploadStore> {
    await mkdir(folder, { recursive: true });
    return new DiskUploadStore(folder);
  }

  async begin(id: string, sizeBytes: number): Promise<void> {
    try {
      this.#hashes.delete(id);
      await writeFile(this.#pathOf(id), '');
      await writeFile(`${this.#pathOf(id)}.json`, JSON.stringify({ size: sizeBytes }));
    } catch (cause) {
      throw fromDisk(cause);
    }
  }

  async unfinished(id: string): Promise<Unfinished | undefined> {
    const { size } = (await begunAs(`${this.#pathOf(id)}.json`)) ?? {};
    const offset = (await statOf(this.#pathOf(id)))?.size;
    if (size === undefined || offset === undefined) return undefined;
    return { sizeBytes: size, offset };
  }

  async write(
    bytes: AsyncIterable<Uint8Array>,
    id: string,
    { offset, sizeBytes }: Unfinished,
  ): Promise<number> {
    const file = await open(this.#pathOf(id), 'r+');
    const soFar = this.#hashAt(id, offset);
    const tail = new FileTail(file, offset, (piece) => {
      soFar?.hash.update(piece);
      if (soFar !== undefined) soFar.offset += piece.byteLength;
    });
    try {
      let end = offset;
      for await (const chunk of bytes) {
        end += chunk.byteLength;
        if (end > sizeBytes) throw new AppError('blob-too-large');
        await tail.append(chunk);
      }
      await tail.end();
      return tail.at;
    } catch (cause) {
      await tail.end().catch(() => undefined);
      throw fromDisk(cause);
    } finally {
      await file.close();
    }
  }

  async received(id: string): Promise<ReceivedFile> {
    const path = this.#pathOf(id);
    const { size } = await stat(path);
    const soFar = this.#hashes.get(id);
    const hash = soFar?.offset === size ? soFar.hash : await hashOfFile(path);
    this.#hashes.delete(id);
    return { path, sizeBytes: size, blobId: hash.digest('hex') as BlobId };
  }

  async forget(id: string): Promise<void> {
    this.#hashes.delete(id);
    await rm(this.#pathOf(id), { force: true });
    await rm(`${this.#pathOf(id)}.json`, { force: true });
  }

  async forgetAbandoned(nowMs: number): Promise<number> {
    let count = 0;
    const names = await readdir(this.#folder);
    for (const id of new Set(names.map((name) => name.replace(/\.json$/, '')))) {
      const grownAtMs = (await statOf(this.#pathOf(id)))?.mtimeMs;
      if (grownAtMs !== undefined && nowMs - grownAtMs <= UNFINISHED_MS) continue;
      await this.forget(id);
      count += 1;
    }
    return count;
  }

  #hashAt(id: string, offset: number): HashSoFar | undefined {
    if (offset === 0) this.#hashes.set(id, { hash: createHash('sha256'), offset: 0 });
    const soFar = this.#hashes.get(id);
    if (soFar?.offset === offset) return soFar;
    this.#hashes.delete(id);
    return undefined;
  }

  #pathOf(id: string): string {
    return join(this.#folder, id);
  }
}

async function hashOfFile(path: string): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash;
}

/** Undefined, too, where a power cut left it empty: the upload is begun anew then. */
async function begunAs(path: string): Promise<z.infer<typeof begun> | undefined> {
  try {
    return begun.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}
