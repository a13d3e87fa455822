import type { FastifyReply } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.ts';
import { BROWSER_IMAGE_TYPES } from '../protocol/blobs.ts';
import type { WorkspaceId } from '../protocol/ids.ts';
import type { BlobRows } from '../storage/storage.ts';
import type { Brand } from './brand.ts';

interface Branded {
  readonly workspaceId: WorkspaceId;
  readonly brand: Brand | undefined;
}

/** @returns false where there is none to show; nothing was sent then */
export async function sendLogo(
  { storage, blobs }: { readonly storage: BlobRows; readonly blobs: BlobStore },
  whose: Branded | undefined,
  reply: FastifyReply,
): Promise<boolean> {
  const blobId = whose?.brand?.logoBlobId ?? null;
  if (whose === undefined || blobId === null) return false;
  const place = { workspaceId: whose.workspaceId, blobId };
  const row = await storage.blob(place.workspaceId, blobId);
  const bytes = row && (await blobs.open(place));
  if (row === undefined || bytes === undefined || !BROWSER_IMAGE_TYPES.has(row.mediaType))
    return false;
  await reply
    .header('cache-control', 'private, max-age=86400')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('content-length', String(row.sizeBytes))
    .type(row.mediaType)
    .send(bytes);
  return true;
}
