// The bytes of an attachment: from this disk, or fetched, checked and kept for the next time. [B1]

import type { Readable } from 'node:stream';
import { BROWSER_IMAGE_TYPES, REDACTED_BLOB_ID } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import type { FileForm } from '../api/files-contract.ts';
import { AppError } from '../errors.ts';
import type { Mirror } from '../mirror/database.ts';
import { findRecord } from '../mirror/records.ts';
import { allMutations } from '../outbox/outbox.ts';
import type { Clock, Host } from '../host.ts';
import type { BlobAnswer, ServerClient } from '../session/server-client.ts';
import type { BlobStore } from './blob-store.ts';
import { sniff } from './add-file.ts';
import { addBlob, findBlob, UNKNOWN_TYPE } from './blobs.ts';
import type { FilePace } from './file-pace.ts';
import { queueFetched, queueFileJobs } from './file-job-queue.ts';
import { markUsed } from './keeping.ts';
import { localRenditions, renditionsOf } from './renditions.ts';

type Picture = Exclude<FileForm, 'original'>;

export interface OpenedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly bytes: Readable;
}

export interface OpenAttachmentParts {
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  readonly server: ServerClient;
  readonly host: Pick<Host, 'clock'>;
  readonly pace: FilePace;
  now(): string;
}

/** @throws AppError `not-there`, `blob-missing`, `blob-damaged`, `not-online` */
export async function openAttachment(
  parts: OpenAttachmentParts,
  attachmentId: string,
  form: FileForm = 'original',
): Promise<OpenedFile> {
  const attachment = describedAttachment(parts.mirror, attachmentId);
  if (attachment === undefined) throw new AppError('not-there');
  if (attachment.blobId === REDACTED_BLOB_ID)
    throw new AppError('not-there', {
      sentence: `“${attachment.name}” was removed for good. Its bytes are nowhere any more.`,
    });
  if (form === 'original') return openDescribed(parts, attachment);
  if (renditionsOf(parts.mirror, attachment) === undefined) wantPictures(parts, attachment);
  return openPicture(parts, attachment, form);
}

async function openPicture(
  parts: OpenAttachmentParts,
  file: Described,
  form: Picture,
): Promise<OpenedFile> {
  const picture = pictureOf(parts.mirror, file, form);
  try {
    return await openDescribed(parts, picture);
  } catch (error) {
    const standIn = error instanceof AppError ? await standInFor(parts, file, form) : undefined;
    if (standIn === undefined) throw error;
    return openDescribed(parts, standIn);
  }
}

/**
 * For a picture that cannot be had now, of a file that lies here: the one made here, or the file itself where a browser can show
 * it. Where none was made here yet, one is. (D8)
 */
async function standInFor(
  parts: OpenAttachmentParts,
  file: Described,
  form: Picture,
): Promise<Described | undefined> {
  const { mirror, blobs } = parts;
  if ((await blobs.sizeOf(file.blobId)) === undefined) return undefined;
  const made = localRenditions(mirror, file.blobId);
  if (made === undefined) wantPictures(parts, file);
  const blobId = made?.[form];
  if (typeof blobId === 'string' && (await blobs.sizeOf(blobId)) !== undefined)
    return pictureIn(file, blobId);
  return BROWSER_IMAGE_TYPES.has(file.mediaType) ? file : undefined;
}

/** Small files are fetched to be seen; a large one waits until somebody opens it. */
const FETCHED_UNASKED_BYTES = 5 * 1024 * 1024;

/** Has pictures made of a file nobody has made any of yet, a customer's upload for one; they are on the page later. (D5) */
function wantPictures(parts: OpenAttachmentParts, file: Described): void {
  const { mirror, blobs, now } = parts;
  const queue = async () => {
    if ((await blobs.sizeOf(file.blobId)) === undefined) {
      if (file.sizeBytes > FETCHED_UNASKED_BYTES) return;
      await keepBlob(parts, file);
    }
    mirror.transact((writable) =>
      queueFileJobs(writable, { id: file.blobId, mediaType: file.mediaType }, now()),
    );
  };
  // Offline, or gone: the next look asks again.
  queue().catch(() => undefined);
}

async function openDescribed(parts: OpenAttachmentParts, asked: Described): Promise<OpenedFile> {
  const { blobId, name, mediaType } = asked;
  await keepBlob(parts, asked);
  noteUse(parts, blobId);
  const sizeBytes = await parts.blobs.sizeOf(blobId);
  if (sizeBytes === undefined) throw new AppError('blob-missing');
  return { name, mediaType, sizeBytes, bytes: parts.blobs.read(blobId) };
}

