import { Clock, Lock } from 'lucide-react';
import type { Stage } from '../records.ts';
import { classNames } from './class-names.ts';
import { HueDot } from './hue-dot.tsx';

/** A stage by name. An internal stage carries a lock: its jobs are not in the portal. */
export function StagePill({
  stage,
  name,
  waiting,
  className,
}: {
  stage: Stage | undefined;
  /** Shown where the stage has been removed since. */
  name?: string;
  waiting?: boolean;
  className?: string;
}) {
  return (
    <span
      className={classNames(
        'inline-flex min-w-0 items-center gap-1.5 rounded-full border border-line-strong py-0 pr-2 pl-1.5 text-sm leading-[19px] whitespace-nowrap text-ink-2',
        className,
      )}
    >
      <HueDot hue={stage?.hue ?? 'slate'} />
      <span dir="auto" className="truncate">
        {stage?.name ?? name ?? 'Removed stage'}
      </span>
      {stage?.visibleToCustomer === false && (
        <Lock
          role="img"
          aria-label="Internal stage"
          size={11}
          strokeWidth={2}
          className="shrink-0"
        />
      )}
      {waiting === true && (
        <Clock
          role="img"
          aria-label="On this device, waiting"
          size={12}
          strokeWidth={2}
          className="shrink-0 text-warn"
        />
      )}
    </span>
  );
}
