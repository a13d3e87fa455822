import { useEffect, useState } from 'react';

/** Looked at more often than it changes, so that no second is skipped. */
const LOOK_EVERY_MS = 250;

/** Whole seconds until then, counted down while it is on the screen; 0 once it is there. */
export function useSecondsUntil(iso: string): number {
  const endMs = Date.parse(iso);
  const [seconds, setSeconds] = useState(() => secondsUntil(endMs));
  useEffect(() => {
    const look = () => setSeconds(secondsUntil(endMs));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [endMs]);
  return seconds;
}

function secondsUntil(endMs: number): number {
  return Math.max(0, Math.ceil((endMs - Date.now()) / 1000));
}
