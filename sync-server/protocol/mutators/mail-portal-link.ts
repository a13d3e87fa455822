import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';

/**
 * Mails a customer a link into the portal. It changes no record here: the server makes the link when the mail leaves, so its
 * fifteen minutes begin with the mail and not with a laptop that was offline. (A6, E1)
 */
export const mailPortalLink: Mutator<MutationArgs<'mail_portal_link'>> = function* (
  { customerId, to },
  { actor },
) {
  if (actor.kind !== 'member') return refused('not-allowed', 'Only members mail portal links.');
  const customer = yield* read('customer', customerId);
  if (customer === undefined)
    return refused('customer-missing', 'This customer is not there, so no link was mailed.');
  if (!customer.emails.includes(to))
    return refused(
      'value-not-valid',
      `${to} is not an address of ${customer.name}, so no link was mailed there.`,
    );
  return applied();
};
