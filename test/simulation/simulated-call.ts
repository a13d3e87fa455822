// A request as its sender sees it.

import {
  AxiosError,
  type AxiosResponse,
  CanceledError,
  type InternalAxiosRequestConfig,
} from 'axios';
import type { Run } from './run.ts';
import type { ServerAnswer } from './server-request.ts';

interface Ends {
  resolve(response: AxiosResponse): void;
  reject(error: unknown): void;
  onEnd(call: Call): void;
}

/** It ends once, by an answer, an error, a timeout or the sender's own word. */
export class Call {
  readonly #config: InternalAxiosRequestConfig;
  readonly #ends: Ends;
  readonly #stopWaiting: () => void;
  readonly #cancel: () => void;
  readonly timeoutMs: number;
  readonly wantsStream: boolean;
  isSettled = false;

  constructor(run: Run, config: InternalAxiosRequestConfig, ends: Ends) {
    this.#config = config;
    this.#ends = ends;
    this.timeoutMs = config.timeout ?? 0;
    this.wantsStream = config.responseType === 'stream';
    this.#stopWaiting =
      this.timeoutMs > 0
        ? run.scheduler.after(this.timeoutMs, () => this.fail('ECONNABORTED'))
        : () => undefined;
    this.#cancel = () => this.#end(() => ends.reject(new CanceledError('Canceled', config)));
    const { signal } = config;
    if (signal?.aborted === true) this.#cancel();
    else signal?.addEventListener?.('abort', this.#cancel);
  }

  answer({
    status,
    headers,
    body,
  }: Pick<ServerAnswer, 'status' | 'headers'> & { body: unknown }): void {
    this.#end(() => {
      const config = this.#config;
      const response = { data: body, status, statusText: '', headers, config };
      const isFine = config.validateStatus?.(status) ?? true;
      if (isFine) this.#ends.resolve(response);
      else
        this.#ends.reject(
          new AxiosError(`Status ${status}`, 'ERR_BAD_RESPONSE', config, null, response),
        );
    });
  }

  fail(code: string): void {
    this.#end(() => this.#ends.reject(new AxiosError(code, code, this.#config)));
  }

  #end(settle: () => void): void {
    if (this.isSettled) return;
    this.forget();
    settle();
  }

  /** Ends it without a word: whoever asked is dead. */
  forget(): void {
    this.isSettled = true;
    this.#stopWaiting();
    this.#config.signal?.removeEventListener?.('abort', this.#cancel);
    this.#ends.onEnd(this);
  }
}
