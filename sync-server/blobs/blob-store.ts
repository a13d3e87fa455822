// Bytes named by their SHA-256, each office's apart from every other's. Whoever implements it must pass
// test/contracts/blob-store-contract.ts. [B1] (J2)

import type { Readable } from 'node:stream';
import type { BlobId, WorkspaceId } from '../protocol/ids.ts';

export interface BlobStore {
  /**
   * Takes bytes in: hashed while streaming to a temporary file, then shown to `inspect`, then permanent. Where the hash is
   * another, the bytes are too many or `inspect` throws, nothing stays behind.
   *
   * @param inspect sees the whole file at `path`; what it answers is answered
   * @throws AppError `blob-hash-wrong`, `blob-too-large`, `blob-empty`
   */
  put<T>(
    place: BlobPlace,
    bytes: AsyncIterable<Uint8Array>,
    inspect: (file: ReceivedFile) => Promise<T>,
  ): Promise<T>;
  /** The bytes, or the part from `start` to `end` (both counted in); undefined where there are none. */
  open(place: BlobPlace, range?: ByteRange): Promise<Readable | undefined>;
  sizeOf(place: BlobPlace): Promise<number | undefined>;
}

export interface BlobPlace {
  readonly workspaceId: WorkspaceId;
  readonly blobId: BlobId;
}

export interface ReceivedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
