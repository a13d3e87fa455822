import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { appliedWithDoor, refused } from '../outcome.ts';
import { newPortalLink } from '../portal-links.ts';
import { isNew } from './entry-parts.ts';

/** Makes a link that lets a customer in once. It opens nothing before the server has it. (A6, E1) */
export const createPortalLink: Mutator<MutationArgs<'create_portal_link'>> = function* (
  { linkId, customerId, tokenHash },
  { actor, arrivedAt, writtenAt },
) {
  if (actor.kind !== 'member') return refused('not-allowed', 'Only members make portal links.');
  if ((yield* read('customer', customerId)) === undefined)
    return refused('customer-missing', 'This customer is not there, so no link was made.');
  if (!(yield* isNew('portal_link', linkId)))
    return refused('already-exists', 'A link with this id is already there.');
  const { memberId } = actor;
  const link = { id: linkId, customerId, memberId, mailedTo: null };
  const record = newPortalLink(link, arrivedAt ?? writtenAt);
  return appliedWithDoor(
    [{ kind: 'portal_link', record }],
    [{ kind: 'add-key', linkId, tokenHash }],
  );
};
