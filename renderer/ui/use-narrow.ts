import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('(max-width: 999px)');

function subscribe(listener: () => void): () => void {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** Too narrow for list and job side by side. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}
