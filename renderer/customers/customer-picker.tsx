import { Plus } from 'lucide-react';
import { Command } from 'cmdk';
import { useState } from 'react';
import type { Customer, CustomerId } from '../records.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { TextField } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { useFirstChosen } from '../ui/use-first-chosen.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { LONGEST_SEARCH } from '../ui/search-box.tsx';

export type PickedCustomer =
  | { readonly kind: 'known'; readonly customer: Customer }
  | { readonly kind: 'new'; readonly name: string; readonly email: string; readonly phone: string };

export function nameOfPicked(customer: PickedCustomer | null): string {
  if (customer === null) return 'The customer';
  const name = customer.kind === 'known' ? customer.customer.name : customer.name.trim();
  return name === '' ? 'The customer' : name;
}

/** Makes whoever was typed in as new; `idOf` answers undefined where that failed, and `sentence` says why. */
export function usePickedCustomer() {
  const { send, busy, sentence } = useRequest('customers.create');
  const idOf = async (picked: PickedCustomer): Promise<CustomerId | undefined> => {
    if (picked.kind === 'known') return picked.customer.id;
    const { name, email, phone } = picked;
    return (await send({ name, email, phone }))?.customerId;
  };
  return { idOf, busy, sentence };
}

const MOST = 6;
const NEW = 'new customer';

/** A customer of the office, or a new one with name, email and phone. */
export function CustomerPicker({
  picked,
  onPick,
  error,
}: {
  picked: PickedCustomer | null;
  onPick: (picked: PickedCustomer | null) => void;
  /** Said while none is picked. */
  error: string | null;
}) {
  // What had the focus is gone with each step; it goes on with what takes that place. (I4)
  const [isGoingOn, setIsGoingOn] = useState(false);
  const pick = (to: PickedCustomer | null) => {
    setIsGoingOn(true);
    onPick(to);
  };
  if (picked === null) return <CustomerSearch onPick={pick} error={error} autoFocus={isGoingOn} />;
  if (picked.kind === 'known')
    return (
      <div>
        <p className="mb-1 text-sm font-medium text-ink-2">Customer</p>
        <div className="flex items-center gap-2.5 rounded-lg border border-line-strong px-2.5 py-1.5">
          <Avatar isCustomer small id={picked.customer.id} name={picked.customer.name} />
          <span dir="auto" className="min-w-0 flex-1 truncate text-read">
            {picked.customer.name}
          </span>
          <Button small look="quiet" autoFocus={isGoingOn} onClick={() => pick(null)}>
            Change
          </Button>
        </div>
      </div>
    );
  return (
    <fieldset className="grid gap-2.5 rounded-lg border border-line bg-surface-2 p-3">
      <legend className="sr-only">New customer</legend>
      <div className="flex items-center">
        <p className="flex-1 font-medium">New customer</p>
        <Button small look="quiet" onClick={() => pick(null)}>
          Choose another
        </Button>
      </div>
      <TextField
        label="Name"
        dir="auto"
        maxLength={200}
        value={picked.name}
        onChange={(event) => onPick({ ...picked, name: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Email"
          type="email"
          autoFocus
          value={picked.email}
          onChange={(event) => onPick({ ...picked, email: event.target.value })}
        />
        <TextField
          label="Phone"
          type="tel"
          maxLength={60}
          value={picked.phone}
          onChange={(event) => onPick({ ...picked, phone: event.target.value })}
        />
      </div>
    </fieldset>
  );
}

function CustomerSearch({
  onPick,
  error,
  autoFocus,
}: {
  onPick: (picked: PickedCustomer) => void;
  error: string | null;
  autoFocus: boolean;
}) {
  const [search, setSearch] = useState('');
  const { value: customers, answered } = useQuery('customers', { search });
  const shown = customers?.slice(0, MOST) ?? [];
  const others = (customers?.length ?? 0) - shown.length;
  const name = search.trim();
  // The rows of another search are other rows: cmdk would leave nothing chosen.
  const [chosen, setChosen] = useFirstChosen(shown[0]?.id ?? NEW, answered?.search);
  return (
    <div>
      <p className="mb-1 text-sm font-medium text-ink-2">Customer</p>
      {error !== null && (
        <p role="alert" className="mb-1 text-sm text-danger">
          {error}
        </p>
      )}
      {/* The core finds customers by its own rule. */}
      <Command
        label="Customer"
        shouldFilter={false}
        value={chosen}
        onValueChange={setChosen}
        className={classNames(
          'overflow-hidden rounded-lg border shadow-paper',
          error === null ? 'border-line-strong' : 'border-danger',
        )}
        data-focus-group
      >
        <Command.Input
          autoFocus={autoFocus}
          value={search}
          onValueChange={setSearch}
          maxLength={LONGEST_SEARCH}
          placeholder="Search by name"
          className="w-full bg-transparent px-2.5 py-1.5 text-read"
        />
        <Command.List className="border-t border-line p-1">
          {shown.map((customer) => (
            <Command.Item
              key={customer.id}
              value={customer.id}
              onSelect={() => onPick({ kind: 'known', customer })}
              className="flex min-h-8 items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-surface-3"
            >
              <Avatar isCustomer small id={customer.id} name={customer.name} />
              <span dir="auto" className="truncate">
                {customer.name}
              </span>
              <span className="ml-auto truncate text-sm text-ink-3">{customer.emails[0]}</span>
            </Command.Item>
          ))}
          {others > 0 && (
            <p className="px-2 py-1 text-sm text-ink-3">
              {countOf(others, 'more customer')}: type a name
            </p>
          )}
          <Command.Item
            value={NEW}
            onSelect={() => onPick({ kind: 'new', name, email: '', phone: '' })}
            className="flex min-h-8 items-center gap-2.5 rounded-md px-2 font-medium data-[selected=true]:bg-surface-3"
          >
            <Plus aria-hidden size={16} className="mx-0.5 text-ink-3" />
            {name === '' ? 'Add a new customer' : `Add “${name}” as a new customer`}
          </Command.Item>
        </Command.List>
      </Command>
    </div>
  );
}
