// Logs tell what happened, never what people wrote: routes as patterns, because addresses carry link tokens; errors by name
// and place, because messages may quote content. (J4)

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LoggerOptions } from 'pino';
import type { LogLevel } from './config.ts';

export function logOptions(level: LogLevel): LoggerOptions {
  return {
    level,
    base: null,
    redact: ['req.headers', '*.authorization', '*.cookie', '*.token', '*.password'],
    serializers: {
      req: (request: FastifyRequest) => ({
        method: request.method,
        route: request.routeOptions.url ?? 'none',
      }),
      err: describeError,
    },
  };
}

/** One line for each answer; where nobody wants it, nothing is done for it. */
export function logAnswers(app: FastifyInstance, level: LogLevel): void {
  if (level !== 'info' && level !== 'debug') return;
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode, elapsedTime } = reply;
    const ms = Math.round(elapsedTime * 10) / 10;
    request.log.info({ event: 'answered', req: request, status: statusCode, ms });
    done();
  });
}

interface ErrorLine {
  readonly name: string;
  readonly code?: string;
  readonly at: readonly string[];
  readonly cause?: ErrorLine;
}

function describeError(error: unknown): ErrorLine {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...code,
    at: frames.map((line) => line.trim()).slice(0, 12),
    ...cause,
  };
}
