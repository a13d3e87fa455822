// Builds the server's one Fastify application; listening is main.ts's business.

import helmet from '@fastify/helmet';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify';
import type { DestinationStream } from 'pino';
import { registerRateLimits } from './auth/rate-limit.ts';
import { registerMembers } from './auth/member-routes.ts';
import { registerAuth } from './auth/routes.ts';
import { BlobKeeper } from './blobs/blob-keeper.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import { type Cleared, keepHouse } from './blobs/keep-house.ts';
import { registerBlobs } from './blobs/routes.ts';
import type { UploadStore } from './blobs/upload-store.ts';
import type { Config } from './config.ts';
import { AppError, failureBody, failureForStatus, fromDisk } from './errors.ts';
import { logAnswers, logOptions } from './log.ts';
import { sendSignInLink } from './mail/send-sign-in-link.ts';
import type { CustomerAct } from './portal/portal-deps.ts';
import { registerPortal } from './portal/routes.ts';
import { type Metrics, serveMetrics } from './metrics.ts';
import { ParseError } from './protocol/parse.ts';
import { applyCustomerMutation } from './storage/apply-mutations.ts';
import type { Storage } from './storage/storage.ts';
import { registerSync } from './sync/routes.ts';
import type { Timers } from './timers.ts';

/** What the application stands on. Every part asks for the slice it needs; two applications in one process share nothing. */
export interface AppDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
  /** Unix time in milliseconds. */
  now(): number;
  /** The machine's timers, unless told otherwise: a simulation has a clock of its own. */
  readonly timers?: Timers | undefined;
  /** Where log lines go; to standard output, at once, unless told otherwise. */
  readonly logTo?: DestinationStream | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Clears away what nobody needs any more; whoever runs the server calls it from time to time. [B3, B4] */
    keepHouse(): Promise<Cleared>;
  }
}

const BODY_BYTES = 64 * 1024;
const SILENT_MS = 60_000;
/** 25 MB over 30 kB a second. */
const SENDING_MS = 15 * 60_000;

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { trustedProxies = [] } = deps.config;
  const app = fastify({
    logger: { ...logOptions(deps.config.logLevel), ...(deps.logTo && { stream: deps.logTo }) },
    // Each answer is one line (log.ts), and a line that names its request needs no logger of the request's own.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
    // The nearest address that is no trusted proxy asks; what it says of others counts for nothing.
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: BODY_BYTES,
    exposeHeadRoutes: false,
    // Who stops sending is cut off; live streams have a heartbeat, and what resumes does not mind.
    connectionTimeout: SILENT_MS,
    requestTimeout: SENDING_MS,
    // Nothing here waits for anybody: a start that takes long is a slow machine's, and goes on.
    pluginTimeout: 0,
    // Devices hold live streams open; a stop must not wait for them.
    forceCloseConnections: true,
    // A malformed address reaches no route and no error handler.
    frameworkErrors: (error, _request, reply) => {
      const { statusCode, body } = answerTo(error);
      const bare = reply as FastifyReply;
      void bare.code(statusCode).send(body);
    },
  });
  app.decorateRequest('staffSession', null);
  app.setErrorHandler((error, request, reply) => {
    const { statusCode, body } = answerTo(error);
    if (statusCode >= 500) request.log.error({ err: error, event: 'request-failed', req: request });
    return reply.code(statusCode).send(body);
  });
  app.setNotFoundHandler((_request, reply) => {
    const { statusCode, body } = answerTo(new AppError('not-found'));
    return reply.code(statusCode).send(body);
  });
  const headers = await securityHeaders(deps.config);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  logAnswers(app, deps.config.logLevel);
  await registerRateLimits(app);
  app.get('/health', async () => {
    await deps.storage.epoch();
    return { status: 'ok' };
  });
  await registerParts(app, deps, metricsOf(app, deps));
  return app;
}

function metricsOf(app: FastifyInstance, { config, storage, now }: AppDeps): Metrics | undefined {
  const { metricsToken: token } = config;
  if (token === undefined) return undefined;
  const nextMailAt = () => storage.mails.nextMailAt();
  return serveMetrics(app, { token, nextMailAt, now });
}

async function registerParts(
  app: FastifyInstance,
  deps: AppDeps,
  metrics: Metrics | undefined,
): Promise<void> {
  const { config, storage, blobs, uploads, now, timers } = deps;
  const keeper = new BlobKeeper({ storage, blobs, now });
  app.decorate('keepHouse', () =>
    keepHouse({ storage, keeper, uploads, keepDeletionsMs: config.keepDeletionsMs, now }),
  );
  const publicUrl = () => config.publicUrl ?? listeningUrl(app, config);
  await app.register((scope) => registerAuth(scope, { storage, now }));
  await app.register((scope) => registerMembers(scope, { storage, now }));
  await app.register((scope) => registerSync(scope, { storage, now, timers, publicUrl, metrics }));
  await app.register((scope) =>
    registerBlobs(scope, { storage, blobs, uploads, keeper, timers, now }),
  );
  await app.register((scope) =>
    registerPortal(scope, {
      config,
      storage,
      blobs,
      now,
      keeper,
      uploads,
      timers,
      act: async (act) => {
        const outcome = await applyAct(deps, act);
        metrics?.settled(outcome.kind);
        return outcome;
      },
      sendSignInLink: async (wish) => {
        await sendSignInLink({ storage, now }, { ...wish, memberId: null });
      },
    }),
  );
}

function applyAct({ storage, now }: AppDeps, act: CustomerAct) {
  const arrivedAt = new Date(now()).toISOString();
  const { workspaceId, customerId, mutationId, name, args } = act;
  // The browser's clock is not asked: what a customer writes is written when it arrives.
  const mutation = { id: mutationId, name, args, writtenAt: arrivedAt };
  return applyCustomerMutation(storage, { workspaceId, customerId, mutation, arrivedAt });
}

/** Where the server can be reached; before it listens, where it is going to. */
export function listeningUrl(app: FastifyInstance, { host, port }: Config): string {
  const address = app.server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${actualPort}`;
}

function answerTo(error: unknown): {
  readonly statusCode: number;
  readonly body: ReturnType<typeof failureBody>;
} {
  const failure = failureOf(error);
  return { statusCode: failure.statusCode, body: failureBody(failure) };
}

function failureOf(cause: unknown): AppError {
  const error = fromDisk(cause);
  if (error instanceof AppError) return error;
  if (error instanceof ParseError) return new AppError('not-valid', { sentence: error.sentence });
  const { statusCode } = error as Partial<FastifyError>;
  return new AppError(failureForStatus(statusCode ?? 500));
}

/** They depend on nothing that is asked: helmet works them out once, on a bare application, and not for every request. */
async function securityHeaders(config: Config): Promise<Readonly<Record<string, string>>> {
  const bare = fastify();
  await bare.register(helmet, helmetOptions(config));
  bare.get('/', (_request, reply) => reply.send());
  const { headers } = await bare.inject('/');
  await bare.close();
  const ofEveryAnswer = ['content-length', 'connection', 'date'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      ofEveryAnswer.includes(name) ? [] : [[name, String(value)] as const],
    ),
  );
}

function helmetOptions({ publicUrl }: Config) {
  return {
    // No script at all: the portal works without, and nothing else here is a page.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl?.startsWith('https:') === true,
    xFrameOptions: { action: 'deny' as const },
  };
}
