import type { Queries, QueryName } from '../electron/core/api/contract.ts';
import type { Bridge, BridgeError } from './bridge.ts';

/** What is known of a live query at this moment. Replaced as a whole, never changed. */
export interface Snapshot<N extends QueryName> {
  readonly args: Queries[N]['args'];
  /** Undefined until the first answer. */
  readonly value: Queries[N]['answer'] | undefined;
  readonly failed: BridgeError | null;
}

interface Live {
  snapshot: Snapshot<QueryName>;
  readonly listeners: Set<() => void>;
  stop(): void;
  lingering: ReturnType<typeof setTimeout> | undefined;
}

/** Going back within this time finds the answer still there. */
const LINGER_MS = 1_500;

/** One watch at the core for each question, however many components ask it. */
export class QueryStore {
  readonly #bridge: Bridge;
  readonly #live = new Map<string, Live>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  snapshot<N extends QueryName>(name: N, args: Queries[N]['args']): Snapshot<N> | undefined {
    return this.#live.get(keyOf(name, args))?.snapshot as Snapshot<N> | undefined;
  }

  subscribe<N extends QueryName>(name: N, args: Queries[N]['args'], listener: () => void) {
    const key = keyOf(name, args);
    const live = this.#live.get(key) ?? this.#start(key, name, args);
    clearTimeout(live.lingering);
    live.listeners.add(listener);
    return () => {
      live.listeners.delete(listener);
      if (live.listeners.size > 0) return;
      live.lingering = setTimeout(() => {
        live.stop();
        this.#live.delete(key);
      }, LINGER_MS);
    };
  }

  #start<N extends QueryName>(key: string, name: N, args: Queries[N]['args']): Live {
    const live: Live = {
      snapshot: { args, value: undefined, failed: null },
      listeners: new Set(),
      stop: () => undefined,
      lingering: undefined,
    };
    const publish = (snapshot: Snapshot<N>) => {
      live.snapshot = snapshot;
      for (const listener of live.listeners) listener();
    };
    this.#live.set(key, live);
    live.stop = this.#bridge.watch(name, args, {
      update: (value) => publish({ args, value, failed: null }),
      failed: (failed) => {
        const { value } = live.snapshot as Snapshot<N>;
        publish({ args, value, failed });
      },
    });
    return live;
  }
}

function keyOf(name: QueryName, args: unknown): string {
  return `${name} ${JSON.stringify(args)}`;
}
