// One file to the server: asked for first, gone on with where it stopped, and what went wrong told apart. [B1, B3]

import { Readable } from 'node:stream';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { AppError } from '../errors.ts';
import type { ServerClient } from '../session/server-client.ts';
import type { BlobStore } from './blob-store.ts';
import type { FilePace } from './file-pace.ts';
import type { BlobToUpload } from './transfers.ts';

export interface Sending {
  readonly blobs: BlobStore;
  readonly server: ServerClient;
  readonly pace: FilePace;
  readonly signal: AbortSignal;
  /** Called before the first byte leaves. */
  onBegin(): void;
  /** Called with a function that says how many bytes are out, once they begin to be. */
  onBytes(sentBytes: () => number): void;
}

/**
 * Resolves when the server holds the bytes. What it holds already is not sent.
 *
 * @throws FileStuck where no other try can help
 * @throws AppError as the server or the network says; another try goes on where this one stopped
 */
export async function sendBlob(blob: BlobToUpload, sending: Sending): Promise<void> {
  const { id, sizeBytes } = blob;
  const { server, blobs } = sending;
  const begunAt = blob.isBegun ? await server.uploadOffset(id) : undefined;
  if (begunAt === undefined && (await server.hasBlob(id))) return;
  if ((await blobs.sizeOf(id)) !== sizeBytes) throw new FileStuck('gone');
  const offset = begunAt === undefined || begunAt > sizeBytes ? 0 : begunAt;
  if (!blob.isBegun) sending.onBegin();
  const file = blobs.read(id, offset);
  let readError: unknown = null;
  file.once('error', (error) => {
    readError = error;
  });
  let sentBytes = offset;
  sending.onBytes(() => sentBytes);
  const bytes = streamed(sending.pace.upload(file), (length) => {
    sentBytes += length;
  });
  try {
    await server.sendBytes({ blobId: id, offset, sizeBytes, bytes, signal: sending.signal });
  } catch (error) {
    if (readError !== null) throw new FileStuck('unreadable', readError);
    throw (await isDamaged(blobs, id, error)) ? new FileStuck('damaged', error) : unwanted(error);
  } finally {
    bytes.destroy();
    file.destroy();
  }
}

function streamed(pieces: AsyncIterable<Uint8Array>, onPiece: (length: number) => void): Readable {
  async function* counted() {
    for await (const piece of pieces) {
      yield piece;
      onPiece(piece.byteLength);
    }
  }
  return Readable.from(counted(), { objectMode: false });
}

export type StuckReason = 'gone' | 'unreadable' | 'damaged' | 'refused';

/** No other try can help: a person decides. */
export class FileStuck extends Error {
  readonly reason: StuckReason;

  constructor(reason: StuckReason, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** What happened to which file, and what to do. The server's own sentence where it gave one. */
export function stuckSentence({ reason, cause }: FileStuck, name: string): string {
  switch (reason) {
    case 'gone':
      return `“${name}” is no longer on this disk, so it could not be sent. Replace it, or go on without it.`;
    case 'unreadable':
      return `“${name}” cannot be read from this disk. Try again, or replace it.`;
    case 'damaged':
      return `“${name}” was damaged on this disk after it was added. Replace it, or go on without it.`;
    case 'refused': {
      const why = cause instanceof AppError ? cause.message : 'The server does not take it.';
      return `“${name}” was not taken: ${why}`;
    }
  }
}

const UNWANTED: ReadonlySet<string | null> = new Set([
  'blob-type-refused',
  'blob-too-large',
  'blob-empty',
]);

function unwanted(error: unknown): unknown {
  return error instanceof AppError && UNWANTED.has(error.serverSaid)
    ? new FileStuck('refused', error)
    : error;
}

/** The server found another hash: either the line spoiled it, or this disk did. [B1] */
async function isDamaged(blobs: BlobStore, id: BlobId, error: unknown): Promise<boolean> {
  if (!(error instanceof AppError) || error.serverSaid !== 'blob-hash-wrong') return false;
  return !(await blobs.isWhole(id));
}
