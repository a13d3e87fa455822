import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import { poke, presenceEvent, type Present } from '../../../sync-server/protocol/sync.ts';
import type { Clock } from '../host.ts';

/** The server sends something at least every 20 s; after this long without a byte the line is dead. */
const SILENCE_MS = 50_000;

export interface LiveListener {
  /** The server was heard, and never out of hearing since the line said something before. */
  onHeard(): void;
  onPoke(): void;
  /** Everybody else of the office who has a job open now. (H8) */
  onPresence(people: readonly Present[]): void;
}

/**
 * Listens until the line ends, by either side or by silence; resolves then. A poke says only that there is something to
 * pull, so a lost or forged one costs nothing. [L4]
 */
export async function listen(
  stream: Readable,
  clock: Clock,
  { onHeard, onPoke, onPresence }: LiveListener,
): Promise<void> {
  const parser = createParser({
    onEvent: (event) => {
      const data = safeJson(event.data);
      if (event.event === 'poke' && poke.safeParse(data).success) onPoke();
      if (event.event !== 'presence') return;
      const told = presenceEvent.safeParse(data);
      if (told.success) onPresence(told.data.people);
    },
  });
  let stopWaiting = () => {};
  const expectMore = () => {
    stopWaiting();
    stopWaiting = clock.after(SILENCE_MS, () => stream.destroy());
  };
  expectMore();
  const decoder = new TextDecoder();
  let heardMs = clock.now();
  const hear = () => {
    const nowMs = clock.now();
    // What lay in the line while the computer slept comes out when it wakes, and says nothing about the time between.
    const isUnbroken = nowMs >= heardMs && nowMs - heardMs < SILENCE_MS;
    heardMs = nowMs;
    if (isUnbroken) onHeard();
  };
  await new Promise<void>((resolve) => {
    stream.on('data', (chunk: Uint8Array) => {
      expectMore();
      hear();
      parser.feed(decoder.decode(chunk, { stream: true }));
    });
    stream.once('error', () => resolve());
    stream.once('close', resolve);
  });
  stopWaiting();
}

function safeJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
