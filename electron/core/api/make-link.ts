import { createHash } from 'node:crypto';
import type { CustomerId, PortalLinkId, TokenHash } from '../../../sync-server/protocol/ids.ts';
import { portalLinkUrl } from '../../../sync-server/protocol/portal-links.ts';
import { readMeta } from '../mirror/meta.ts';
import { findRecord } from '../mirror/records.ts';
import type { MadeLink } from './care-contract.ts';
import type { Office } from './office.ts';

const TOKEN_BYTES = 32;

/** Makes a link to the portal on this device: its token is in the answer and nowhere else, its hash travels. (A6, E1) */
export function makeLink(office: Office, { customerId }: { customerId: CustomerId }): MadeLink {
  const token = Buffer.from(office.randomBytes(TOKEN_BYTES)).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex') as TokenHash;
  const linkId = office.newId() as PortalLinkId;
  office.act('create_portal_link', { linkId, customerId, tokenHash });
  const portalUrl = readMeta(office.mirror, 'portal-url') ?? office.account.serverUrl;
  return {
    linkId,
    url: portalLinkUrl(portalUrl, token),
    expiresAt: findRecord(office.mirror, 'portal_link', linkId)?.expiresAt ?? office.now(),
  };
}
