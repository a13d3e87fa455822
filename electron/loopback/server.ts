// The second host's door: the built renderer, the contract over a WebSocket and files over HTTP, on 127.0.0.1 alone. (I2)

import { Readable } from 'node:stream';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { FileForm } from '../core/api/files-contract.ts';
import { AppError, type Core, type CorePort, type OpenedFile } from '../core/core.ts';
import { isSame, launchCookieHeader, reasonToRefuse } from './guard.ts';

export interface LoopbackParts {
  readonly core: Core;
  /** The built renderer. */
  readonly rendererFolder: string;
  readonly token: string;
  readonly port: number;
}

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** A person's text is at most 20,000 characters; nothing else on this line is larger. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Pictures a page may show in place; everything else is a download. */
const SHOWN_IN_PLACE: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
]);

const FORMS: readonly FileForm[] = ['original', 'thumbnail', 'preview', 'jpeg'];

interface FileRoute {
  Params: { id: string };
  Querystring: { download?: string };
}

export async function buildLoopbackServer(parts: LoopbackParts): Promise<FastifyInstance> {
  const { core, rendererFolder } = parts;
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => guard(parts, request, reply));
  await app.register(fastifyWebsocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
  await app.register(fastifyStatic, { root: rendererFolder, cacheControl: false });
  // Bodies are files and reach the core as streams, whatever they claim to be.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.get('/bridge', { websocket: true }, (socket) => core.connect(portOf(socket)));
  app.post('/files', async (request) => takeFile(core, request));
  for (const form of FORMS) {
    const below = form === 'original' ? '' : `/${form}`;
    app.get<FileRoute>(`/attachments/:id${below}`, async (request, reply) => {
      const file = await core.openAttachment(request.params.id, form);
      return sendFile(reply, file, request.query.download !== undefined);
    });
    app.get<FileRoute>(`/files/:id${below}`, async (request, reply) =>
      sendFile(reply, await core.openDraftFile(request.params.id, form), false),
    );
  }
  app.get<FileRoute>('/inbox/:id', async (request, reply) =>
    sendFile(reply, await core.openInboxFile(request.params.id), false),
  );
  app.get<FileRoute>('/zips/:id', async (request, reply) =>
    sendFile(reply, await core.openZip(request.params.id), true),
  );
  app.get<FileRoute>('/exports/:id', async (request, reply) =>
    sendFile(reply, await core.openExport(request.params.id), true),
  );
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof AppError;
    const missing = known && (error.kind === 'not-there' || error.kind === 'blob-missing');
    const sentence = known ? error.message : 'Something went wrong inside Docket. Try again.';
    return reply
      .code(missing ? 404 : known ? 409 : 500)
      .send({ error: known ? error.kind : 'broke', sentence });
  });
  return app;
}

async function guard({ token, port }: LoopbackParts, request: FastifyRequest, reply: FastifyReply) {
  reply.headers(SECURITY_HEADERS);
  const launched = new URL(request.url, 'http://localhost').searchParams.get('token');
  const comesWithToken = request.method === 'GET' && isSame(launched ?? undefined, token);
  const cookie = comesWithToken ? launchCookieHeader(token, port) : request.headers.cookie;
  const reason = reasonToRefuse(
    {
      method: request.method,
      host: request.headers.host,
      origin: request.headers.origin,
      cookie,
      isUpgrade: request.headers.upgrade !== undefined,
    },
    { token, port },
  );
  if (reason !== undefined) {
    // A refused upgrade keeps no line open: nobody else would close it.
    if (request.headers.upgrade !== undefined)
      reply.raw.once('finish', () => request.raw.socket.destroy());
    return reply.code(403).type('text/plain; charset=utf-8').send(reason);
  }
  // The token leaves the address bar, and with it the history.
  if (comesWithToken)
    return reply.header('set-cookie', launchCookieHeader(token, port)).redirect('/', 303);
  return undefined;
}

function portOf(socket: WebSocket): CorePort {
  return {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) =>
      socket.on('message', (data: Buffer) => {
        let message: unknown;
        try {
          message = JSON.parse(data.toString('utf8'));
        } catch {
          socket.close(1003);
          return;
        }
        listener(message);
      }),
    onClose: (listener) => socket.on('close', listener),
  };
}

async function takeFile(core: Core, request: FastifyRequest) {
  const name = decodedName(request.headers['x-file-name']);
  // A request without a body is an empty file; the core says so.
  const body = request.body instanceof Readable ? request.body : Readable.from([]);
  const result = await core.addFile(name, body);
  body.resume();
  return result;
}

function decodedName(header: string | string[] | undefined): string {
  try {
    return decodeURIComponent(typeof header === 'string' ? header : '');
  } catch {
    return '';
  }
}

function sendFile(reply: FastifyReply, file: OpenedFile, isDownload: boolean) {
  const place = SHOWN_IN_PLACE.has(file.mediaType) && !isDownload ? 'inline' : 'attachment';
  const name = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return (
    reply
      .header('content-type', place === 'inline' ? file.mediaType : 'application/octet-stream')
      .header('content-length', file.sizeBytes)
      .header('content-disposition', `${place}; filename*=UTF-8''${name}`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      // A copy in the browser's cache would outlive a file that is removed for good. (C10)
      .header('cache-control', 'no-store')
      .send(file.bytes)
  );
}
