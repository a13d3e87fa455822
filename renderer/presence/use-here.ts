import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobId } from '../records.ts';
import { useBridge } from '../use-bridge.tsx';

/** The core forgets a window that says nothing for longer than this and some. */
const SAY_EVERY_MS = 8_000;
/** After the last key. */
const STOPPED_WRITING_MS = 4_000;

/** Says that this job is open here, and whether somebody is writing, for as long as the window is looked at. (H8) */
export function useHere(jobId: JobId): { onWriting(): void } {
  const bridge = useBridge();
  const [windowId] = useState(() => crypto.randomUUID());
  const [isWriting, setIsWriting] = useState(false);
  const stopped = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    const say = () => {
      const isLookedAt = document.visibilityState === 'visible';
      const place = isLookedAt ? { jobId, isWriting } : null;
      // Nobody waits for it, and nothing is lost where it is not heard.
      void bridge.request('presence.here', { windowId, place }).catch(() => undefined);
    };
    say();
    const timer = setInterval(say, SAY_EVERY_MS);
    document.addEventListener('visibilitychange', say);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', say);
    };
  }, [bridge, windowId, jobId, isWriting]);
  useEffect(
    () => () => {
      clearTimeout(stopped.current);
      void bridge.request('presence.here', { windowId, place: null }).catch(() => undefined);
    },
    [bridge, windowId],
  );

  const onWriting = useCallback(() => {
    setIsWriting(true);
    clearTimeout(stopped.current);
    stopped.current = setTimeout(() => setIsWriting(false), STOPPED_WRITING_MS);
  }, []);
  return { onWriting };
}
