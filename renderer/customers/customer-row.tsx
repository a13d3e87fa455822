import { Clock } from 'lucide-react';
import { Link } from 'wouter';
import type { CustomerRow } from '../../electron/core/api/care-contract.ts';
import { type MoveFocus, onArrowKeys } from '../jobs/use-row-focus.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import { countOf } from '../ui/size-words.ts';
import { Spoken } from '../ui/spoken.tsx';

export const CUSTOMER_ROW_HEIGHT = 55;

export function CustomerRowLink({
  row,
  index,
  isOpen,
  onMove,
}: {
  row: CustomerRow;
  index: number;
  isOpen: boolean;
  /** The arrow keys walk the rows. */
  onMove: MoveFocus;
}) {
  const { customer, jobCount, unread, waiting } = row;
  return (
    <Link
      href={`/customers/${customer.id}`}
      data-row={index}
      onKeyDown={onArrowKeys(onMove)}
      aria-current={isOpen ? 'page' : undefined}
      style={{ height: CUSTOMER_ROW_HEIGHT }}
      className={classNames(
        'relative flex items-center gap-3 border-b border-line px-3.5 focus-visible:-outline-offset-2',
        isOpen
          ? 'bg-accent-soft before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent'
          : 'hover:bg-surface-2',
      )}
    >
      <Avatar isCustomer id={customer.id} name={customer.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <span
            dir="auto"
            className={classNames('truncate', unread ? 'font-semibold' : 'font-medium')}
          >
            {customer.name}
          </span>
          {waiting && (
            <Clock
              role="img"
              aria-label="On this device, waiting"
              size={12}
              className="shrink-0 text-warn"
            />
          )}
        </span>
        <span className="block truncate text-sm text-ink-3">
          {customer.emails[0] ?? (customer.phone === '' ? 'No email' : customer.phone)}
        </span>
      </span>
      <span className="flex shrink-0 items-center gap-1.5 text-sm text-ink-3 tabular-nums">
        {unread && (
          <>
            <span aria-hidden className="size-2 rounded-full bg-accent" />
            <Spoken>Something unread, </Spoken>
          </>
        )}
        {countOf(jobCount, 'job')}
      </span>
    </Link>
  );
}
