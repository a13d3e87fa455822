// The customer portal: plain pages and forms, served whole, that need no script. (E1-E6)

import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, failureForStatus, fromDisk } from '../errors.ts';
import { frameFor, type Portal, sendNotFound, sendPage } from './answers.ts';
import { readAssets } from './assets.ts';
import { CleanedCopies } from './cleaned-copies.ts';
import { registerDoorRoutes } from './door-routes.ts';
import { registerJobRoutes } from './job-routes.ts';
import { registerMailRoutes } from './mail-routes.ts';
import { NO_ROOM } from './no-room.ts';
import { failurePage } from './pages.ts';
import { KnownVisitors } from './known-visitors.ts';
import type { PortalDeps } from './portal-deps.ts';
import { ClockFace } from './moment.ts';
import { PAGE_HEADERS } from './page-headers.ts';
import { registerPortalUploads } from './portal-uploads.ts';
import { MAX_FORM_BYTES } from './message-form.ts';
import { registerSessionRoutes } from './session-routes.ts';
import { ViewCache } from './view-cache.ts';
import { visitorOf } from './visitor.ts';

/** Everything under /portal, in a scope of its own: cookies, forms and error pages exist nowhere else on the server. */
export async function registerPortal(app: FastifyInstance, deps: PortalDeps): Promise<void> {
  const background = new Set<Promise<unknown>>();
  const inBackground = (work: Promise<unknown>) => {
    background.add(work);
    void work.finally(() => background.delete(work));
  };
  app.addHook('onClose', () => Promise.allSettled(background));
  const portal: Portal = {
    ...deps,
    assets: await readAssets(),
    clockFace: new ClockFace(deps.config.timeZone),
    known: new KnownVisitors(deps.storage.sessions),
    views: new ViewCache(),
    copies: new CleanedCopies(deps),
    inBackground,
  };
  await app.register((scope) => registerPortalUploads(scope, portal));
  await app.register(
    async (scope) => {
      await scope.register(cookie);
      // Forms are all that is taken; JSON and plain text are answered with 415.
      scope.removeAllContentTypeParsers();
      await scope.register(formBody, { bodyLimit: MAX_FORM_BYTES });
      // One with files is read by its route, while it arrives.
      scope.addContentTypeParser('multipart/form-data', (_request, payload, done) => {
        done(null, payload);
      });
      scope.addHook('onRequest', (_request, reply, done) => {
        reply.headers(PAGE_HEADERS);
        done();
      });
      scope.setNotFoundHandler(async (request, reply) =>
        sendNotFound(portal, reply, await visitorOf(portal, request)),
      );
      scope.setErrorHandler(async (error, request, reply) =>
        sendFailure(portal, error, request, reply),
      );
      registerAssetRoute(scope, portal);
      registerDoorRoutes(scope, portal);
      registerMailRoutes(scope, portal);
      registerJobRoutes(scope, portal);
      registerSessionRoutes(scope, portal);
    },
    { prefix: '/portal' },
  );
}

function registerAssetRoute(scope: FastifyInstance, portal: Portal): void {
  scope.get<{ Params: { file: string } }>('/assets/:file', async (request, reply) => {
    const asset = portal.assets.byName.get(request.params.file);
    if (asset === undefined) return sendNotFound(portal, reply, await visitorOf(portal, request));
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type(asset.mediaType)
      .send(asset.bytes);
  });
}

function sendFailure(
  portal: Portal,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = failureOf(error);
  if (failure.statusCode >= 500)
    request.log.error({ err: error, event: 'request-failed', req: request });
  const frame = frameFor(portal, undefined);
  const sentence = failure.kind === 'disk-full' ? NO_ROOM : failure.sentence;
  return sendPage(reply, failure.statusCode, failurePage(frame, sentence));
}

function failureOf(cause: unknown): AppError {
  const error = fromDisk(cause);
  if (error instanceof AppError) return error;
  const statusCode =
    error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return new AppError(failureForStatus(statusCode), { cause: error });
}
