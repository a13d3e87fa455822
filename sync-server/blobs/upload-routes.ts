// Bytes up, by the tus protocol: they resume at the byte after a break or a restart of either side. [B3]

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, failureBody } from '../errors.ts';
import { MAX_BLOB_BYTES } from '../protocol/blobs.ts';
import { type BlobId, blobId, type WorkspaceId } from '../protocol/ids.ts';
import type { BlobRow } from '../storage/storage.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import type { Unfinished, UploadStore } from './upload-store.ts';
import { type After, UploadTurns } from './upload-turns.ts';

export interface UploadDeps {
  readonly uploads: UploadStore;
  readonly keeper: BlobKeeper;
  /** The machine's timers, unless told otherwise. */
  readonly timers?: { readonly after: After } | undefined;
}

export interface UploadRoutes<U extends Uploader> extends UploadDeps {
  /** Where they are mounted, as the browser or device sees it: "/api/uploads". */
  readonly path: string;
  /** Who sends; asked of every request, after the scope's own check of who may come in. */
  uploaderOf(request: FastifyRequest): U | Promise<U>;
  /** Before an upload is begun; throws where it must not be. */
  mayBegin?(uploader: U, sizeBytes: number): Promise<void>;
  /** After bytes are kept and before their sender is told. */
  onKept?(uploader: U, blob: BlobRow): Promise<void>;
}

/** Nobody sees, goes on with or disturbs an upload of another, not even one of the same bytes. [V2] */
export interface Uploader {
  readonly workspaceId: WorkspaceId;
  /** "device:…" or "customer:…" */
  readonly key: string;
}

const TUS_VERSION = '1.0.0';
const PART = 'application/offset+octet-stream';

interface UploadRoute {
  Params: { blobId: string };
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
  const { path, uploads } = routes;
  const turns = new UploadTurns(routes.timers?.after);
  app.post(path, async (request, reply) => {
    const uploader = await routes.uploaderOf(request);
    if (!speaksTus(request, reply)) return reply;
    const named = blobIdOf(sha256In(request.headers['upload-metadata']), 'not-valid');
    const upload = { sizeBytes: lengthOf(request), offset: 0 };
    const id = uploadId(uploader, named);
    const offset = await turns.run(id, request.raw, async () => {
      // One that is begun anew with another size is another upload.
      if ((await uploads.unfinished(id))?.sizeBytes !== upload.sizeBytes)
        await routes.mayBegin?.(uploader, upload.sizeBytes);
      await uploads.begin(id, upload.sizeBytes);
      if (request.headers['content-type'] !== PART && upload.sizeBytes > 0) return 0;
      return goOn(routes, { uploader, id, upload }, request.raw);
    });
    return reply
      .code(201)
      .headers({ location: `${path}/${named}`, 'upload-offset': offset })
      .send();
  });
  app.head<UploadRoute>(`${path}/:blobId`, async (request, reply) => {
    const uploader = await routes.uploaderOf(request);
    if (!speaksTus(request, reply)) return reply;
    const id = uploadId(uploader, idIn(request));
    const upload = await turns.run(id, request.raw, () => uploads.unfinished(id));
    if (upload === undefined) throw new AppError('not-found');
    reply.headers({ 'upload-offset': upload.offset, 'upload-length': upload.sizeBytes });
    return reply.header('cache-control', 'no-store').send();
  });
  app.patch<UploadRoute>(`${path}/:blobId`, async (request, reply) => {
    const uploader = await routes.uploaderOf(request);
    if (!speaksTus(request, reply)) return reply;
    if (request.headers['content-type'] !== PART) throw new AppError('type-not-supported');
    const id = uploadId(uploader, idIn(request));
    const offset = await turns.run(id, request.raw, async () => {
      const upload = await uploads.unfinished(id);
      if (upload === undefined) throw new AppError('not-found');
      if (numberIn(request, 'upload-offset') !== upload.offset)
        throw new AppError('upload-elsewhere');
      return goOn(routes, { uploader, id, upload }, request.raw);
    });
    return reply.code(204).header('upload-offset', offset).send();
  });
}

/** Every answer names the version; a request that names another is not understood. */
function speaksTus(request: FastifyRequest, reply: FastifyReply): boolean {
  reply.header('tus-resumable', TUS_VERSION);
  if (request.headers['tus-resumable'] === TUS_VERSION) return true;
  reply
    .code(412)
    .header('tus-version', TUS_VERSION)
    .send(failureBody(new AppError('not-valid')));
  return false;
}

interface Going<U> {
  readonly uploader: U;
  readonly id: string;
  readonly upload: Unfinished;
}

/** Takes what a request brings, and ends the upload where that was the last of it. */
async function goOn<U extends Uploader>(
  routes: UploadRoutes<U>,
  { uploader, id, upload }: Going<U>,
  request: IncomingMessage,
): Promise<number> {
  const said = Number(request.headers['content-length'] ?? 0);
  if (upload.offset + said > upload.sizeBytes) throw new AppError('blob-too-large');
  const offset = await routes.uploads.write(partIn(request), id, upload);
  if (offset === upload.sizeBytes) await finish(routes, uploader, id);
  return offset;
}

/** An answer still reaches who sends what is not taken: the line is not closed over it. */
async function* partIn(request: IncomingMessage): AsyncIterable<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new AppError('not-valid', { cause });
  }
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

function idIn(request: FastifyRequest<UploadRoute>): BlobId {
  return blobIdOf(request.params.blobId, 'not-found');
}

function blobIdOf(text: string | undefined, otherwise: 'not-valid' | 'not-found'): BlobId {
  const parsed = blobId.safeParse(text);
  if (!parsed.success) throw new AppError(otherwise);
  return parsed.data;
}

/** "sha256 <base64>, filename <base64>" */
function sha256In(metadata: string | string[] | undefined): string | undefined {
  const pairs = String(metadata ?? '').split(',');
  const found = pairs.map((pair) => pair.trim().split(' ')).find(([key]) => key === 'sha256');
  return found?.[1] === undefined ? undefined : Buffer.from(found[1], 'base64').toString();
}

function lengthOf(request: FastifyRequest): number {
  const length = numberIn(request, 'upload-length');
  if (length > MAX_BLOB_BYTES) throw new AppError('blob-too-large');
  return length;
}

function numberIn({ headers }: FastifyRequest, name: string): number {
  const text = headers[name];
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) throw new AppError('not-valid');
  return Number(text);
}
