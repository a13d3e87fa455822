// One window's line to the core: requests answered once, watched queries answered again when their tables change.

import * as z from 'zod';
import { ParseError, parse } from '../../../sync-server/protocol/parse.ts';
import { AppError } from '../errors.ts';
import type { Clock, LogLine } from '../host.ts';
import type { FromCore, QueryName, RequestName, ToCore } from './contract.ts';
import { querySchemas, requestSchemas } from './schemas.ts';

/** A MessagePort or a WebSocket, as far as the core cares. */
export interface CorePort {
  post(message: FromCore): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** What a connection asks of the program behind it. */
export interface Backend {
  request(name: RequestName, args: never): Promise<unknown>;
  query(name: QueryName, args: never): unknown;
  /** Tables a query reads. */
  tablesOf(name: QueryName): readonly string[];
  /** Calls back with changed tables; the returned function stops that. */
  onChange(listener: (tables: ReadonlySet<string>) => void): () => void;
  readonly clock: Clock;
  log(line: LogLine): void;
}

/** One update in a frame of the screen: the first change is told at once, what follows within the frame together. */
const FRAME_MS = 12;

interface Watch {
  readonly name: QueryName;
  readonly args: unknown;
  /** The last answer sent, as text: what has not changed is not sent again. */
  lastSent: string;
}

const toCore = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), id: z.int(), name: z.string(), args: z.unknown() }),
  z.strictObject({ kind: z.literal('watch'), id: z.int(), name: z.string(), args: z.unknown() }),
  z.strictObject({ kind: z.literal('unwatch'), id: z.int() }),
]);

export function connect(port: CorePort, backend: Backend): void {
  const connection = new Connection(port, backend);
  const stop = backend.onChange((tables) => connection.changed(tables));
  port.onMessage((message) => connection.receive(message));
  port.onClose(() => {
    stop();
    connection.close();
  });
}

class Connection {
  readonly #port: CorePort;
  readonly #backend: Backend;
  readonly #watches = new Map<number, Watch>();
  readonly #stale = new Set<number>();
  #cancelFlush: (() => void) | null = null;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(port: CorePort, backend: Backend) {
    this.#port = port;
    this.#backend = backend;
  }

  receive(message: unknown): void {
    const parsed = toCore.safeParse(message);
    if (!parsed.success) {
      this.#backend.log({ level: 'warn', event: 'message-not-understood' });
      return;
    }
    const known = parsed.data as ToCore;
    switch (known.kind) {
      case 'request':
        void this.#answer(known.id, known.name, known.args);
        break;
      case 'watch':
        this.#watch(known.id, known.name, known.args);
        break;
      case 'unwatch':
        this.#watches.delete(known.id);
        break;
    }
  }

  changed(tables: ReadonlySet<string>): void {
    for (const [id, watch] of this.#watches)
      if (this.#backend.tablesOf(watch.name).some((table) => tables.has(table)))
        this.#stale.add(id);
    if (this.#stale.size === 0 || this.#cancelFlush !== null) return;
    const { clock } = this.#backend;
    // The clock of a computer may jump: a frame is never longer than a frame.
    const waitMs = Math.min(FRAME_MS, Math.max(0, this.#flushedAt + FRAME_MS - clock.now()));
    this.#cancelFlush = clock.after(waitMs, () => this.#flush());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelFlush?.();
    this.#watches.clear();
  }

  async #answer(id: number, name: string, args: unknown): Promise<void> {
    try {
      if (!isKey(requestSchemas, name)) throw new AppError('not-understood');
      const parsed = parse(requestSchemas[name], args, 'What you entered');
      const value = await this.#backend.request(name, parsed as never);
      this.#post({ kind: 'answer', id, value });
    } catch (error) {
      this.#fail(id, error);
    }
  }

  #watch(id: number, name: string, args: unknown): void {
    try {
      if (!isKey(querySchemas, name)) throw new AppError('not-understood');
      const watch = { name, args: parse(querySchemas[name], args, 'The query'), lastSent: '' };
      this.#watches.set(id, watch);
      this.#update(id, watch);
    } catch (error) {
      // A watch made before the sign-in stays: it is answered once there is an office.
      this.#fail(id, error);
    }
  }

  #flush(): void {
    this.#cancelFlush = null;
    this.#flushedAt = this.#backend.clock.now();
    const stale = [...this.#stale];
    this.#stale.clear();
    for (const id of stale) {
      const watch = this.#watches.get(id);
      if (watch === undefined) continue;
      try {
        this.#update(id, watch);
      } catch (error) {
        watch.lastSent = '';
        this.#fail(id, error);
      }
    }
  }

  #update(id: number, watch: Watch): void {
    const value = this.#backend.query(watch.name, watch.args as never);
    const text = JSON.stringify(value);
    if (text === watch.lastSent) return;
    watch.lastSent = text;
    this.#post({ kind: 'update', id, value });
  }

  #fail(id: number, error: unknown): void {
    if (error instanceof AppError) {
      this.#post({ kind: 'failed', id, error: error.kind, sentence: error.message });
      return;
    }
    if (error instanceof ParseError) {
      this.#post({ kind: 'failed', id, error: 'not-understood', sentence: error.sentence });
      return;
    }
    this.#backend.log({
      level: 'error',
      event: 'request-broke',
      details: { error: String(error).slice(0, 300) },
    });
    const sentence = 'Something went wrong inside Docket. Nothing was changed; try again.';
    this.#post({ kind: 'failed', id, error: 'broke', sentence });
  }

  #post(message: FromCore): void {
    if (!this.#isClosed) this.#port.post(message);
  }
}

function isKey<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}
