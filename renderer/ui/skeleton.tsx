import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from './class-names.ts';

const PATIENCE_MS = 200;

/** Shows its children only when the wait is long enough to be noticed. */
export function AfterPatience({ children }: { children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isOver ? children : null;
}

export function SkeletonBar({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames('block h-3 animate-pulse-soft rounded-sm bg-surface-3', className)}
    />
  );
}
