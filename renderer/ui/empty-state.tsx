import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What would be here, and the first step. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex h-full min-h-40 flex-col items-center justify-center gap-1 px-8 py-10 text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full bg-surface-3 text-ink-3">
        <Icon aria-hidden size={18} strokeWidth={1.7} />
      </span>
      <p className="font-semibold">{title}</p>
      {children !== undefined && <p className="max-w-[44ch] text-pretty text-ink-2">{children}</p>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}
