import { ChevronDown, Mail } from 'lucide-react';
import { useState } from 'react';
import type { Customer } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** Mails a link to one of the customer's addresses. The server makes it when the mail leaves. (A6, E1) */
export function MailPortalLink({ customer }: { customer: Customer }) {
  const { value: sync } = useQuery('sync', {});
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const mail = useRequest('customers.mail-link');
  const { id: customerId, emails } = customer;
  const send = async (to: string) => {
    setMailedTo(null);
    if ((await mail.send({ customerId, to })) !== undefined) setMailedTo(to);
  };
  const [only] = emails;
  return (
    <div>
      {emails.length > 1 ? (
        <Menu
          label="Mail a link to"
          trigger={
            <Button small disabled={mail.busy}>
              <Mail aria-hidden size={14} /> Mail a link to <ChevronDown aria-hidden size={13} />
            </Button>
          }
        >
          {emails.map((email) => (
            <MenuItem key={email} onSelect={() => void send(email)}>
              {email}
            </MenuItem>
          ))}
        </Menu>
      ) : (
        <Button
          small
          disabled={only === undefined || mail.busy}
          onClick={() => only !== undefined && void send(only)}
        >
          <Mail aria-hidden size={14} /> Mail a link
        </Button>
      )}
      <p role="status" className="mt-1.5 text-sm text-pretty break-words text-ink-3">
        {mail.sentence ?? aboutMail(mailedTo, only)}
        {mailedTo !== null && sync?.kind === 'offline' && (
          <span className="text-warn"> It leaves once this device has reached the server.</span>
        )}
      </p>
    </div>
  );
}

function aboutMail(mailedTo: string | null, only: string | undefined): string {
  if (mailedTo !== null) return `A link is on its way to ${mailedTo}. It works for 15 minutes.`;
  return only === undefined ? 'There is no email to write to.' : 'Works once, for 15 minutes.';
}
