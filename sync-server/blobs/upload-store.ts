// Uploads that are not through yet: one file each, hashed while it grows, that outlives a restart of either side. [B3]

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { fromDisk } from '../errors.ts';
import type { BlobId } from '../protocol/ids.ts';
import type { ReceivedFile } from './blob-store.ts';
import { FileTail } from './file-tail.ts';

/** An upload nobody went on with for this long is given up. */
export const UNFINISHED_MS = 7 * 24 * 60 * 60 * 1000;

/** What the bytes up to `offset` hash to; gone with a restart, and read again from the file then. */
interface HashSoFar {
  readonly hash: Hash;
  offset: number;
}

export class UploadStore extends FileStore {
  readonly #hashes = new Map<string, HashSoFar>();

  private constructor(folder: string) {
    super({ directory: folder });
    // The length is known from the start, and what was begun ends or expires.
    this.extensions = ['creation', 'creation-with-upload'];
  }

  static async open(folder: string): Promise<UploadStore> {
    await mkdir(folder, { recursive: true });
    return new UploadStore(folder);
  }

  /** Appends at `offset` and answers with the new one. What came before the line broke stays. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const file = await open(this.#pathOf(id), 'r+');
    const soFar = this.#hashAt(id, offset);
    const tail = new FileTail(file, offset, (piece) => {
      soFar?.hash.update(piece);
      if (soFar !== undefined) soFar.offset += piece.byteLength;
    });
    try {
      for await (const chunk of bytes as AsyncIterable<Uint8Array>) await tail.append(chunk);
      await tail.end();
      return tail.at;
    } catch (cause) {
      await tail.end().catch(() => undefined);
      throw fromDisk(cause);
    } finally {
      await file.close();
    }
  }

  /** An upload that is through, with the hash of what came. */
  async received(id: string): Promise<ReceivedFile> {
    const path = this.#pathOf(id);
    const { size } = await stat(path);
    const soFar = this.#hashes.get(id);
    const hash = soFar?.offset === size ? soFar.hash : await hashOfFile(path);
    this.#hashes.delete(id);
    return { path, sizeBytes: size, blobId: hash.digest('hex') as BlobId };
  }

  /** Forgets an upload and what is left of it. */
  async forget(id: string): Promise<void> {
    this.#hashes.delete(id);
    await rm(this.#pathOf(id), { force: true });
    await rm(`${this.#pathOf(id)}.json`, { force: true });
  }

  /** Gives up what nobody went on with; answers with how many uploads that were. */
  async forgetAbandoned(nowMs: number): Promise<number> {
    let count = 0;
    const names = await readdir(this.directory);
    for (const id of new Set(names.map((name) => name.replace(/\.json$/, '')))) {
      const grownAtMs = await mtimeOf(this.#pathOf(id));
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
    return join(this.directory, id);
  }
}

async function hashOfFile(path: string): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash;
}

async function mtimeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}
