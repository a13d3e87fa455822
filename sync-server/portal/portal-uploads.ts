// Files that a browser with script sends one by one and that go on where they broke off. (E4) [B3]

import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { registerUploads, type Uploader } from '../blobs/upload-routes.ts';
import { AppError } from '../errors.ts';
import type { CustomerId } from '../protocol/ids.ts';
import { jobForCustomer } from './customer-reads.ts';
import { PAGE_HEADERS } from './page-headers.ts';
import type { Portal } from './answers.ts';
import { countFileToday } from './day-volume.ts';
import { carriesFormToken, isFromOwnPage, type Visitor, visitorOf } from './visitor.ts';

interface PortalUploader extends Uploader {
  readonly customerId: CustomerId;
  readonly visitor: Visitor;
}

/** In a scope of its own, whose bodies are handed on as streams and whose errors are for a program. */
export async function registerPortalUploads(scope: FastifyInstance, deps: Portal): Promise<void> {
  await scope.register(cookie);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => {
    done(null, payload);
  });
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.headers(PAGE_HEADERS);
    done();
  });
  registerUploads<PortalUploader>(scope, {
    path: '/portal/uploads',
    uploads: deps.uploads,
    keeper: deps.keeper,
    timers: deps.timers,
    uploaderOf: (request) => uploaderOf(deps, request),
    mayBegin: ({ visitor }, sizeBytes) => countFileToday(deps, visitor, sizeBytes),
    onKept: async ({ workspaceId, customerId }, { blobId }) => {
      const at = new Date(deps.now()).toISOString();
      await deps.storage.noteBroughtBlob({ workspaceId, customerId, blobId }, at);
    },
  });
}

/**
 * Who sends, from one of our own pages, for a job of their own whose pipeline allows it. A job that is not there and one that
 * takes no files get the same answer. [P5, V2]
 */
async function uploaderOf(deps: Portal, request: FastifyRequest): Promise<PortalUploader> {
  const visitor = await visitorOf(deps, request);
  if (visitor === undefined) throw new AppError('signed-out');
  const { 'docket-form': formToken, 'docket-job': jobId } = request.headers;
  const isOurs =
    isFromOwnPage(deps, request) &&
    typeof formToken === 'string' &&
    carriesFormToken(visitor, formToken);
  const job =
    isOurs && typeof jobId === 'string'
      ? await jobForCustomer(deps.storage, visitor, jobId)
      : undefined;
  if (job?.canUpload !== true) throw new AppError('not-found');
  const { workspaceId, customerId } = visitor;
  return { workspaceId, customerId, visitor, key: `customer:${customerId}` };
}
