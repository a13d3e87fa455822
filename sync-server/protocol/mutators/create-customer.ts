import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { isNew } from './entry-parts.ts';

/** Adds a customer; "Notify on replies" starts on. (A6) */
export const createCustomer: Mutator<MutationArgs<'create_customer'>> = function* (args) {
  if (!(yield* isNew('customer', args.customerId)))
    return refused('already-exists', 'A customer with this id is already there.');
  return applied({
    kind: 'customer',
    record: {
      id: args.customerId,
      name: args.name.trim(),
      emails: args.emails,
      phone: args.phone,
      notes: '',
      notifyOnReplies: true,
    },
  });
};