/** Who looks at a file waits for no disk, and sees it on a full one too. [F2] */
function noteUse({ mirror, now }: OpenAttachmentParts, blobId: BlobId): void {
  try {
    mirror.transact((writable) => markUsed(writable, blobId, now()), 'soon');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

export interface BlobToKeep {
  readonly blobId: BlobId;
  /** Where no record says it, the bytes do. */
  readonly mediaType?: string;
}

/** Fetches bytes that are not on this disk. @throws AppError `blob-missing`, `blob-damaged`, `not-online` */
export function keepBlob(parts: OpenAttachmentParts, file: BlobToKeep): Promise<void> {
  const { mirror, blobs } = parts;
  const { blobId } = file;
  return blobs.pinning(async (pin) => {
    await pin(blobId);
    const sizeBytes = await blobs.sizeOf(blobId);
    if (sizeBytes === undefined) await fetchBlob(parts, file);
    // Ended between the bytes and the row that tells of them: they came whole, or they would not have their name.
    else if (findBlob(mirror, blobId) === undefined) await noteFetched(parts, file, sizeBytes);
  });
}

async function noteFetched(
  { mirror, blobs, now }: OpenAttachmentParts,
  { blobId, mediaType }: BlobToKeep,
  sizeBytes: number,
): Promise<void> {
  const said = mediaType ?? (await sniff(blobs.pathOf(blobId))).mediaType;
  const blob = { id: blobId, mediaType: said ?? UNKNOWN_TYPE, sizeBytes };
  const at = now();
  mirror.transact((writable) => {
    addBlob(writable, blob, { addedAt: at, uploadedAt: at });
    queueFetched(writable, blob, at);
  });
}

/** A file taken in for a draft, which no record names yet. @throws AppError `not-there` */
export async function openLocalBlob(
  { mirror, blobs }: Pick<OpenAttachmentParts, 'mirror' | 'blobs'>,
  draftBlobId: string,
  form: FileForm = 'original',
): Promise<OpenedFile> {
  const draft = findBlob(mirror, draftBlobId);
  if (draft === undefined) throw new AppError('not-there');
  const described = { ...draft, blobId: draft.id, name: 'draft' };
  const blob =
    form === 'original' ? draft : findBlob(mirror, pictureOf(mirror, described, form).blobId);
  if (blob === undefined || (await blobs.sizeOf(blob.id)) === undefined)
    throw new AppError('not-there');
  const { mediaType, sizeBytes } = blob;
  return { name: 'draft', mediaType, sizeBytes, bytes: blobs.read(blob.id) };
}

interface Described {
  readonly blobId: BlobId;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly renditions?: Renditions;
}

/**
 * A picture made of a file. Until it is made, the file itself stands in for it where a browser can show it.
 *
 * @throws AppError `not-there`
 */
function pictureOf(mirror: Mirror, file: Described, form: Picture): Described {
  const blobId = renditionsOf(mirror, file)?.[form];
  if (typeof blobId === 'string') return pictureIn(file, blobId);
  const isSmall = file.sizeBytes <= FETCHED_UNASKED_BYTES || form === 'preview';
  if (blobId === undefined && BROWSER_IMAGE_TYPES.has(file.mediaType) && isSmall) return file;
  throw new AppError('not-there');
}

/** "IMG_4471.HEIC" -> "IMG_4471.jpg" */
function pictureIn(file: Described, blobId: BlobId): Described {
  const name = `${file.name.replace(/\.[^.]{1,12}$/, '')}.jpg`;
  return { ...file, blobId, name, mediaType: 'image/jpeg' };
}

/** In the mirror, or named by a parked mutation, whose effect is off the screen but whose files are kept. [P3] */
function describedAttachment(mirror: Mirror, attachmentId: string): Described | undefined {
  const record = findRecord(mirror, 'attachment', attachmentId);
  if (record !== undefined) return record;
  for (const { args } of allMutations(mirror)) {
    const { attachments } = args as {
      attachments?: readonly (Described & { attachmentId: string })[];
    };
    const named = attachments?.find((file) => file.attachmentId === attachmentId);
    if (named !== undefined) return named;
  }
  return undefined;
}

async function fetchBlob(parts: OpenAttachmentParts, file: BlobToKeep): Promise<void> {
  const { blobs, server, host, pace } = parts;
  const { blobId } = file;
  const arrival = await blobs.arrive(blobId, async (start) => {
    const answer = await askFor(server, blobId, start);
    if (answer.start !== start && answer.start !== 0) answer.bytes.destroy();
    return { start: answer.start, bytes: pace.download(moving(answer.bytes, host.clock)) };
  });
  if (arrival.kind !== 'whole') throw new AppError('blob-damaged');
  await noteFetched(parts, file, arrival.sizeBytes);
}

async function askFor(server: ServerClient, blobId: BlobId, start: number): Promise<BlobAnswer> {
  try {
    return await server.getBlob(blobId, start);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    if (cause.kind === 'server-unreachable') throw new AppError('not-online', { cause });
    if (cause.kind === 'not-there') throw new AppError('blob-missing', { cause });
    throw cause;
  }
}

/** A line that moves nothing for this long is given up; the next try goes on where it stopped. */
const STALLED_MS = 60_000;

/** @throws AppError `not-online` where the line breaks, or stands still */
async function* moving(bytes: Readable, clock: Clock): AsyncGenerator<Uint8Array> {
  const giveUp = () => bytes.destroy(new Error('The line stands still.'));
  let cancel = clock.after(STALLED_MS, giveUp);
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      cancel();
      yield chunk;
      cancel = clock.after(STALLED_MS, giveUp);
    }
  } catch (cause) {
    throw new AppError('not-online', { cause });
  } finally {
    cancel();
    bytes.destroy();
  }
}
