// Server-sent events that say "there is something after version n", and nothing else. Missing one loses nothing. [L4]

import type { FastifyReply } from 'fastify';
import type { StaffSession } from '../auth/staff.ts';
import type { Poke } from '../protocol/sync.ts';
import type { Storage } from '../storage/storage.ts';

const HEARTBEAT_MS = 20_000;
/** A device that reads this slowly is let go; it comes back and pulls. */
const MOST_UNREAD_BYTES = 64 * 1024;

/** The open streams of one server. */
export class LiveStreams {
  readonly #storage: Pick<Storage, 'onCommit' | 'headVersion'>;
  readonly #open = new Set<() => void>();

  constructor(storage: Pick<Storage, 'onCommit' | 'headVersion'>) {
    this.#storage = storage;
  }

  /**
   * Answers with a stream that stays open until the device leaves, `isStillSignedIn` says no, or the server stops. Its first
   * event is where the workspace stands now, so nothing falls between a pull and this.
   */
  async stream(
    reply: FastifyReply,
    { workspaceId }: StaffSession,
    isStillSignedIn: () => Promise<boolean>,
  ): Promise<void> {
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
    const stop = this.#storage.onCommit((changed, version) => {
      if (changed === workspaceId) send(pokeEvent({ version }));
    });
    const heartbeat = setInterval(() => {
      send(': still here\n\n');
      void endUnless(isStillSignedIn, () => raw.end());
    }, HEARTBEAT_MS);
    const end = () => raw.end();
    this.#open.add(end);
    raw.once('close', () => {
      clearInterval(heartbeat);
      stop();
      this.#open.delete(end);
    });
    send(pokeEvent({ version: (await this.#storage.headVersion(workspaceId)) ?? 0 }));
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

function pokeEvent(poke: Poke): string {
  return `event: poke\ndata: ${JSON.stringify(poke)}\n\n`;
}
