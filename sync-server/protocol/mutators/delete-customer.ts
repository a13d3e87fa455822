import type { MutationArgs } from '../mutations.ts';
import { belongingsOf, type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { isAdmin } from './file-parts.ts';

/**
 * Deletes a customer and all that is kept of them, for good. One with jobs only an admin can delete, and only having said so:
 * a job that was made meanwhile is nobody's mistake to clean up. One who is gone already is what was wanted. [O2]
 */
export const deleteCustomer: Mutator<MutationArgs<'delete_customer'>> = function* (
  { customerId, fromName, withJobs },
  { actor, arrivedAt, writtenAt },
) {
  if (actor.kind !== 'member') return refused('not-allowed', 'Only the office deletes customers.');
  const customer = yield* read('customer', customerId);
  if (customer === undefined) return applied();
  if (customer.name !== fromName)
    return refused(
      'value-not-valid',
      `“${fromName}” is called “${customer.name}” by now, so nothing was deleted. Look again, then decide.`,
    );
  if (withJobs && !isAdmin(actor))
    return refused(
      'not-allowed',
      'Only an admin can delete a customer with all their jobs. Ask one of them.',
    );
  const keys = yield* belongingsOf(customerId);
  if (!withJobs && keys.some(({ kind }) => kind === 'job'))
    return refused(
      'customer-in-use',
      `“${customer.name}” has a job by now, so the customer was not removed. An admin can delete both.`,
    );
  return {
    kind: 'applied',
    puts: [],
    door: [{ kind: 'forget-customer', customerId }],
    deletion: { keys, by: actor.memberId, at: arrivedAt ?? writtenAt },
  };
};
