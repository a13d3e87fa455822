// The window of a simulated desk: it asks and is answered at once, or never where the desk dies first.

import type {
  FromCore,
  Queries,
  QueryName,
  RequestName,
  Requests,
  ToCore,
} from '../../electron/core/api/contract.ts';
import type { CorePort } from '../../electron/core/core.ts';

export type RequestEnd<N extends RequestName> =
  | { readonly kind: 'answered'; readonly value: Requests[N]['answer'] }
  | { readonly kind: 'failed'; readonly error: string; readonly sentence: string };

export class DeskWindow {
  readonly #listeners = new Map<number, (message: FromCore) => void>();
  #toCore: (message: unknown) => void = () => undefined;
  #closeCore: () => void = () => undefined;
  #isClosed = false;
  #lastId = 0;

  readonly port: CorePort = {
    post: (message) => {
      if (!this.#isClosed) this.#listeners.get(message.id)?.(structuredClone(message));
    },
    onMessage: (listener) => {
      this.#toCore = listener;
    },
    onClose: (listener) => {
      this.#closeCore = listener;
    },
  };

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#closeCore();
  }

  request<N extends RequestName>(name: N, args: unknown): Promise<RequestEnd<N>> {
    return new Promise((resolve) => {
      const id = this.#listen((message) => {
        this.#listeners.delete(id);
        if (message.kind === 'failed') {
          const { error, sentence } = message;
          resolve({ kind: 'failed', error, sentence });
        } else resolve({ kind: 'answered', value: message.value as Requests[N]['answer'] });
      });
      this.#send({ kind: 'request', id, name, args });
    });
  }

  /** What the query answers now; undefined where it cannot: nobody is signed in. */
  ask<N extends QueryName>(name: N, args: Queries[N]['args']): Queries[N]['answer'] | undefined {
    let answer: Queries[N]['answer'] | undefined;
    const id = this.#listen((message) => {
      if (message.kind === 'update') answer = message.value as Queries[N]['answer'];
    });
    this.#send({ kind: 'watch', id, name, args });
    this.#send({ kind: 'unwatch', id });
    this.#listeners.delete(id);
    return answer;
  }

  #listen(listener: (message: FromCore) => void): number {
    this.#lastId += 1;
    this.#listeners.set(this.#lastId, listener);
    return this.#lastId;
  }

  #send(message: ToCore): void {
    if (!this.#isClosed) this.#toCore(structuredClone(message));
  }
}
