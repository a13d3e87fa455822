// Bytes up, by the tus protocol: they resume at the byte after a break or a restart of either side. [B3]

import { createHash } from 'node:crypto';
import { type Locker, MemoryLocker, Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, failureBody, failureForStatus } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import { type BlobId, blobId, type WorkspaceId } from '../protocol/ids.ts';
import type { BlobRow } from '../storage/storage.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import { KeyedLock } from './keyed-lock.ts';
import type { UploadStore } from './upload-store.ts';

export interface UploadDeps {
  readonly uploads: UploadStore;
  readonly keeper: BlobKeeper;
}

export interface UploadRoutes<U extends Uploader> extends UploadDeps {
  /** Where they are mounted, as the browser or device sees it: "/api/uploads". */
  readonly path: string;
  /** Who sends; asked of every request, after the scope's own check of who may come in. */
  uploaderOf(request: FastifyRequest): U | Promise<U>;
  /** After bytes are kept and before their sender is told. */
  onKept?(uploader: U, blob: BlobRow): Promise<void>;
}

/** Nobody sees, goes on with or disturbs an upload of another, not even one of the same bytes. [V2] */
export interface Uploader {
  readonly workspaceId: WorkspaceId;
  /** "device:…" or "customer:…" */
  readonly key: string;
}

/**
 * Mounts three routes in a scope whose bodies are handed on as streams: POST begins an upload, and may bring its bytes; HEAD
 * says how far it came; PATCH goes on. An upload is named by the SHA-256 its bytes will have, in the metadata `sha256` of
 * the POST and as the last part of the other two addresses. After the last byte the hash is compared and the type found;
 * what is wrong is refused with its sentence and nothing stays. A PATCH of no bytes repeats that end where its answer was lost.
 */
export function registerUploads<U extends Uploader>(
  app: FastifyInstance,
  routes: UploadRoutes<U>,
): void {
  const { path } = routes;
  const turns: Turns = { locker: new MemoryLocker(), finishing: new KeyedLock() };
  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const tus = tusFor(routes, await routes.uploaderOf(request), turns);
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    await tus.handle(request.raw, reply.raw);
  };
  app.post(path, handle);
  app.head(`${path}/:blobId`, handle);
  app.patch(`${path}/:blobId`, handle);
}

interface Turns {
  /** One request at a time goes on with an upload. */
  readonly locker: Locker;
  readonly finishing: KeyedLock;
}

/** A device that comes again has given up the request before: what still hangs there is cut off after this long. */
const DRAIN_MS = 200;

function tusFor<U extends Uploader>(
  routes: UploadRoutes<U>,
  uploader: U,
  { locker, finishing }: Turns,
): Server {
  const { path, uploads } = routes;
  return new Server({
    path,
    datastore: uploads,
    locker,
    lockDrainTimeout: DRAIN_MS,
    maxSize: MAX_BLOB_BYTES,
    // Nothing of ours is a page of another origin.
    allowedOrigins: () => false,
    namingFunction: (_request, metadata) =>
      uploadId(uploader, blobIdOf(metadata?.['sha256'], 'not-valid')),
    getFileIdFromRequest: (_request, last) => uploadId(uploader, blobIdOf(last, 'not-found')),
    generateUrl: (_request, { id }) => `${path}/${blobIdIn(id)}`,
    onUploadFinish: async (_request, { id }) => {
      await finishing.run(id, () => finish(routes, uploader, id));
      return {};
    },
    onResponseError: (_request, error) => {
      const failure = failureOf(error);
      return { status_code: failure.statusCode, body: JSON.stringify(failureBody(failure)) };
    },
  });
}

/** What no other try could make right: the bytes themselves. */
const HOPELESS: ReadonlySet<string> = new Set([
  'blob-hash-wrong',
  'blob-empty',
  'blob-type-refused',
]);

async function finish<U extends Uploader>(
  { uploads, keeper, onKept }: UploadRoutes<U>,
  uploader: U,
  id: string,
): Promise<void> {
  try {
    const file = await uploads.received(id);
    if (file.blobId !== blobIdIn(id)) throw new AppError('blob-hash-wrong');
    const blob = await keeper.adopt(uploader.workspaceId, file);
    await onKept?.(uploader, blob);
  } catch (error) {
    if (error instanceof AppError && HOPELESS.has(error.kind)) await uploads.forget(id);
    throw error;
  }
  await uploads.forget(id);
}

/** The owner's part is a hash, so that no key is ever a path. */
function uploadId({ workspaceId, key }: Uploader, named: BlobId): string {
  const owner = createHash('sha256').update(`${workspaceId}/${key}`).digest('hex');
  return `${owner.slice(0, 32)}-${named}`;
}

function blobIdIn(id: string): string {
  return id.slice(id.indexOf('-') + 1);
}

function blobIdOf(text: string | null | undefined, otherwise: 'not-valid' | 'not-found'): BlobId {
  const parsed = blobId.safeParse(text);
  if (!parsed.success) throw new AppError(otherwise);
  return parsed.data;
}

function failureOf(error: Error | { readonly status_code: number }): AppError {
  if (error instanceof AppError) return error;
  const statusCode = 'status_code' in error ? error.status_code : 500;
  if (statusCode === 413) return new AppError('blob-too-large');
  return new AppError(failureForStatus(statusCode), { cause: error });
}
