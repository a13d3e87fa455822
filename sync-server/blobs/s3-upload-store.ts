// Uploads in parts in a bucket, so that any process goes on with what another one began. A part is named by where it begins
// and how long it is, and none ever takes another's place: of an upload that two processes wrote to at once, as happens where a
// device has given a request up that still hangs at one of them, what is there is whatever joins without a hole. [B1, B3]

import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { AppError, fromDisk } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import type { BlobId } from '../protocol/ids.ts';
import type { ReceivedFile } from './blob-store.ts';
import type { IncomingFolder } from './incoming-folder.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { UNFINISHED_MS, type Unfinished, type UploadStore } from './upload-store.ts';

const PREFIX = 'uploads/';
/** As much is sent again where a process dies. */
const PART_BYTES = 4 * 1024 * 1024;

interface Part {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

export class S3UploadStore implements UploadStore {
  readonly #bucket: S3Bucket;
  readonly #incoming: IncomingFolder;
  /** What came whole and is being ended in the same request. */
  readonly #small = new Map<string, readonly Uint8Array[]>();
  /** Put together for whoever asked, until it is kept or forgotten. */
  readonly #whole = new Map<string, string>();

  constructor(bucket: S3Bucket, incoming: IncomingFolder) {
    this.#bucket = bucket;
    this.#incoming = incoming;
  }

  async begin(id: string, sizeBytes: number): Promise<void> {
    await this.forget(id);
    await this.#bucket.putBytes(`${folderOf(id)}begun-${sizeBytes}`, new Uint8Array());
  }

  async unfinished(id: string): Promise<Unfinished | undefined> {
    const names = await this.#namesOf(id);
    const begun = names.map((name) => /^begun-(\d{1,10})$/.exec(name)?.[1]).find(Boolean);
    if (begun === undefined || Number(begun) > MAX_BLOB_BYTES) return undefined;
    return { sizeBytes: Number(begun), offset: joined(id, names).at(-1)?.end ?? 0 };
  }

  async write(
    bytes: AsyncIterable<Uint8Array>,
    id: string,
    { offset, sizeBytes }: Unfinished,
  ): Promise<number> {
    let at = offset;
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    const send = async () => {
      if (waitingBytes === 0) return;
      const part = Buffer.concat(waiting);
      waiting = [];
      waitingBytes = 0;
      await this.#bucket.putBytes(`${folderOf(id)}${at}-${part.byteLength}-${randomUUID()}`, part);
      at += part.byteLength;
    };
    try {
      for await (const chunk of bytes) {
        if (at + waitingBytes + chunk.byteLength > sizeBytes) throw new AppError('blob-too-large');
        waiting.push(chunk);
        waitingBytes += chunk.byteLength;
        if (waitingBytes >= PART_BYTES) await send();
      }
    } catch (cause) {
      await send().catch(() => undefined);
      throw cause;
    }
    // What came in one piece needs no way to the bucket and back: nobody has been told of it yet.
    if (at === 0 && waitingBytes === sizeBytes) {
      this.#small.set(id, waiting);
      return sizeBytes;
    }
    await send();
    return at;
  }

  async received(id: string): Promise<ReceivedFile> {
    const small = this.#small.get(id);
    await this.#dropWhole(id);
    const source = small ?? this.#bytesOf(id);
    const path = this.#incoming.pathOfNew();
    const hash = createHash('sha256');
    let sizeBytes = 0;
    this.#whole.set(id, path);
    try {
      const file = await open(path, 'wx');
      try {
        for await (const piece of source) {
          hash.update(piece);
          sizeBytes += piece.byteLength;
          await file.writeFile(piece);
        }
      } finally {
        await file.close();
      }
    } catch (cause) {
      await this.#dropWhole(id);
      throw fromDisk(cause);
    }
    return { path, sizeBytes, blobId: hash.digest('hex') as BlobId };
  }

  async forget(id: string): Promise<void> {
    await this.#dropWhole(id);
    for (const name of await this.#namesOf(id)) await this.#bucket.remove(folderOf(id) + name);
  }

  async forgetAbandoned(nowMs: number): Promise<number> {
    const grownAtMs = new Map<string, number>();
    for await (const { key, storedAtMs } of this.#bucket.list(PREFIX)) {
      const id = key.split('/')[1] ?? '';
      grownAtMs.set(id, Math.max(grownAtMs.get(id) ?? 0, storedAtMs));
    }
    const abandoned = [...grownAtMs].filter(([, atMs]) => nowMs - atMs > UNFINISHED_MS);
    for (const [id] of abandoned) await this.forget(id);
    return abandoned.length;
  }

  async *#bytesOf(id: string): AsyncIterable<Uint8Array> {
    let at = 0;
    for (const { key, start, end } of joined(id, await this.#namesOf(id))) {
      // The beginning of one that overlaps is there already.
      const bytes = await this.#bucket.open(key, { start: at - start, end: end - start - 1 });
      if (bytes === undefined) throw new AppError('upload-elsewhere');
      try {
        for await (const chunk of bytes) yield chunk as Uint8Array;
      } catch (cause) {
        throw new AppError('store-unreachable', { cause });
      }
      at = end;
    }
  }

  async #namesOf(id: string): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { key } of this.#bucket.list(folderOf(id)))
      names.push(key.slice(folderOf(id).length));
    return names;
  }

  async #dropWhole(id: string): Promise<void> {
    const path = this.#whole.get(id);
    this.#whole.delete(id);
    this.#small.delete(id);
    if (path !== undefined) await rm(path, { force: true });
  }
}

function folderOf(id: string): string {
  return `${PREFIX}${id}/`;
}

/** From the beginning, each from where the one before ends or earlier, and as far as there is no hole. */
function joined(id: string, names: readonly string[]): readonly Part[] {
  const parts = names.flatMap((name): Part[] => {
    const [, start, length] = /^(\d{1,10})-(\d{1,10})-[0-9a-f-]{36}$/.exec(name) ?? [];
    if (start === undefined || length === undefined) return [];
    const end = Number(start) + Number(length);
    return [{ key: folderOf(id) + name, start: Number(start), end }];
  });
  const line: Part[] = [];
  for (let at = 0; ; at = line.at(-1)?.end ?? 0) {
    const next = parts
      .filter(({ start, end }) => start <= at && end > at)
      .reduce<Part | undefined>(
        (far, part) => (far && far.end >= part.end ? far : part),
        undefined,
      );
    if (next === undefined) return line;
    line.push(next);
  }
}
