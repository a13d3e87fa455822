import { classNames } from '../ui/class-names.ts';

/** How far something came; thin, beside words that say it. */
export function TransferBar({
  label,
  done,
  total,
  className,
}: {
  label: string;
  done: number;
  total: number;
  className?: string;
}) {
  const percent = total === 0 ? 0 : Math.min(100, (done / total) * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(percent)}
      className={classNames('block h-1 overflow-hidden rounded-full bg-surface-3', className)}
    >
      <span
        className="block h-full rounded-full bg-accent transition-[width] duration-(--calm)"
        style={{ width: `${percent}%` }}
      />
    </span>
  );
}
