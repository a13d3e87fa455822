import { useEffect, useRef } from 'react';

const ASKED = 'docket-insert-canned-reply';

/** From anywhere: the composer that is shown opens its list of canned replies. (C6) */
export function askForCanned(): void {
  window.dispatchEvent(new Event(ASKED));
}

export function useAskedForCanned(onAsk: () => void): void {
  const latest = useRef(onAsk);
  useEffect(() => {
    latest.current = onAsk;
  });
  useEffect(() => {
    const listen = () => latest.current();
    window.addEventListener(ASKED, listen);
    return () => window.removeEventListener(ASKED, listen);
  }, []);
}
