// Server-sent events: "there is something after version n", and who else is on a job. Missing one loses nothing. [L4] (H8)

import type { FastifyReply } from 'fastify';
import type { StaffSession } from '../auth/staff.ts';
import type { Poke } from '../protocol/sync.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Storage } from '../storage/storage.ts';
import { atMostOnceIn } from './at-most-once-in.ts';
import { pokePace } from './poke-pace.ts';
import type { Presence } from './presence.ts';
import type { Timers } from '../timers.ts';

const HEARTBEAT_MS = 20_000;
/** A device that reads this slowly is let go; it comes back and pulls. */
const MOST_UNREAD_BYTES = 64 * 1024;
/** People who come and go this closely are one event. */
const PRESENCE_APART_MS = 250;

/** The open streams of one server. */
export class LiveStreams {
  readonly #storage: Pick<Storage, 'onCommit' | 'headVersion'>;
  readonly #open = new Set<() => void>();

  readonly #presence: Presence;
  readonly #timers: Timers;
  readonly #now: () => number;

  constructor(
    storage: Pick<Storage, 'onCommit' | 'headVersion'>,
    presence: Presence,
    { timers, now }: { readonly timers: Timers; now(): number },
  ) {
    this.#storage = storage;
    this.#presence = presence;
    this.#timers = timers;
    this.#now = now;
  }

  /**
   * Answers with a stream that stays open until the device leaves, `isStillSignedIn` says no, or the server stops. Its first
   * event is where the workspace stands now, so nothing falls between a pull and this.
   */
  async stream(
    reply: FastifyReply,
    session: StaffSession,
    isStillSignedIn: () => Promise<boolean>,
  ): Promise<void> {
    const { workspaceId } = session;
    reply.hijack();
    const { raw } = reply;
    reply.headers({
      'cache-control': 'no-store',
      'content-type': 'text/event-stream',
      'x-accel-buffering': 'no',
    });
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) raw.setHeader(name, value);
    raw.writeHead(200);
    const send = (text: string) => {
      if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
      else raw.write(text);
    };
    const { after, every } = this.#timers;
    const pokes = atMostOnceIn<Poke>({ spanMs: pokePace(this.#now), after }, (poke) =>
      send(eventText('poke', poke)),
    );
    const stop = this.#storage.onCommit((changed, version) => {
      if (changed === workspaceId) pokes.tell({ version });
    });
    const stopPresence = this.#followPresence(session, send);
    const stopHeartbeat = every(HEARTBEAT_MS, () => {
      send(': still here\n\n');
      void endUnless(isStillSignedIn, () => raw.end());
    });
    const end = () => raw.end();
    this.#open.add(end);
    raw.once('close', () => {
      stopHeartbeat();
      stop();
      pokes.stop();
      stopPresence();
      this.#open.delete(end);
    });
    send(eventText('poke', { version: (await this.#storage.headVersion(workspaceId)) ?? 0 }));
  }

  /** An older device has no word for it. [H9] */
  #followPresence(session: StaffSession, send: (text: string) => void): () => void {
    if (session.protocolVersion < PROTOCOL_VERSION) return () => undefined;
    const presence = this.#presence;
    const lineDown = presence.lineUp(session);
    let lastSent = '';
    const pace = { spanMs: () => PRESENCE_APART_MS, after: this.#timers.after };
    const changes = atMostOnceIn<undefined>(pace, () => {
      const text = eventText('presence', { people: presence.others(session) });
      if (text !== lastSent) send(text);
      lastSent = text;
    });
    const stop = presence.onChange((workspaceId) => {
      if (workspaceId === session.workspaceId) changes.tell(undefined);
    });
    if (presence.others(session).length > 0) changes.tell(undefined);
    return () => {
      stop();
      changes.stop();
      lineDown();
    };
  }

  endAll(): void {
    for (const end of this.#open) end();
  }
}

async function endUnless(isStillSignedIn: () => Promise<boolean>, end: () => void): Promise<void> {
  try {
    if (!(await isStillSignedIn())) end();
  } catch {
    // Whether the device is signed in cannot be told now; the stream carries nothing it could not ask for.
    end();
  }
}

function eventText(event: 'poke' | 'presence', data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
