// Bytes on their way here. What came of them before a line broke stays, under the name it will have, and the next try goes on
// after it, after a restart too; only what is whole by its hash leaves this folder. [B1, B6]

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_BLOB_BYTES } from '../../../sync-server/protocol/blobs.ts';
import { blobId as blobIdSchema, type BlobId } from '../../../sync-server/protocol/ids.ts';

export interface ArrivingBytes {
  /** Where they begin: as asked, or 0 where the other side cannot go on. */
  readonly start: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export type Arrival =
  | { readonly kind: 'whole'; readonly sizeBytes: number }
  /** Other bytes than these were sent; nothing of them stays. */
  | { readonly kind: 'wrong' };

/** A part nobody went on with for this long is not waited for. */
const PART_LIVES_MS = 7 * 24 * 60 * 60 * 1000;

export class ArrivingBlobs {
  readonly #folder: string;
  readonly #keep: (path: string, blobId: BlobId) => Promise<void>;
  readonly #underWay = new Map<BlobId, Promise<Arrival>>();

  /** @param keep moves what is whole to its place */
  constructor(folder: string, keep: (path: string, blobId: BlobId) => Promise<void>) {
    this.#folder = folder;
    this.#keep = keep;
  }

  /** Who asks for what is under way already shares it: two writers would spoil the part. */
  arrive(blobId: BlobId, openAt: (start: number) => Promise<ArrivingBytes>): Promise<Arrival> {
    const underWay = this.#underWay.get(blobId);
    if (underWay !== undefined) return underWay;
    const arriving = this.#arrive(blobId, openAt).finally(() => this.#underWay.delete(blobId));
    this.#underWay.set(blobId, arriving);
    return arriving;
  }

  async remove(blobId: BlobId): Promise<void> {
    await rm(this.#pathOf(blobId), { force: true });
  }

  /** Drops parts that nobody wants any more, or has not gone on with for a week. */
  async sweep(nowMs: number, isWanted: (blobId: BlobId) => boolean): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const id = blobIdSchema.safeParse(name);
      if (id.success && this.#underWay.has(id.data)) continue;
      const { mtimeMs } = await stat(join(this.#folder, name));
      const isOld = nowMs - mtimeMs > PART_LIVES_MS;
      if (isOld || !id.success || !isWanted(id.data))
        await rm(join(this.#folder, name), { force: true });
    }
  }

  async #arrive(
    blobId: BlobId,
    openAt: (start: number) => Promise<ArrivingBytes>,
  ): Promise<Arrival> {
    const part = await hashed(this.#pathOf(blobId));
    const arrival = await this.#goOn(blobId, part, openAt);
    // The part may have been the wrong one, after a crash or by a server that lies about ranges: once more, from nothing.
    if (arrival.kind === 'whole' || part.sizeBytes === 0) return arrival;
    return this.#goOn(blobId, nothing(), openAt);
  }

  async #goOn(
    blobId: BlobId,
    part: Part,
    openAt: (start: number) => Promise<ArrivingBytes>,
  ): Promise<Arrival> {
    const path = this.#pathOf(blobId);
    const arrived = isWhole(part, blobId) ? part : await receive(path, part, openAt);
    if (arrived === undefined || !isWhole(arrived, blobId)) {
      await this.remove(blobId);
      return { kind: 'wrong' };
    }
    await this.#keep(path, blobId);
    return { kind: 'whole', sizeBytes: arrived.sizeBytes };
  }

  #pathOf(blobId: BlobId): string {
    return join(this.#folder, blobId);
  }
}

interface Part {
  readonly hash: Hash;
  sizeBytes: number;
}

const nothing = (): Part => ({ hash: createHash('sha256'), sizeBytes: 0 });

const isWhole = ({ hash }: Part, blobId: BlobId) => hash.copy().digest('hex') === blobId;

async function hashed(path: string): Promise<Part> {
  const part = nothing();
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      part.hash.update(chunk);
      part.sizeBytes += chunk.length;
    }
    return part;
  } catch {
    // There is none, or none that can be read.
    return nothing();
  }
}

/** Undefined where they go on somewhere else, or are more than any file has. */
async function receive(
  path: string,
  here: Part,
  openAt: (start: number) => Promise<ArrivingBytes>,
): Promise<Part | undefined> {
  const { start, bytes } = await openAt(here.sizeBytes);
  const part = start === 0 ? nothing() : here;
  if (start !== part.sizeBytes) return undefined;
  const file = await open(path, part.sizeBytes === 0 ? 'w' : 'a', 0o600);
  try {
    for await (const chunk of bytes) {
      if (part.sizeBytes + chunk.byteLength > MAX_BLOB_BYTES) return undefined;
      await file.writeFile(chunk);
      part.hash.update(chunk);
      part.sizeBytes += chunk.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  // What was here before may have been removed meanwhile, by a wipe: the hash counts it, and the file does not hold it.
  return (await sizeOf(path)) === part.sizeBytes ? part : undefined;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
