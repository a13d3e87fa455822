import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { IconButton } from '../ui/button.tsx';

export const CANNED_PLACE = '/settings/canned-replies';

/** The title, and the way back where the list is not beside it. */
export function CannedHead({
  title,
  hasBack,
  children,
}: {
  title: string;
  hasBack: boolean;
  children?: ReactNode;
}) {
  const [, goTo] = useLocation();
  return (
    <header className="flex min-h-[53px] shrink-0 flex-wrap items-center gap-x-2.5 border-b border-line px-6 py-1.5">
      {hasBack && (
        <IconButton
          label="Back to the canned replies"
          keys="Esc"
          className="-ml-2"
          onClick={() => goTo(CANNED_PLACE)}
        >
          <ArrowLeft aria-hidden size={17} />
        </IconButton>
      )}
      <h1 dir="auto" className="min-w-0 flex-1 truncate text-lg font-semibold tracking-tight">
        {title}
      </h1>
      {children}
    </header>
  );
}
