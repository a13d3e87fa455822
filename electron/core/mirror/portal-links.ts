// The links that let a customer into the portal. (A6)

import type { PortalLink } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';

/** The customer's next link by id. */
export function nextLink(
  mirror: ReadableMirror,
  customerId: string,
  afterId: string,
): PortalLink | undefined {
  const row = mirror.get<{ data: string }>(
    'SELECT data FROM portal_link WHERE customer_id = @customerId AND id > @afterId ORDER BY id LIMIT 1',
    { customerId, afterId },
  );
  return row === undefined ? undefined : (JSON.parse(row.data) as PortalLink);
}

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
