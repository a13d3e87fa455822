// Hands a visible file to its customer: always as a download, but for pictures every browser shows by itself.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomerIdentity } from '../auth/customer.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { BROWSER_IMAGE_TYPES, MEDIA_TYPES } from '../protocol/blobs.ts';
import type { RecordReader } from '../storage/storage.ts';
import { attachmentForCustomer } from './customer-reads.ts';
import { shownFileName } from './words.ts';

export interface DownloadDeps {
  readonly storage: RecordReader;
  readonly blobs: BlobStore;
}

export interface Download {
  readonly customer: CustomerIdentity;
  readonly attachmentId: string;
  /** The page wants to show it rather than save it. */
  readonly wantsInline: boolean;
}

/** @returns false where there is no such file for this customer; nothing was sent then. [V2] */
export async function sendDownload(
  { storage, blobs }: DownloadDeps,
  { customer, attachmentId, wantsInline }: Download,
  request: FastifyRequest,
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
    .header('content-security-policy', "default-src 'none'; sandbox");
  if (request.headers['if-none-match'] === tag) {
    await reply.code(304).send();
    return true;
  }
  const isInline = wantsInline && BROWSER_IMAGE_TYPES.has(attachment.mediaType);
  await reply
    .type(safeMediaType(attachment.mediaType))
    .header('content-length', String(sizeBytes))
    .header('content-disposition', disposition(isInline ? 'inline' : 'attachment', attachment.name))
    .send(await blobs.open(place));
  return true;
}

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
