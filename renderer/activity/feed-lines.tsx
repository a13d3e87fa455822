import type { ReactNode } from 'react';
import { clockTime } from '../ui/time-words.ts';

export function DayLine({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 pt-3 pb-2 text-sm text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {children}
    </div>
  );
}

export function UnreadLine({ at }: { at: string }) {
  return (
    <div className="flex items-center gap-3 pt-3 pb-2 text-sm font-semibold text-accent before:h-px before:flex-1 before:bg-accent/35 after:h-px after:flex-1 after:bg-accent/35">
      New since you looked, {clockTime(at)}
    </div>
  );
}
