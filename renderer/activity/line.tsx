import type { ReactNode } from 'react';
import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { Chip } from '../ui/chip.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';

/** One line of the feed: its mark, its words, who reads it, when. */
export function Line({
  item,
  icon,
  children,
  below,
  menu,
}: {
  item: FeedItem;
  icon: ReactNode;
  children: ReactNode;
  below?: ReactNode;
  menu?: ReactNode;
}) {
  const { entry } = item;
  const audience = entry.author.kind === 'customer' ? 'from_customer' : entry.audience;
  return (
    <article className="group/entry grid grid-cols-[28px_minmax(0,1fr)] gap-[11px] py-[5px] text-ink-2">
      <span aria-hidden className="grid h-5 place-items-center text-ink-3">
        {icon}
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-[7px] gap-y-1 wrap-anywhere">
          {children}
          <Chip audience={audience} />
          <EntryTime item={item} />
          <DeliveryLine item={item} />
          <EntryState item={item} reader={null} />
          {menu}
        </div>
        {below}
      </div>
    </article>
  );
}

/** "You", or their name. */
export const who = ({ mine, authorName }: FeedItem) => (mine ? 'You' : authorName);

export function Name({ children }: { children: string }) {
  return (
    <b dir="auto" className="font-medium text-ink">
      {children}
    </b>
  );
}
