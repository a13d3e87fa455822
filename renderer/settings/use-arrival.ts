import { type RefObject, useEffect, useRef } from 'react';
import { useSearch } from 'wouter';

/** "/settings?part=notifications" leads to the heading of that part, which is told to who does not see it. (G3) */
export function useArrival(part: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const isWanted = new URLSearchParams(useSearch()).get('part') === part;
  useEffect(() => {
    if (!isWanted) return undefined;
    // What stands above has its height by then.
    const frame = requestAnimationFrame(() => {
      heading.current?.scrollIntoView({ block: 'start' });
      heading.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [isWanted]);
  return heading;
}
