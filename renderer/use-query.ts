import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import type { Queries, QueryName } from '../electron/core/api/contract.ts';
import type { BridgeError } from './bridge.ts';
import type { Snapshot } from './query-store.ts';
import { useQueryStore } from './use-bridge.tsx';

export interface QueryResult<N extends QueryName> {
  /** The newest answer; while the arguments change, the last answer to the ones before. Undefined before the first. */
  readonly value: Queries[N]['answer'] | undefined;
  /** What `value` answers. */
  readonly answered: Queries[N]['args'] | undefined;
  /** `value` is missing or answers earlier arguments. */
  readonly loading: boolean;
  readonly failed: BridgeError | null;
}

/** A live query: renders again whenever the core's answer changes. */
export function useQuery<N extends QueryName>(name: N, args: Queries[N]['args']): QueryResult<N> {
  const store = useQueryStore();
  const key = JSON.stringify(args);
  // `key` stands for `args`: equal arguments must not start a new watch.
  const stable = useMemo(() => JSON.parse(key) as Queries[N]['args'], [key]);
  const subscribe = useCallback(
    (listener: () => void) => store.subscribe(name, stable, listener),
    [store, name, stable],
  );
  const snapshot = useSyncExternalStore(subscribe, () => store.snapshot(name, stable));

  const [last, setLast] = useState<Snapshot<N> | undefined>(undefined);
  if (snapshot?.value !== undefined && snapshot !== last) setLast(snapshot);

  const shown = snapshot?.value === undefined ? last : snapshot;
  return {
    value: shown?.value,
    answered: shown?.args,
    loading: snapshot?.value === undefined && snapshot?.failed == null,
    failed: snapshot?.failed ?? null,
  };
}
