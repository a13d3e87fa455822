import { Link2 } from 'lucide-react';
import { useState } from 'react';
import type { MadeLink } from '../../electron/core/api/care-contract.ts';
import type { CustomerId } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { timeBeside } from '../ui/time-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** Makes a link and puts it on the clipboard. It can be made offline and says that it waits then. (A6, E1) */
export function CopyPortalLink({ customerId }: { customerId: CustomerId }) {
  const { value: sync } = useQuery('sync', {});
  const makeLink = useRequest('customers.make-link');
  const [made, setMade] = useState<(MadeLink & { isCopied: boolean }) | null>(null);

  const copy = async () => {
    const link = await makeLink.send({ customerId });
    if (link === undefined) return;
    setMade({ ...link, isCopied: await copyText(link.url) });
  };

  return (
    <div>
      <Button small disabled={makeLink.busy} onClick={() => void copy()}>
        <Link2 aria-hidden size={14} />
        Copy portal link
      </Button>
      <p role="status" className="mt-1.5 text-sm text-pretty text-ink-3">
        {makeLink.sentence ?? (made === null ? 'Signs the customer in, once.' : aboutLink(made))}
        {made !== null && sync?.kind === 'offline' && (
          <span className="text-warn"> It opens once this device has reached the server.</span>
        )}
      </p>
      {made?.isCopied === false && (
        <input
          readOnly
          aria-label="Portal link"
          value={made.url}
          onFocus={(event) => event.target.select()}
          className="mt-1.5 w-full rounded-md border border-line bg-surface px-2 py-1 text-sm"
        />
      )}
    </div>
  );
}

function aboutLink({ isCopied, expiresAt }: MadeLink & { isCopied: boolean }): string {
  const until = `It works once, until ${timeBeside(expiresAt, new Date().toISOString())}.`;
  return isCopied ? `Copied. ${until}` : until;
}
