import { Eye, Lock, LogIn, type LucideIcon } from 'lucide-react';
import type { FeedAudience } from '../../electron/core/api/jobs-contract.ts';
import { classNames } from './class-names.ts';

interface ChipLook {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly look: string;
  readonly ink: string;
}

/** The one loud colour of Docket. Colour is never the only sign: icon and word stand with it. (B2) */
export const AUDIENCES: Readonly<Record<FeedAudience, ChipLook>> = {
  internal: {
    word: 'Internal',
    icon: Lock,
    look: 'bg-internal border-internal-line text-internal-ink',
    ink: 'text-internal-ink',
  },
  visible: {
    word: 'Visible',
    icon: Eye,
    look: 'bg-visible border-visible-line text-visible-ink',
    ink: 'text-visible-ink',
  },
  from_customer: {
    word: 'From customer',
    icon: LogIn,
    look: 'bg-customer border-customer-line text-customer-ink',
    ink: 'text-customer-ink',
  },
};

export function Chip({ audience, className }: { audience: FeedAudience; className?: string }) {
  const { word, icon: Icon, look } = AUDIENCES[audience];
  return (
    <span
      className={classNames(
        'inline-flex shrink-0 items-center gap-1 rounded-full border py-0 pr-2 pl-1.5 text-xs leading-[18px] font-semibold whitespace-nowrap',
        look,
        className,
      )}
    >
      <Icon aria-hidden size={12} strokeWidth={2.2} />
      {word}
    </span>
  );
}
