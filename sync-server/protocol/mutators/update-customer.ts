import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { mergeFields } from './merge-fields.ts';

const words = {
  name: { label: 'Name', say: String },
  emails: { label: 'Emails', say: (emails: unknown) => (emails as string[]).join(', ') },
  phone: { label: 'Phone', say: String },
  notes: { label: 'Notes', say: (notes: unknown) => String(notes).slice(0, 300) },
  notifyOnReplies: {
    label: 'Notify on replies',
    say: (isOn: unknown) => (isOn === true ? 'on' : 'off'),
  },
} as const;

/** Changes what the office knows of a customer. What two people change merges; one field both changed asks. (A6, H5) */
export const updateCustomer: Mutator<MutationArgs<'update_customer'>> = function* (args) {
  const customer = yield* read('customer', args.customerId);
  if (customer === undefined)
    return refused('customer-missing', 'This customer is no longer there, so nothing was saved.');
  const merged = mergeFields(customer, args.changes, words);
  if (merged.kind === 'clash') return { kind: 'conflicted', conflict: merged.conflict, puts: [] };
  if (merged.changed.length === 0) return applied();
  const record = { ...merged.record, name: merged.record.name.trim() };
  return applied({ kind: 'customer', record });
};
