import { useEffect, useRef } from 'react';

const ASKED = 'docket-send-later';

/** From anywhere: the composer that is on the screen offers its times. (C8) */
export function askLater(): void {
  window.dispatchEvent(new Event(ASKED));
}

export function useAskedLater(onAsked: () => void): void {
  const latest = useRef(onAsked);
  useEffect(() => {
    latest.current = onAsked;
  });
  useEffect(() => {
    const listen = () => latest.current();
    window.addEventListener(ASKED, listen);
    return () => window.removeEventListener(ASKED, listen);
  }, []);
}
