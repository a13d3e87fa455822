// Hands a visible file to its customer: always as a download, but for pictures every browser shows by itself.

import type { FastifyReply } from 'fastify';
import type { CustomerIdentity } from '../auth/customer.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { readRange } from '../blobs/byte-range.ts';
import { AppError } from '../errors.ts';
import { BROWSER_IMAGE_TYPES, MEDIA_TYPES } from '../protocol/blobs.ts';
import { shownFileName } from '../protocol/shown-name.ts';
import type { RecordReader } from '../storage/storage.ts';
import { attachmentForCustomer } from './customer-reads.ts';

export interface DownloadDeps {
  readonly storage: RecordReader;
  readonly blobs: BlobStore;
}

export interface Download {
  readonly customer: CustomerIdentity;
  readonly attachmentId: string;
  /** The page wants to show it rather than save it. */
  readonly wantsInline: boolean;
  readonly headers: {
    readonly range?: string | undefined;
    readonly 'if-none-match'?: string | undefined;
  };
}

/** @returns false where there is no such file for this customer; nothing was sent then. [V2] */
export async function sendDownload(
  { storage, blobs }: DownloadDeps,
  { customer, attachmentId, wantsInline, headers }: Download,
  reply: FastifyReply,
): Promise<boolean> {
  const attachment = await attachmentForCustomer(storage, customer, attachmentId);
  if (attachment === undefined) return false;
  const place = { workspaceId: customer.workspaceId, blobId: attachment.blobId };
  const sizeBytes = await blobs.sizeOf(place);
  if (sizeBytes === undefined) return false;
  // An attachment's bytes never change, so its id is tag enough; visibility is asked again before a copy is shown.
  const tag = `"${attachment.id}"`;
  reply
    .header('cache-control', 'private, no-cache')
    .header('etag', tag)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('accept-ranges', 'bytes');
  if (headers['if-none-match'] === tag) {
    await reply.code(304).send();
    return true;
  }
  // A download that broke off goes on where it stopped.
  const range = readRange(headers.range, sizeBytes);
  if (range === 'not-there') throw new AppError('range-not-there');
  const isInline = wantsInline && BROWSER_IMAGE_TYPES.has(attachment.mediaType);
  if (isInline) reply.header('content-security-policy', PICTURE_POLICY);
  if (range !== undefined)
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
  await reply
    .type(safeMediaType(attachment.mediaType))
    .header('content-length', String(range === undefined ? sizeBytes : range.end - range.start + 1))
    .header('content-disposition', disposition(isInline ? 'inline' : 'attachment', attachment.name))
    .send(await blobs.open(place, range));
  return true;
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
