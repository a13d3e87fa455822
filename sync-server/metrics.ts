// What a monitor may know of a running server: how many, how long, how late. No ids, no addresses, no words of anybody. (J4)

import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from './errors.ts';

/** A request that takes longer than the last of these is a file's, or a line that stays open. */
const SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10];

export interface Metrics {
  /** What became of a mutation: applied, refused, conflicted, held. */
  settled(outcome: string): void;
}

export interface MetricsParts {
  /** Whoever asks has to know it. */
  readonly token: string;
  /** When the next mail is due, ISO 8601; undefined where none waits. */
  nextMailAt(): Promise<string | undefined>;
  now(): number;
}

/** Counts what this application does and serves it to whoever has the token, at `GET /metrics`, in Prometheus' format. */
export function serveMetrics(app: FastifyInstance, parts: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'docket_request_seconds',
    help: 'How long answers took, by route as a pattern and by sort of answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const open = new Gauge({
    name: 'docket_requests_open',
    help: 'Requests that are being answered; of /api/live the devices that are online.',
    labelNames: ['route'],
    registers,
  });
  const mutations = new Counter({
    name: 'docket_mutations_total',
    help: 'What became of what people did. An answer given again counts again.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'docket_mail_overdue_seconds',
    help: 'How late the mail is that should have left first; 0 where none is late.',
    registers,
    async collect() {
      const next = await parts.nextMailAt();
      const lateMs = next === undefined ? 0 : Math.max(0, parts.now() - Date.parse(next));
      this.set(lateMs / 1000);
    },
  });

  app.addHook('onRequest', (request, reply, done) => {
    const route = routeOf(request);
    open.inc({ route });
    // Also of a line that breaks.
    reply.raw.once('close', () => open.dec({ route }));
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    const { method } = request;
    requests.observe({ method, route: routeOf(request), status }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', async (request, reply) => {
    if (!isSame(request.headers.authorization ?? '', `Bearer ${parts.token}`))
      throw new AppError('not-found');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  app.addHook('onClose', () => registry.clear());
  return { settled: (outcome) => mutations.inc({ outcome }) };
}

/** A pattern: an address may carry a link's token. */
function routeOf({
  routeOptions,
}: {
  readonly routeOptions: { readonly url?: string | undefined };
}) {
  return routeOptions.url ?? 'none';
}

/** In a time that says nothing of where they differ. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => hash('sha256', text, 'buffer'));
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
