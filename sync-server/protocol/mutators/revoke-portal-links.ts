import type { MutationArgs } from '../mutations.ts';
import { linksOf, type Mutator, read } from '../mutator.ts';
import { appliedWithDoor, refused } from '../outcome.ts';
import { isLinkOpen } from '../portal-links.ts';
import type { KindedRecord } from '../records.ts';

/**
 * Ends links of a customer and, where asked, every sign-in they led to. What is used, revoked or expired already stays as it
 * is told. (A6, E1)
 */
export const revokePortalLinks: Mutator<MutationArgs<'revoke_portal_links'>> = function* (
  { customerId, of, endSessions },
  { arrivedAt, writtenAt },
) {
  if ((yield* read('customer', customerId)) === undefined)
    return refused('customer-missing', 'This customer is not there, so nothing was revoked.');
  const at = arrivedAt ?? writtenAt;
  const links = yield* linksOf(customerId);
  const ended = links
    .filter((link) => (of === 'all' || of.includes(link.id)) && isLinkOpen(link, at))
    .map((link): KindedRecord => {
      return { kind: 'portal_link', record: { ...link, ended: { how: 'revoked', at } } };
    });
  return appliedWithDoor(ended, endSessions ? [{ kind: 'end-sessions', customerId, at }] : []);
};
