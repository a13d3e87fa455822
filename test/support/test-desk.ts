// A real core with a real disk, spoken to as a window speaks to it.

import type {
  FromCore,
  Queries,
  QueryName,
  RequestName,
  Requests,
  ToCore,
} from '../../electron/core/api/contract.ts';
import { type Core, type CorePort, startCore } from '../../electron/core/core.ts';
import { openMirror as openMirrorFile } from '../../electron/core/mirror/database.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';

const PATIENCE_MS = 10_000;

export interface TestDesk {
  readonly core: Core;
  readonly host: FakeHost;
  readonly window: TestWindow;
  request<N extends RequestName>(
    name: N,
    args: Requests[N]['args'],
  ): Promise<Requests[N]['answer']>;
  /** The first answer of a live query. */
  ask<N extends QueryName>(name: N, args: Queries[N]['args']): Promise<Queries[N]['answer']>;
  /** The first answer that satisfies; fails with the last one seen where none does. */
  until<N extends QueryName>(
    name: N,
    args: Queries[N]['args'],
    isEnough: (answer: Queries[N]['answer']) => boolean,
  ): Promise<Queries[N]['answer']>;
  signIn(serverUrl: string, who: { email: string; password: string }): Promise<void>;
}

export async function startTestDesk(
  dataFolder: string,
  host = fakeHost(dataFolder),
  openMirror = openMirrorFile,
): Promise<TestDesk> {
  const core = await startCore(host, '', openMirror);
  const window = new TestWindow();
  core.connect(window.port);
  const until: TestDesk['until'] = (name, args, isEnough) => window.until(name, args, isEnough);
  const request: TestDesk['request'] = (name, args) => window.request(name, args);
  return {
    core,
    host,
    window,
    request,
    until,
    ask: (name, args) => until(name, args, () => true),
    signIn: async (serverUrl, { email, password }) => {
      const result = await request('session.sign-in', { serverUrl, email, password });
      if (result.kind === 'refused') throw new Error(result.sentence);
      await until('sync', {}, ({ kind }) => kind === 'up-to-date');
    },
  };
}

export class RequestFailed extends Error {
  readonly kind: string;

  constructor(kind: string, sentence: string) {
    super(sentence);
    this.kind = kind;
  }
}

/** The renderer's end of a port. */
export class TestWindow {
  readonly #listeners = new Map<number, (message: FromCore) => void>();
  #toCore: (message: unknown) => void = () => undefined;
  #close: () => void = () => undefined;
  #lastId = 0;

  readonly port: CorePort = {
    post: (message) => this.#listeners.get(message.id)?.(structuredClone(message)),
    onMessage: (listener) => {
      this.#toCore = listener;
    },
    onClose: (listener) => {
      this.#close = listener;
    },
  };

  close(): void {
    this.#close();
  }

  send(message: ToCore): void {
    this.#toCore(structuredClone(message));
  }

  request<N extends RequestName>(name: N, args: unknown): Promise<Requests[N]['answer']> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#listeners.set(id, (message) => {
        this.#listeners.delete(id);
        if (message.kind === 'failed') reject(new RequestFailed(message.error, message.sentence));
        else resolve(message.value as Requests[N]['answer']);
      });
      this.send({ kind: 'request', id, name, args });
    });
  }

  until<N extends QueryName>(
    name: N,
    args: Queries[N]['args'],
    isEnough: (answer: Queries[N]['answer']) => boolean,
    patienceMs = PATIENCE_MS,
  ): Promise<Queries[N]['answer']> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      let last: unknown = 'no answer';
      const stop = () => {
        clearTimeout(timer);
        this.#listeners.delete(id);
        this.send({ kind: 'unwatch', id });
      };
      const timer = setTimeout(() => {
        stop();
        reject(
          new Error(`${name} did not come to it. Last: ${JSON.stringify(last).slice(0, 2000)}`),
        );
      }, patienceMs);
      this.#listeners.set(id, (message) => {
        last = message.kind === 'failed' ? message.sentence : message.value;
        if (message.kind === 'failed') return;
        const value = message.value as Queries[N]['answer'];
        if (!isEnough(value)) return;
        stop();
        resolve(value);
      });
      this.send({ kind: 'watch', id, name, args });
    });
  }
}
