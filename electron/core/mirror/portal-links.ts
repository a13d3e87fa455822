// The links that let a customer into the portal. (A6)

import type { PortalLink } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';

/** Newest first; what waits here first of all. */
export function linksOfCustomer(mirror: ReadableMirror, customerId: string): PlacedLink[] {
  return mirror
    .all<{ data: string; version: number | null }>(
      'SELECT data, version FROM portal_link WHERE customer_id = @customerId ORDER BY position DESC, id DESC',
      { customerId },
    )
    .map(({ data, version }) => ({
      link: JSON.parse(data) as PortalLink,
      isPending: version === null,
    }));
}

export interface PlacedLink {
  readonly link: PortalLink;
  readonly isPending: boolean;
}
