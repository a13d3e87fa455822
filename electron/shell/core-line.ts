// The main process's own line to the core: it asks and watches as a window does, for what stands outside of windows.

import type { MessagePortMain } from 'electron';
import type {
  FromCore,
  Queries,
  QueryName,
  RequestName,
  Requests,
  ToCore,
} from '../core/api/contract.ts';

interface Watch {
  readonly message: ToCore;
  /** Undefined where it cannot be answered now: nobody is signed in. */
  update(value: unknown): void;
}

/** A refusal, or a core that ended before it answered. The message is a sentence for a person. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

export class CoreLine {
  readonly #openLine: () => MessagePortMain;
  #port: MessagePortMain | undefined;
  readonly #watches = new Map<number, Watch>();
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  constructor(openLine: () => MessagePortMain) {
    this.#openLine = openLine;
    this.renew();
  }

  /** After a restart of the core. What is watched is watched on. */
  renew(): void {
    this.#port?.close();
    const port = this.#openLine();
    this.#port = port;
    port.on('message', ({ data }) => this.#receive(data as FromCore));
    port.start();
    for (const { reject } of this.#asked.values())
      reject(new NotAnswered('Docket’s core stopped before it answered.'));
    this.#asked.clear();
    for (const { message } of this.#watches.values()) port.postMessage(message);
  }

  watch<N extends QueryName>(
    name: N,
    args: Queries[N]['args'],
    update: (value: Queries[N]['answer'] | undefined) => void,
  ): void {
    this.#lastId += 1;
    const message: ToCore = { kind: 'watch', id: this.#lastId, name, args };
    this.#watches.set(message.id, { message, update: update });
    this.#port?.postMessage(message);
  }

  /** @throws NotAnswered */
  request<N extends RequestName>(
    name: N,
    args: Requests[N]['args'],
  ): Promise<Requests[N]['answer']> {
    this.#lastId += 1;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(this.#lastId, asked);
    this.#port?.postMessage({ kind: 'request', id: this.#lastId, name, args } satisfies ToCore);
    return asked.promise as Promise<Requests[N]['answer']>;
  }

  #receive(message: FromCore): void {
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    const watch = this.#watches.get(message.id);
    if (message.kind === 'failed') {
      asked?.reject(new NotAnswered(message.sentence));
      watch?.update(undefined);
    } else {
      asked?.resolve(message.value);
      watch?.update(message.value);
    }
  }
}
