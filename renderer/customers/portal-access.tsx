import { Ban, Check, CircleSlash, Clock, Link2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CustomerPage, LinkRow } from '../../electron/core/api/care-contract.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { fullTime, timeBeside, timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useRequest } from '../use-request.ts';
import { CopyPortalLink } from './copy-portal-link.tsx';
import { MailPortalLink } from './mail-portal-link.tsx';
import { Section } from './section.tsx';

const MOST_LINKS = 12;

/** The customer's way into the portal: links to copy, and which of them still work. (A6, E1) */
export function PortalAccess({ page }: { page: CustomerPage }) {
  const { customer, links } = page;
  const [isRevoking, setIsRevoking] = useState(false);
  const revoke = useRequest('customers.revoke-links');
  const revokeAll = () =>
    void revoke.send({ customerId: customer.id, of: 'all', endSessions: true });
  return (
    <Section title="Portal access">
      <div className="rounded-xl border border-line bg-surface-2 px-3.5 py-3">
        <CopyPortalLink customerId={customer.id} />
        <div className="mt-3">
          <MailPortalLink customer={customer} />
        </div>
      </div>
      {links.length > 0 && (
        <ul className="mt-3 grid">
          {links.slice(0, MOST_LINKS).map((row) => (
            <LinkLine key={row.link.id} row={row} />
          ))}
        </ul>
      )}
      {links.length > MOST_LINKS && (
        <p className="mt-1 text-sm text-ink-3">and {links.length - MOST_LINKS} older ones</p>
      )}
      <Button small look="danger" className="mt-2 -ml-2.5" onClick={() => setIsRevoking(true)}>
        <Ban aria-hidden size={14} /> Revoke all access
      </Button>
      {revoke.sentence !== null && (
        <p role="alert" className="text-sm text-danger">
          {revoke.sentence}
        </p>
      )}
      {isRevoking && (
        <Confirm
          title={`Revoke all access of ${customer.name}?`}
          action="Revoke all"
          keep="Keep it"
          onConfirm={revokeAll}
          onClose={() => setIsRevoking(false)}
        >
          Every link that is still unused stops working, and {customer.name} is signed out of the
          portal on every device, as soon as this device has reached the server. A new link lets
          them in again.
        </Confirm>
      )}
    </Section>
  );
}

function LinkLine({ row }: { row: LinkRow }) {
  const now = useNow();
  const { link, state } = row;
  const revoke = useRequest('customers.revoke-links');
  const canEnd = state === 'open' || state === 'waiting';
  const { customerId } = link;
  return (
    <li className="flex min-h-10 items-start gap-2 border-t border-line py-1.5">
      <span aria-hidden className="mt-[3px] text-ink-3">
        {ICONS[state]}
      </span>
      <div className="min-w-0 flex-1">
        <p className={canEnd ? 'font-medium' : 'text-ink-2'}>{stateWords(row, now)}</p>
        <p className="text-sm break-words text-ink-3" title={fullTime(link.createdAt)}>
          {originWords(row)}, {timeOrDay(link.createdAt, now)}
        </p>
        {revoke.sentence !== null && (
          <p role="alert" className="text-sm text-danger">
            {revoke.sentence}
          </p>
        )}
      </div>
      {canEnd && (
        <Button
          small
          look="quiet"
          disabled={revoke.busy}
          aria-label={`Revoke the link made ${timeOrDay(link.createdAt, now)}`}
          onClick={() => void revoke.send({ customerId, of: [link.id], endSessions: false })}
        >
          Revoke
        </Button>
      )}
    </li>
  );
}

const ICONS: Readonly<Record<LinkRow['state'], ReactNode>> = {
  waiting: <Clock size={14} className="text-warn" />,
  open: <Link2 size={14} className="text-ok" />,
  used: <Check size={14} />,
  revoked: <CircleSlash size={14} />,
  expired: <CircleSlash size={14} />,
};

function stateWords({ link, state }: LinkRow, now: Date): string {
  switch (state) {
    case 'waiting':
      return 'Waiting: opens once this device has reached the server';
    case 'open':
      return `Works once, until ${timeBeside(link.expiresAt, now.toISOString())}`;
    case 'used':
      return `Used ${timeOrDay(link.ended?.at ?? link.createdAt, now)}`;
    case 'revoked':
      return `Revoked ${timeOrDay(link.ended?.at ?? link.createdAt, now)}`;
    case 'expired':
      return `Not used, expired ${timeOrDay(link.expiresAt, now)}`;
  }
}

/** A link that nobody made and nobody got by mail comes from the server's command line. */
function originWords({ link: { mailedTo }, madeBy }: LinkRow): string {
  if (mailedTo === null) return madeBy === null ? 'Made on the server' : `Copied by ${madeBy}`;
  return `Mailed to ${mailedTo}${madeBy === null ? ', asked for by the customer' : ` by ${madeBy}`}`;
}
