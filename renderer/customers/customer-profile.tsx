import { ArrowLeft, Clock, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { CustomerPage } from '../../electron/core/api/care-contract.ts';
import type { CustomerId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { useQuery } from '../use-query.ts';
import { ContactForm } from './contact-form.tsx';
import { CustomerJobs } from './customer-jobs.tsx';
import { DeleteCustomer } from './delete-customer.tsx';
import { NotifySwitch } from './notify-switch.tsx';
import { PortalAccess } from './portal-access.tsx';

/** Everything the office knows of a customer, and their way into the portal. (A6) */
export function CustomerProfile({
  customerId,
  hasBack,
}: {
  customerId: CustomerId;
  hasBack: boolean;
}) {
  const { value: page, failed } = useQuery('customers.one', { customerId });
  const [, goTo] = useLocation();
  useShortcut([{ key: 'escape' }], () => goTo('/customers'));
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      {page != null && <Profile page={page} hasBack={hasBack} />}
      {page === null && (
        <EmptyState
          icon={UserRoundX}
          title="This customer is not on this device"
          action={
            <Link href="/customers" className="font-medium text-accent">
              All customers
            </Link>
          }
        >
          They were deleted, or are still on their way from the server.
        </EmptyState>
      )}
      {page === undefined && failed !== null && (
        <Notice look="danger" className="m-6">
          This customer could not be opened. {failed.message}
        </Notice>
      )}
    </main>
  );
}

function Profile({ page, hasBack }: { page: CustomerPage; hasBack: boolean }) {
  const { customer } = page;
  const [, goTo] = useLocation();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  return (
    <>
      <header className="flex items-center gap-3 border-b border-line px-6 py-3">
        {hasBack && (
          <IconButton
            label="Back to the customers"
            keys="Esc"
            className="-ml-2"
            onClick={() => goTo('/customers')}
          >
            <ArrowLeft aria-hidden size={17} />
          </IconButton>
        )}
        <Avatar isCustomer id={customer.id} name={customer.name} />
        <h1
          dir="auto"
          title={customer.name}
          className="min-w-0 truncate text-xl leading-tight font-semibold tracking-[-0.015em]"
        >
          {customer.name}
        </h1>
        {page.waiting && (
          <span className="inline-flex shrink-0 items-center gap-1 text-sm text-warn">
            <Clock aria-hidden size={13} /> On this device, waiting
          </span>
        )}
      </header>
      <div
        ref={setScroller}
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="grid max-w-[980px] grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-7 px-6 py-5 min-[1180px]:grid-cols-[minmax(0,1fr)_minmax(0,320px)]">
          <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-7">
            <ContactForm page={page} />
            <NotifySwitch customer={customer} />
            <DeleteCustomer page={page} />
          </div>
          <PortalAccess page={page} />
        </div>
        <CustomerJobs page={page} scroller={scroller} />
      </div>
    </>
  );
}
