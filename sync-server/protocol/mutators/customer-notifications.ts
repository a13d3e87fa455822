import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';

/** A customer wants mails about news, or no more of them: the same switch the office has. (A6, F2) */
export const customerNotifications: Mutator<MutationArgs<'customer_notifications'>> = function* (
  { notifyOnReplies },
  { actor },
) {
  if (actor.kind !== 'customer')
    return refused('not-allowed', 'Only a customer can do this from the portal.');
  const customer = yield* read('customer', actor.customerId);
  if (customer === undefined)
    return refused('customer-missing', 'You are no longer a customer of this office.');
  if (customer.notifyOnReplies === notifyOnReplies) return applied();
  return applied({ kind: 'customer', record: { ...customer, notifyOnReplies } });
};
