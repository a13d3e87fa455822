import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import type { Bridge } from './bridge.ts';
import { QueryStore } from './query-store.ts';

interface World {
  readonly bridge: Bridge;
  readonly queries: QueryStore;
}

const WorldContext = createContext<World | null>(null);

export function BridgeProvider({ bridge, children }: { bridge: Bridge; children: ReactNode }) {
  const [world] = useState<World>(() => ({ bridge, queries: new QueryStore(bridge) }));
  return <WorldContext value={world}>{children}</WorldContext>;
}

export function useBridge(): Bridge {
  return useWorld().bridge;
}

export function useQueryStore(): QueryStore {
  return useWorld().queries;
}

export function useConnected(): boolean {
  const bridge = useBridge();
  return useSyncExternalStore(
    (listener) => bridge.onConnectedChange(listener),
    () => bridge.connected,
  );
}

function useWorld(): World {
  const world = useContext(WorldContext);
  if (world === null) throw new Error('This component stands outside of BridgeProvider.');
  return world;
}
