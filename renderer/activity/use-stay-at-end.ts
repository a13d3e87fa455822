import { useCallback, useEffect, useRef } from 'react';

const NEAR_PX = 40;

/**
 * Keeps a scrolled view at its end when it becomes lower, as under a growing composer. Whoever has scrolled up is not moved.
 * Answers where to put the scroller.
 */
export function useStayAtEnd(): (scroller: HTMLElement | null) => void {
  const observer = useRef<ResizeObserver | null>(null);
  useEffect(() => () => observer.current?.disconnect(), []);

  return useCallback((scroller: HTMLElement | null) => {
    observer.current?.disconnect();
    if (scroller === null) return;
    let height = scroller.clientHeight;
    observer.current = new ResizeObserver(() => {
      const belowBefore = scroller.scrollHeight - scroller.scrollTop - height;
      height = scroller.clientHeight;
      if (belowBefore < NEAR_PX) scroller.scrollTop = scroller.scrollHeight;
    });
    observer.current.observe(scroller);
  }, []);
}
