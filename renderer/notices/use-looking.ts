import { useEffect, useState } from 'react';
import type { JobId } from '../records.ts';
import { useBridge } from '../use-bridge.tsx';

/** The core forgets a window that says nothing for longer than this and some. */
const SAY_EVERY_MS = 8_000;

/** Says that this job's activity is before the member's eyes, so that nobody tells them of it. (F4) */
export function useLooking(jobId: JobId): void {
  const bridge = useBridge();
  const [windowId] = useState(() => crypto.randomUUID());
  useEffect(() => {
    // Nobody waits for it: unheard, they are told of what they see.
    const say = (where: JobId | null) =>
      void bridge.request('notices.looking', { windowId, jobId: where }).catch(() => undefined);
    const look = () => say(document.hasFocus() ? jobId : null);
    const leave = () => say(null);
    look();
    const timer = setInterval(look, SAY_EVERY_MS);
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    // A window that is closed does not lose the focus first, and its page is not taken down.
    window.addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [bridge, windowId, jobId]);
}
