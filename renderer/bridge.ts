// The renderer's one way to the core: requests, live queries and files, over whichever transport the host gives.

import type {
  FromCore,
  Queries,
  QueryName,
  RequestName,
  Requests,
  ToCore,
} from '../electron/core/api/contract.ts';
import type { AddFileResult } from '../electron/core/api/files-contract.ts';

export interface Bridge {
  /**
   * Asks the core once.
   *
   * @throws BridgeError where the core refuses, or is lost before it answers
   */
  request<N extends RequestName>(
    name: N,
    args: Requests[N]['args'],
  ): Promise<Requests[N]['answer']>;
  /** Answers at once and again whenever the answer changes, also after a lost connection, until the returned function is called. */
  watch<N extends QueryName>(
    name: N,
    args: Queries[N]['args'],
    watcher: Watcher<Queries[N]['answer']>,
  ): () => void;
  /** Hands a file to the core. When it answers `added`, the bytes are safe on this disk. `onProgress` gets 0 to 1. (D4) */
  addFile(file: File, onProgress: (share: number) => void): Promise<AddFileResult>;
  readonly connected: boolean;
  onConnectedChange(listener: () => void): () => void;
}

export interface Watcher<Value> {
  update(value: Value): void;
  failed(error: BridgeError): void;
}

/** The core said no, or is not there. The message is a sentence for a person. */
export class BridgeError extends Error {
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = 'BridgeError';
    this.code = code;
  }
}

/** Carries messages while it is open, and opens again by itself after it was closed. */
export interface Transport {
  start(events: TransportEvents): void;
  /** Called only while open. */
  send(message: ToCore): void;
}

export interface TransportEvents {
  opened(): void;
  closed(): void;
  received(message: FromCore): void;
}

export type AddFile = Bridge['addFile'];

interface Pending {
  readonly message: ToCore;
  sent: boolean;
  resolve(value: unknown): void;
  reject(error: BridgeError): void;
}

interface Watch {
  readonly message: ToCore;
  readonly watcher: Watcher<unknown>;
}

const LOST =
  'Docket on this device stopped before it answered. Look whether your change is there before you try again.';

/**
 * What was not sent yet waits for the connection; what was sent and lost its answer fails, because the core may have
 * done it; watches start again by themselves.
 */
export function createBridge(transport: Transport, addFile: AddFile): Bridge {
  const pending = new Map<number, Pending>();
  const watches = new Map<number, Watch>();
  const listeners = new Set<() => void>();
  let connected = false;
  let lastId = 0;

  const setConnected = (value: boolean) => {
    connected = value;
    for (const listener of listeners) listener();
  };

  const received = (message: FromCore) => {
    const request = pending.get(message.id);
    const watch = watches.get(message.id);
    if (message.kind === 'update') return watch?.watcher.update(message.value);
    pending.delete(message.id);
    if (message.kind === 'answer') return request?.resolve(message.value);
    const error = new BridgeError(message.error, message.sentence);
    request?.reject(error);
    watch?.watcher.failed(error);
  };

  transport.start({
    opened() {
      setConnected(true);
      for (const request of pending.values()) {
        request.sent = true;
        transport.send(request.message);
      }
      for (const { message } of watches.values()) transport.send(message);
    },
    closed() {
      setConnected(false);
      for (const [id, request] of pending) {
        if (!request.sent) continue;
        pending.delete(id);
        request.reject(new BridgeError('core-lost', LOST));
      }
    },
    received,
  });

  return {
    request: (name, args) =>
      new Promise((resolve, reject) => {
        const message: ToCore = { kind: 'request', id: ++lastId, name, args };
        const settle = resolve as (value: unknown) => void;
        pending.set(message.id, { message, sent: connected, resolve: settle, reject });
        if (connected) transport.send(message);
      }),
    watch(name, args, watcher) {
      const message: ToCore = { kind: 'watch', id: ++lastId, name, args };
      watches.set(message.id, { message, watcher: watcher });
      if (connected) transport.send(message);
      return () => {
        watches.delete(message.id);
        if (connected) transport.send({ kind: 'unwatch', id: message.id });
      };
    },
    addFile,
    get connected() {
      return connected;
    },
    onConnectedChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
