// Bytes named by their SHA-256, each office's apart from every other's. Whoever implements it must pass
// test/contracts/blob-store-contract.ts. [B1] (J2)

import type { Readable } from 'node:stream';
import type { BlobId, WorkspaceId } from '../protocol/ids.ts';

export interface BlobStore {
  /**
   * Receives bytes into a temporary file, hashed while streaming, and hands it to `use`. What `use` does not adopt is gone
   * when it ends, and so is everything where the bytes are too many, none, or break off.
   *
   * @throws AppError `blob-too-large`, `blob-empty`, `disk-full`
   */
  receive<T>(bytes: AsyncIterable<Uint8Array>, use: (file: ReceivedFile) => Promise<T>): Promise<T>;
  /** Makes a whole file on this disk permanent under its hash; it is no longer at `path` then. */
  adopt(workspaceId: WorkspaceId, file: ReceivedFile): Promise<void>;
  /** The bytes, or the part from `start` to `end` (both counted in); undefined where there are none. */
  open(place: BlobPlace, range?: ByteRange): Promise<Readable | undefined>;
  sizeOf(place: BlobPlace): Promise<number | undefined>;
  /** Removing what is not there changes nothing. */
  remove(place: BlobPlace): Promise<void>;
  /** Everything that is kept, in any order. What comes or goes meanwhile may be missed. */
  list(): AsyncIterable<KeptBlob>;
}

export interface BlobPlace {
  readonly workspaceId: WorkspaceId;
  readonly blobId: BlobId;
}

export interface KeptBlob extends BlobPlace {
  /** Unix time in milliseconds of when the bytes came. */
  readonly keptAtMs: number;
}

export interface ReceivedFile {
  readonly path: string;
  /** Of the bytes as they are. */
  readonly blobId: BlobId;
  readonly sizeBytes: number;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
