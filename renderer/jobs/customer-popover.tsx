import { Link2, Mail, Phone, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { JobPage } from '../../electron/core/api/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { timeOrDay } from '../ui/time-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

export function CustomerPopover({ page }: { page: JobPage }) {
  const { customer } = page;
  const trigger = (
    <button
      type="button"
      className="inline-flex min-w-0 items-center gap-1.5 rounded-full px-2 py-0.5 text-ink-2 hover:bg-surface-3 hover:text-ink data-[state=open]:bg-surface-3"
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
      <PortalLink page={page} />
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

/** A link works once and must be known to the server first, so it cannot be made without a network. (E1) */
function PortalLink({ page }: { page: JobPage }) {
  const { value: sync } = useQuery('sync', {});
  const makeLink = useRequest('customers.portal-link');
  const [link, setLink] = useState<{ url: string; expiresAt: string; isCopied: boolean } | null>(
    null,
  );
  const isOffline = sync?.kind === 'offline';

  const copy = async () => {
    const made = await makeLink.send({ customerId: page.customer.id });
    if (made === undefined) return;
    const isCopied = await navigator.clipboard.writeText(made.url).then(
      () => true,
      () => false,
    );
    setLink({ ...made, isCopied });
  };

  return (
    <div className="border-t border-line bg-surface-2 px-4 py-3">
      <Button small disabled={isOffline || makeLink.busy} onClick={() => void copy()}>
        <Link2 aria-hidden size={14} />
        {makeLink.busy ? 'Making a link…' : 'Copy portal link'}
      </Button>
      <p role="status" className="mt-1.5 text-sm text-pretty text-ink-3">
        {isOffline
          ? 'The server makes the link, so this works again when you are online.'
          : (makeLink.sentence ?? (link === null ? 'Signs the customer in, once.' : null))}
        {link?.isCopied === true &&
          `Copied. It works once, until ${timeOrDay(link.expiresAt, new Date())}.`}
      </p>
      {link?.isCopied === false && (
        <input
          readOnly
          aria-label="Portal link"
          value={link.url}
          onFocus={(event) => event.target.select()}
          className="mt-1.5 w-full rounded-md border border-line bg-surface px-2 py-1 text-sm"
        />
      )}
    </div>
  );
}
