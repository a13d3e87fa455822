import type { FastifyInstance } from 'fastify';
import {
  findStaffSession,
  requireStaff,
  type StaffDeps,
  type StaffSession,
  staffOf,
} from '../auth/staff.ts';
import { parse } from '../protocol/parse.ts';
import { answersIn } from '../protocol/served-versions.ts';
import { MAX_PUSH_BYTES, presenceRequest, pullQuery, pushRequest } from '../protocol/sync.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Storage } from '../storage/storage.ts';
import { sendJson } from './compress.ts';
import { LiveStreams } from './live.ts';
import { type Pulled, pull, pullAnswerOf, pullText } from './pull.ts';
import { Presence } from './presence.ts';
import { push } from './push.ts';
import type { Metrics } from '../metrics.ts';
import { machineTimers, type Timers } from '../timers.ts';

export interface SyncDeps extends StaffDeps {
  readonly storage: Storage;
  /** What links to this server begin with, without a slash at the end. */
  publicUrl(): string;
  /** Where somebody watches how the server does. */
  readonly metrics?: Metrics | undefined;
  /** The machine's timers, unless told otherwise. */
  readonly timers?: Timers | undefined;
}

/** A device counts its mutations' bytes, not those of the envelope around them. */
const ENVELOPE_BYTES = 64 * 1024;
const PRESENCE_BYTES = 4 * 1024;

/** Registered in a scope of its own: everything here is for signed-in members. */
export async function registerSync(app: FastifyInstance, deps: SyncDeps): Promise<void> {
  const timers = deps.timers ?? machineTimers;
  const presence = new Presence(timers, deps.storage.others);
  const live = new LiveStreams(deps.storage, presence, { timers, now: () => deps.now() });
  app.addHook('onRequest', requireStaff(deps));
  app.addHook('preClose', async () => {
    live.endAll();
    presence.close();
    await Promise.resolve();
  });

  app.post('/api/sync/push', { bodyLimit: MAX_PUSH_BYTES + ENVELOPE_BYTES }, async (request) => {
    const session = staffOf(request);
    const answer = await push(deps, session, parse(pushRequest, request.body, 'The push'));
    for (const { outcome } of answer.kind === 'results' ? answer.results : [])
      deps.metrics?.settled(outcome.kind);
    return answersIn(session.protocolVersion).push(answer);
  });
  app.get('/api/sync/pull', async (request, reply) => {
    const { cursor } = parse(pullQuery, request.query, 'The pull');
    const session = staffOf(request);
    const pulled = await pull(deps, session, cursor);
    return sendJson(request, reply, textFor(session, pulled));
  });
  app.post('/api/presence', { bodyLimit: PRESENCE_BYTES }, async (request, reply) => {
    presence.say(staffOf(request), parse(presenceRequest, request.body, 'The presence').jobs);
    return reply.code(204).send();
  });
  app.get('/api/live', async (request, reply) => {
    const { authorization } = request.headers;
    await live.stream(
      reply,
      staffOf(request),
      async () => (await findStaffSession(deps, authorization)) !== undefined,
    );
  });
  await Promise.resolve();
}

/** To a device of this version the rows go as they are stored; only an older one needs them in its own words. [H9] */
function textFor({ protocolVersion }: StaffSession, pulled: Pulled): string {
  if (protocolVersion === PROTOCOL_VERSION) return pullText(pulled);
  return JSON.stringify(answersIn(protocolVersion).pull(pullAnswerOf(pulled)));
}
