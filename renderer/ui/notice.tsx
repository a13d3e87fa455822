import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const LOOKS = {
  danger: { icon: CircleAlert, look: 'bg-danger-soft text-danger' },
  warn: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  calm: { icon: Info, look: 'bg-surface-3 text-ink-2' },
} as const;

/** One sentence that stands until it is no longer true. `danger` is announced at once. */
export function Notice({
  look,
  children,
  className,
}: {
  look: keyof typeof LOOKS;
  children: ReactNode;
  className?: string;
}) {
  const { icon: Icon, look: classes } = LOOKS[look];
  return (
    <div
      role={look === 'danger' ? 'alert' : 'note'}
      className={classNames(
        'flex items-start gap-2 rounded-lg px-3 py-2 text-pretty',
        classes,
        className,
      )}
    >
      <Icon aria-hidden size={15} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  );
}
