import { Mail, Phone, UserRound } from 'lucide-react';
import { Link } from 'wouter';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { CopyPortalLink } from '../customers/copy-portal-link.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Popover } from '../ui/popover.tsx';

export function CustomerPopover({ page }: { page: JobPage }) {
  const { customer } = page;
  const trigger = (
    <button
      type="button"
      title={customer.name}
      className="inline-flex max-w-[36%] shrink-0 items-center gap-1.5 rounded-full px-2 py-0.5 text-ink-2 hover:bg-surface-3 hover:text-ink data-[state=open]:bg-surface-3"
    >
      <UserRound aria-hidden size={15} className="shrink-0" />
      <span dir="auto" className="truncate">
        {customer.name}
      </span>
    </button>
  );
  return (
    <Popover trigger={trigger} label={customer.name} className="w-80">
      <div className="flex items-center gap-3 px-4 pt-4 pb-3">
        <Avatar isCustomer id={customer.id} name={customer.name} />
        <p dir="auto" className="min-w-0 font-semibold break-words">
          {customer.name}
        </p>
      </div>
      <dl className="grid gap-1.5 px-4 pb-3 text-ink-2">
        {customer.emails.map((email) => (
          <Detail key={email} icon={<Mail aria-hidden size={15} />} name="Email">
            <a href={`mailto:${email}`} className="break-all hover:text-accent">
              {email}
            </a>
          </Detail>
        ))}
        {customer.phone !== '' && (
          <Detail icon={<Phone aria-hidden size={15} />} name="Phone">
            <a href={`tel:${customer.phone}`} className="hover:text-accent">
              {customer.phone}
            </a>
          </Detail>
        )}
      </dl>
      {customer.notes !== '' && (
        <p className="border-t border-line px-4 py-3 whitespace-pre-wrap text-ink-2">
          {customer.notes}
        </p>
      )}
      <div className="border-t border-line bg-surface-2 px-4 py-3">
        <CopyPortalLink customerId={customer.id} />
        <Link
          href={`/customers/${customer.id}`}
          className="mt-2 inline-block font-medium text-accent"
        >
          Open the customer’s page
        </Link>
      </div>
    </Popover>
  );
}

function Detail({
  icon,
  name,
  children,
}: {
  icon: React.ReactNode;
  name: string;
  children: React.ReactNode;
}) {
  return (
    <div className="flex items-start gap-2.5">
      <dt className="mt-[2px] text-ink-3" title={name}>
        {icon}
        <span className="sr-only">{name}</span>
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
