import { SearchX, UserRoundPlus, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useRowFocus, useRowKeys } from '../jobs/use-row-focus.ts';
import type { CustomerId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { countWords } from '../ui/size-words.ts';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { LiveRegion } from '../ui/spoken.tsx';
import { type RowWindow, useRowWindow } from '../use-row-window.ts';
import { CUSTOMER_ROW_HEIGHT, CustomerRowLink } from './customer-row.tsx';

export function CustomerList({
  openId,
  isWide,
  onNewCustomer,
}: {
  openId: CustomerId | null;
  /** The list has the whole width beside the sidebar. */
  isWide: boolean;
  onNewCustomer: () => void;
}) {
  const [search, setSearch] = useState('');
  const customers = useRowWindow('customers.list', { search });
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut([{ key: '/' }], () => searchBox.current?.select());
  const Frame = isWide ? 'main' : 'section';
  const Heading = openId === null ? 'h1' : 'h2';
  return (
    <Frame
      aria-label="Customers"
      className={classNames(
        'flex min-h-0 flex-col bg-surface',
        isWide
          ? 'min-w-0 flex-1'
          : 'w-[316px] shrink-0 border-r border-line min-[1440px]:w-[348px]',
      )}
    >
      <header className="px-3.5 pt-2.5 pb-2.5">
        <div className="flex h-8 items-center gap-2">
          <Heading className="truncate text-title font-semibold tracking-tight">Customers</Heading>
          {customers.total !== undefined && (
            <span className="text-ink-3 tabular-nums">{countWords(customers.total)}</span>
          )}
          <span className="ml-auto" />
          <IconButton label="New customer" keys="N" onClick={onNewCustomer} className="-mr-1">
            <UserRoundPlus aria-hidden size={16} />
          </IconButton>
        </div>
        <SearchBox
          ref={searchBox}
          className="mt-1.5"
          label="Search in customers"
          placeholder="Name, email or phone"
          keys="/"
          value={search}
          onChange={setSearch}
        />
      </header>
      <Rows
        key={search}
        customers={customers}
        search={search}
        openId={openId}
        onClear={() => setSearch('')}
        onNewCustomer={onNewCustomer}
      />
      <LiveRegion>
        {search !== '' && customers.total !== undefined ? `${customers.total} customers found` : ''}
      </LiveRegion>
    </Frame>
  );
}

function Rows({
  customers,
  search,
  openId,
  onClear,
  onNewCustomer,
}: {
  customers: RowWindow<'customers.list'>;
  search: string;
  openId: CustomerId | null;
  onClear: () => void;
  onNewCustomer: () => void;
}) {
  const list = useRef<VirtuosoHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const move = useRowFocus({ list, frame, count: customers.total ?? 0 });
  useRowKeys(move);
  if (customers.failed !== null && customers.total === undefined)
    return (
      <p role="alert" className="px-3.5 py-3 text-danger">
        The customers could not be read. {customers.failed.message}
      </p>
    );
  if (customers.total === undefined) return <RowSkeletons />;
  if (customers.total === 0)
    return <NoCustomers search={search} onClear={onClear} onNewCustomer={onNewCustomer} />;
  return (
    <div ref={frame} className="min-h-0 flex-1 border-t border-line">
      <Virtuoso
        ref={list}
        totalCount={customers.total}
        rangeChanged={customers.show}
        increaseViewportBy={200}
        fixedItemHeight={CUSTOMER_ROW_HEIGHT}
        computeItemKey={(index) => customers.rowAt(index)?.customer.id ?? `row ${index}`}
        itemContent={(index) => {
          const row = customers.rowAt(index);
          return row === undefined ? (
            <RowSkeleton />
          ) : (
            <CustomerRowLink
              row={row}
              index={index}
              isOpen={row.customer.id === openId}
              onMove={move}
            />
          );
        }}
      />
    </div>
  );
}

function NoCustomers({
  search,
  onClear,
  onNewCustomer,
}: {
  search: string;
  onClear: () => void;
  onNewCustomer: () => void;
}) {
  if (search !== '')
    return (
      <EmptyState
        icon={SearchX}
        title="No customer fits"
        action={<Button onClick={onClear}>Clear the search</Button>}
      >
        Search looks at the beginnings of words in name, email and phone.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Users}
      title="No customers yet"
      action={
        <Button look="primary" onClick={onNewCustomer}>
          New customer
        </Button>
      }
    >
      Whoever the office works for. Each of them can follow their own jobs in the portal.
    </EmptyState>
  );
}

/** While the first rows are counted. */
function RowSkeletons() {
  return (
    <div className="border-t border-line">
      {Array.from({ length: 8 }, (_, row) => (
        <RowSkeleton key={row} />
      ))}
    </div>
  );
}

function RowSkeleton() {
  return (
    <AfterPatience>
      <div className="border-b border-line px-3.5 py-3" style={{ height: CUSTOMER_ROW_HEIGHT }}>
        <SkeletonBar className="w-2/5" />
        <SkeletonBar className="mt-2.5 w-3/5" />
      </div>
    </AfterPatience>
  );
}
