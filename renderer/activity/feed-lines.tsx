import { type ReactNode, useEffect, useRef } from 'react';
import { clockTime } from '../ui/time-words.ts';

export function DayLine({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 pt-3 pb-2 text-sm text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {children}
    </div>
  );
}

/** @param onSeen called once, when the line comes into view */
export function UnreadLine({ at, onSeen }: { at: string; onSeen: () => void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (line.current === null) return undefined;
    const observer = new IntersectionObserver((changes) => {
      if (changes.some(({ isIntersecting }) => isIntersecting)) onSeen();
    });
    observer.observe(line.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return (
    <div
      ref={line}
      className="flex items-center gap-3 pt-3 pb-2 text-sm font-semibold text-accent before:h-px before:flex-1 before:bg-accent/35 after:h-px after:flex-1 after:bg-accent/35"
    >
      New since you looked, {clockTime(at)}
    </div>
  );
}
