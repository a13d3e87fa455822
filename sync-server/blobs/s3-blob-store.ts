// Bytes in a bucket: `blobs/<workspace>/<hash>`. What is on its way lies on this disk until it is whole and its hash is known.
// Customers and devices get them from here, never from the store itself: who may have what is asked at each request. [B1, V2]

import type { Readable } from 'node:stream';
import { rm } from 'node:fs/promises';
import { blobId, type WorkspaceId, workspaceId } from '../protocol/ids.ts';
import type { BlobPlace, BlobStore, ByteRange, KeptBlob, ReceivedFile } from './blob-store.ts';
import type { IncomingFolder } from './incoming-folder.ts';
import type { S3Bucket } from './s3-bucket.ts';

const PREFIX = 'blobs/';

export class S3BlobStore implements BlobStore {
  readonly #bucket: S3Bucket;
  readonly #incoming: IncomingFolder;

  constructor(bucket: S3Bucket, incoming: IncomingFolder) {
    this.#bucket = bucket;
    this.#incoming = incoming;
  }

  receive<T>(
    bytes: AsyncIterable<Uint8Array>,
    use: (file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    return this.#incoming.receive(bytes, use);
  }

  /** A store shows an object only when all of it has come. [F1] */
  async adopt(workspaceId: WorkspaceId, { path, blobId, sizeBytes }: ReceivedFile): Promise<void> {
    await this.#bucket.put(keyOf({ workspaceId, blobId }), { path, sizeBytes, sha256: blobId });
    await rm(path, { force: true });
  }

  open(place: BlobPlace, range?: ByteRange): Promise<Readable | undefined> {
    return this.#bucket.open(keyOf(place), range);
  }

  sizeOf(place: BlobPlace): Promise<number | undefined> {
    return this.#bucket.sizeOf(keyOf(place));
  }

  remove(place: BlobPlace): Promise<void> {
    return this.#bucket.remove(keyOf(place));
  }

  async *list(): AsyncIterable<KeptBlob> {
    for await (const { key, storedAtMs } of this.#bucket.list(PREFIX)) {
      const [, office, name, ...more] = key.split('/');
      const found = { office: workspaceId.safeParse(office), named: blobId.safeParse(name) };
      if (more.length > 0 || !found.office.success || !found.named.success) continue;
      yield { workspaceId: found.office.data, blobId: found.named.data, keptAtMs: storedAtMs };
    }
  }
}

function keyOf({ workspaceId, blobId }: BlobPlace): string {
  return `${PREFIX}${workspaceId}/${blobId}`;
}
