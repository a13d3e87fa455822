import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { appliedWithDoor, refused } from '../outcome.ts';
import { isLinkOpen } from '../portal-links.ts';

/** Uses a link up and opens a session: of two who press at once, one gets in. (E1) */
export const customerEnter: Mutator<MutationArgs<'customer_enter'>> = function* (
  { linkId, session },
  { actor, arrivedAt, writtenAt },
) {
  const gone = refused('link-missing', 'This link no longer works. Ask the office for a new one.');
  const link = yield* read('portal_link', linkId);
  const at = arrivedAt ?? writtenAt;
  if (actor.kind !== 'customer' || link?.customerId !== actor.customerId) return gone;
  if (!isLinkOpen(link, at)) return gone;
  const { customerId } = link;
  return appliedWithDoor(
    [{ kind: 'portal_link', record: { ...link, ended: { how: 'used', at } } }],
    [{ kind: 'add-session', customerId, session, at }],
  );
};
