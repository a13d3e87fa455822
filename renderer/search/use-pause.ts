import { useEffect, useState } from 'react';

const PAUSE_MS = 120;

/** What is typed, once nothing more comes for a moment: a search of the whole office is not made between two letters. */
export function usePause(typed: string): string {
  const [paused, setPaused] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return paused;
}
