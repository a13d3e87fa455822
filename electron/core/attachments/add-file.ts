// A file on its way in: copied, hashed and safe on this disk before the screen says "added". [B1] (D2, D4)

import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { MEDIA_TYPES } from '../../../sync-server/protocol/blobs.ts';
import { bytesOf } from '../../../sync-server/protocol/file-bytes.ts';
import { foreignKindOf } from '../../../sync-server/protocol/foreign-kinds.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { mediaTypeOf } from '../../../sync-server/protocol/media-type.ts';
import { MAX_NAME_LENGTH } from '../../../sync-server/protocol/values.ts';
import type { AddFileResult } from '../api/files-contract.ts';
import type { Mirror } from '../mirror/database.ts';
import { keepFromWiping } from '../mirror/redactions.ts';
import type { Pin } from './blob-pins.ts';
import type { BlobStore } from './blob-store.ts';
import { addBlob, removeUnnoted } from './blobs.ts';
import { queueFileJobs } from './file-job-queue.ts';

const SUPPORTED = 'Docket takes pictures, PDF, Word, Excel, Numbers, HEIC and plain text.';

export interface AddFileParts {
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  now(): string;
}

/** What cannot be taken is refused with a sentence that names it; nothing of it stays. */
export async function addFile(
  parts: AddFileParts,
  fileName: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<AddFileResult> {
  const taken: BlobId[] = [];
  try {
    return await parts.blobs.pinning((pin) =>
      takeIn(parts, shownName(fileName), bytes, async (blobId) => {
        taken.push(blobId);
        await pin(blobId);
      }),
    );
  } catch (error) {
    await removeUnnoted(parts, taken);
    throw error;
  }
}

/** Pinned from before the bytes have their name until the row that tells of them stands. */
async function takeIn(
  { mirror, blobs, now }: AddFileParts,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  pin: Pin,
): Promise<AddFileResult> {
  let found: Sniffed = {};
  const result = await blobs.take(bytes, async (path, blobId) => {
    await pin(blobId);
    found = await sniff(path);
    return found.mediaType !== undefined;
  });
  const { mediaType, foreignKind } = found;
  const refuse = (sentence: string): AddFileResult => ({ kind: 'refused', name, sentence });
  if (result.kind === 'empty')
    return refuse(`“${name}” is empty. Choose a file that has something in it.`);
  if (result.kind === 'too-large')
    return refuse(`“${name}” is larger than 25 MB. Make it smaller, or send it another way.`);
  if (result.kind === 'unwanted' || mediaType === undefined)
    return refuse(`“${name}” is ${foreignKind ?? 'of a kind Docket does not know'}. ${SUPPORTED}`);
  const { blobId, sizeBytes } = result;
  const blob = { id: blobId, mediaType, sizeBytes };
  const addedAt = now();
  mirror.transact((writable) => {
    addBlob(writable, blob, { addedAt, uploadedAt: null });
    queueFileJobs(writable, blob, addedAt);
    keepFromWiping(writable, [blobId]);
  });
  const typeName = MEDIA_TYPES[mediaType] ?? 'File';
  return { kind: 'added', blobId, name, mediaType, typeName, sizeBytes };
}

/** The last part of whatever path came along, without control and direction characters, at most 200 long, ending kept. */
export function shownName(fileName: string): string {
  const last = fileName.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '').trim();
  if (clean === '') return 'Unnamed file';
  if (clean.length <= MAX_NAME_LENGTH) return clean;
  const ending = /\.[^.]{1,12}$/.exec(clean)?.[0] ?? '';
  return `${clean.slice(0, MAX_NAME_LENGTH - ending.length - 1).toWellFormed()}…${ending}`;
}

/** A name a person typed is no path, whatever is in it: "Offer 12/2026.txt" -> "Offer 12-2026.txt". (D9) */
export function typedName(typed: string): string {
  return shownName(typed.replace(/[/\\]/g, '-'));
}

export interface Sniffed {
  /** Undefined where it is not supported. */
  readonly mediaType?: string | undefined;
  /** What it is then, as it follows "is"; undefined where nobody knows. */
  readonly foreignKind?: string | undefined;
}

/** What a file on disk is, by its content; of a large one only the places that tell are read. (D1) */
export async function sniff(path: string): Promise<Sniffed> {
  const file = await open(path);
  try {
    const bytes = bytesOf(file, (await file.stat()).size);
    const signature = await signatureOf(path);
    const mediaType = await mediaTypeOf(bytes, signature);
    if (mediaType !== undefined) return { mediaType };
    return { foreignKind: await foreignKindOf(bytes, signature) };
  } finally {
    await file.close();
  }
}

/** A damaged file may confuse the library; it is then of no known type. */
async function signatureOf(path: string): Promise<string | undefined> {
  try {
    return (await fileTypeFromFile(path))?.mime;
  } catch {
    return undefined;
  }
}
