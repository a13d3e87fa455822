// Hands a visible file to its customer: always as a download, but for pictures every browser shows by itself.

import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { CustomerIdentity } from '../auth/customer.ts';
import type { BlobPlace, BlobStore } from '../blobs/blob-store.ts';
import { readRange } from '../blobs/byte-range.ts';
import { AppError } from '../errors.ts';
import { MEDIA_TYPES } from '../protocol/blobs.ts';
import { CLEANING_VERSION } from '../protocol/location/without-location.ts';
import { shownFileName } from '../protocol/shown-name.ts';
import type { BlobRow, BlobRows, RecordReader } from '../storage/storage.ts';
import type { CleanedCopies, CleanedCopy } from './cleaned-copies.ts';
import { attachmentForCustomer } from './customer-reads.ts';
import { type FileForm, type ServedFile, servedFile } from './served-file.ts';

export interface DownloadDeps {
  readonly storage: RecordReader & BlobRows;
  readonly blobs: BlobStore;
  readonly copies: CleanedCopies;
}

export interface Download {
  readonly customer: CustomerIdentity;
  readonly attachmentId: string;
  readonly form: FileForm;
  readonly headers: {
    readonly range?: string | undefined;
    readonly 'if-range'?: string | undefined;
    readonly 'if-none-match'?: string | undefined;
  };
}

/** `not-there` and `not-ready` have sent nothing. [V2] */
export type DownloadOutcome = 'sent' | 'not-there' | 'not-ready';

export async function sendDownload(
  { storage, blobs, copies }: DownloadDeps,
  { customer, attachmentId, form, headers }: Download,
  reply: FastifyReply,
): Promise<DownloadOutcome> {
  const attachment = await attachmentForCustomer(storage, customer, attachmentId);
  const file = attachment && servedFile(attachment, form);
  if (attachment === undefined || file === undefined) return 'not-there';
  const place = { workspaceId: customer.workspaceId, blobId: file.blobId };
  const row = await storage.blob(place.workspaceId, place.blobId);
  if (row === undefined || (await blobs.sizeOf(place)) === undefined) return 'not-there';
  const tag = tagOf(attachment.id, form, file);
  if (headers['if-none-match'] === tag) {
    await reply.headers(privateHeaders(tag)).code(304).send();
    return 'sent';
  }
  const isOwn =
    attachment.author.kind === 'customer' && attachment.author.customerId === customer.customerId;
  const bytes = await bytesFor(copies, place, { file, row, isOwn });
  if (bytes === undefined) return 'not-ready';
  const mediaType = form === 'thumbnail' ? row.mediaType : file.mediaType;
  await sendBytes(blobs, reply.headers(privateHeaders(tag)), {
    bytes,
    file,
    mediaType,
    range: rangeOf(headers, tag),
  });
  return 'sent';
}

/** Another one as soon as other bytes are given, or the same under another name. */
function tagOf(attachmentId: string, form: FileForm, { blobId, how, name }: ServedFile): string {
  const hash = createHash('sha256').update(
    [attachmentId, form, blobId, how, CLEANING_VERSION, name].join('\n'),
  );
  return `"${hash.digest('base64url')}"`;
}

/** Who has a part of what was given before wants the whole. */
function rangeOf(headers: Download['headers'], tag: string): string | undefined {
  const wanted = headers['if-range'];
  return wanted === undefined || wanted === tag ? headers.range : undefined;
}

type Bytes = Exclude<CleanedCopy, { kind: 'cannot-tell' }>;

interface Wanted {
  readonly file: ServedFile;
  /** What the server found in the bytes. */
  readonly row: BlobRow;
  /** Sent by this very customer: where nobody can tell what is in it, it is still theirs. */
  readonly isOwn: boolean;
}

/** Undefined where nobody can tell what is in it: but for who sent it, it is not handed on. */
async function bytesFor(
  copies: CleanedCopies,
  place: BlobPlace,
  { file, row, isOwn }: Wanted,
): Promise<Bytes | undefined> {
  const asItIs = { kind: 'kept', place, sizeBytes: row.sizeBytes } as const;
  if (file.how === 'as-it-is') return asItIs;
  // What is called otherwise than its bytes are is looked through by nobody; a copy is one of the bytes, whatever they are called.
  if (file.mediaType === row.mediaType) {
    const copy = await copies.of(place, row.mediaType);
    if (copy.kind !== 'cannot-tell') return copy;
  }
  return isOwn ? asItIs : undefined;
}

interface Sending {
  readonly bytes: Bytes;
  readonly file: ServedFile;
  readonly mediaType: string;
  readonly range: string | undefined;
}

/** A download that broke off goes on where it stopped. */
async function sendBytes(
  blobs: BlobStore,
  reply: FastifyReply,
  { bytes, file, mediaType, range: asked }: Sending,
): Promise<void> {
  const { sizeBytes } = bytes;
  const range = readRange(asked, sizeBytes);
  if (range === 'not-there') throw new AppError('range-not-there');
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
  if (file.isInline) reply.header('content-security-policy', PICTURE_POLICY);
  if (range !== undefined)
    reply.code(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`);
  await reply
    .type(safeMediaType(mediaType))
    .header('content-length', String(end - start + 1))
    .header('content-disposition', disposition(file.isInline ? 'inline' : 'attachment', file.name))
    .send(
      bytes.kind === 'held'
        ? bytes.bytes.subarray(start, end + 1)
        : await blobs.open(bytes.place, range),
    );
}

function privateHeaders(tag: string) {
  return {
    'cache-control': 'private, no-cache',
    etag: tag,
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  };
}

/** Browsers show a picture in a page of their own, which needs its inline style to fit the window. */
const PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

function safeMediaType(mediaType: string): string {
  return Object.hasOwn(MEDIA_TYPES, mediaType) ? mediaType : 'application/octet-stream';
}

/** RFC 6266: a plain name for old browsers and the true one, percent-encoded, for all others. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const shown = shownFileName(name).replace(/[/\\]/g, '_');
  const plain = shown.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(shown).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
