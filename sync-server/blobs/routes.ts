// Files up and down, for members. Bytes come before the records that name them. [B1, B2]

import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireStaff, type StaffDeps, staffOf } from '../auth/staff.ts';
import { AppError } from '../errors.ts';
import { blobId, type BlobId } from '../protocol/ids.ts';
import type { BlobAsked, BlobRow, Storage } from '../storage/storage.ts';
import type { BlobStore } from './blob-store.ts';
import { readRange } from './byte-range.ts';
import { registerUploads, type UploadDeps } from './upload-routes.ts';

export interface BlobDeps extends StaffDeps, UploadDeps {
  readonly storage: Storage;
  readonly blobs: BlobStore;
}

interface BlobRoute {
  Params: { blobId: string };
}

/** Registered in a scope of its own: bodies are handed on as streams here. */
export async function registerBlobs(app: FastifyInstance, deps: BlobDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    done(null, payload);
  });
  app.addHook('onRequest', requireStaff(deps));

  // "Is it there already?": a device asks before it sends, and again for what it has sent and not yet named. [B4]
  app.head<BlobRoute>('/api/blobs/:blobId', async (request, reply) => {
    const blob = await deps.keeper.claim(askedIn(request));
    if (blob === undefined) throw new AppError('not-found');
    return reply.headers(blobHeaders(blob)).header('content-length', blob.sizeBytes).send();
  });
  app.get<BlobRoute>('/api/blobs/:blobId', (request, reply) => getBlob(deps, request, reply));
  // In one piece, as devices of version 1 send. [H9]
  app.put<BlobRoute>('/api/blobs/:blobId', async (request, reply) => {
    const asked = askedIn(request);
    if ((await deps.keeper.claim(asked)) !== undefined) return reply.code(204).send();
    await deps.keeper.takeAs(asked, bodyOf(request));
    return reply.code(201).send();
  });
  registerUploads(app, {
    ...deps,
    path: '/api/uploads',
    uploaderOf: (request) => {
      const { workspaceId, clientId } = staffOf(request);
      return { workspaceId, key: `device:${clientId}` };
    },
  });
  await Promise.resolve();
}

async function getBlob(deps: BlobDeps, request: FastifyRequest<BlobRoute>, reply: FastifyReply) {
  const { place, blob } = await findBlob(deps, request);
  const range = readRange(rangeOf(request, blob), blob.sizeBytes);
  if (range === 'not-there') {
    reply.header('content-range', `bytes */${blob.sizeBytes}`);
    throw new AppError('range-not-there');
  }
  const bytes = await deps.blobs.open(place, range);
  if (bytes === undefined) throw new AppError('not-found');
  reply.headers(blobHeaders(blob));
  if (range === undefined) return reply.header('content-length', blob.sizeBytes).send(bytes);
  return reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${blob.sizeBytes}`)
    .header('content-length', range.end - range.start + 1)
    .send(bytes);
}

/** Who has a part of something else under this name wants the whole. */
function rangeOf({ headers }: FastifyRequest<BlobRoute>, { blobId: id }: BlobRow) {
  const wanted = headers['if-range'];
  return wanted === undefined || wanted === `"${id}"` ? headers.range : undefined;
}

/** Absent, another office's, a colleague's own and not even an id: the same answer. [V2] */
async function findBlob({ storage, blobs }: BlobDeps, request: FastifyRequest<BlobRoute>) {
  const { memberId, ...place } = askedIn(request);
  const blob = await storage.blobFor({ memberId, ...place });
  if (blob === undefined || (await blobs.sizeOf(place)) === undefined)
    throw new AppError('not-found');
  return { place, blob };
}

function askedIn(request: FastifyRequest<BlobRoute>): BlobAsked {
  const { workspaceId, memberId } = staffOf(request);
  return { workspaceId, memberId, blobId: blobIdOf(request.params.blobId) };
}

function blobIdOf(text: string): BlobId {
  const parsed = blobId.safeParse(text);
  if (!parsed.success) throw new AppError('not-found');
  return parsed.data;
}

function bodyOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  // Without a body Fastify runs no parser.
  return (request.body as Readable | undefined | null) ?? noBytes();
}

async function* noBytes(): AsyncIterable<Uint8Array> {
  // Nothing to hand on.
}

/** What a customer or colleague uploaded is never shown by the browser as a page of ours. */
function blobHeaders({ blobId: id, mediaType }: BlobRow) {
  return {
    'accept-ranges': 'bytes',
    'cache-control': 'private, immutable, max-age=31536000',
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': mediaType,
    etag: `"${id}"`,
    'x-content-type-options': 'nosniff',
  };
}
