import { Users } from 'lucide-react';
import { EmptyState } from '../ui/empty-state.tsx';
import type { CustomerId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { CustomerList } from './customer-list.tsx';
import { CustomerProfile } from './customer-profile.tsx';

/** The customers beside the one who is open; where there is room for one of the two, the open one. (A6) */
export function CustomersPlace({
  customerId,
  isNarrow,
  onNewCustomer,
}: {
  customerId: CustomerId | null;
  isNarrow: boolean;
  onNewCustomer: () => void;
}) {
  // Elsewhere N is a new job; here it is one more of what this place is about.
  useShortcut([{ key: 'n' }], onNewCustomer, true);
  const isListShown = !isNarrow || customerId === null;
  return (
    <>
      {isListShown && (
        <CustomerList openId={customerId} isWide={isNarrow} onNewCustomer={onNewCustomer} />
      )}
      {customerId !== null && (
        <CustomerProfile key={customerId} customerId={customerId} hasBack={isNarrow} />
      )}
      {customerId === null && !isNarrow && (
        <main className="min-w-0 flex-1 bg-surface">
          <EmptyState icon={Users} title="No customer is open">
            Choose one in the list to see their jobs, how to reach them, and their way into the
            portal.
          </EmptyState>
        </main>
      )}
    </>
  );
}
