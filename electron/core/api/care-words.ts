// What waits to be sent about customers, pipelines and the office, in words. (H4)

import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { findRecord } from '../mirror/records.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';
import { cannedWords } from './canned-words.ts';
import { type Words, words } from './item-words.ts';

const CUSTOMER_FIELDS = {
  name: 'name',
  emails: 'emails',
  phone: 'phone',
  notes: 'notes',
  notifyOnReplies: 'Notify on replies',
} as const;

export function careWords(mirror: ReadableMirror, mutation: OutboxMutation): Words {
  const { name, args } = mutation;
  switch (name) {
    case 'create_customer':
      return words(`New customer: ${(args as MutationArgs<'create_customer'>).name}`);
    case 'update_customer': {
      const { changes } = args as MutationArgs<'update_customer'>;
      const fields = changes.map(({ field }) => CUSTOMER_FIELDS[field]).join(', ');
      return words(`Customer ${customerName(mirror, args)}: ${fields}`);
    }
    case 'create_portal_link':
      return words(`Portal link for ${customerName(mirror, args)}`);
    case 'mail_portal_link':
      return words(`Portal link by mail to ${(args as MutationArgs<'mail_portal_link'>).to}`);
    case 'revoke_portal_links':
      return words(`Revoke portal links of ${customerName(mirror, args)}`);
    case 'delete_customer': {
      const { fromName, withJobs } = args as MutationArgs<'delete_customer'>;
      return words(withJobs ? `Delete ${fromName} for good` : `Remove ${fromName}`);
    }
    case 'create_pipeline':
      return words(`New pipeline: ${(args as MutationArgs<'create_pipeline'>).name}`);
    case 'update_pipeline':
      return words(`Pipeline ${pipelineName(mirror, args)}`);
    case 'order_pipelines':
      return words('Order of the pipelines');
    case 'remove_pipeline':
      return words('Remove a pipeline');
    case 'update_workspace':
      return words('How the office looks to customers');
    default:
      return cannedWords(mirror, mutation);
  }
}

function customerName(mirror: ReadableMirror, args: unknown): string {
  const { customerId } = args as { customerId: string };
  return findRecord(mirror, 'customer', customerId)?.name ?? 'a customer';
}

function pipelineName(mirror: ReadableMirror, args: unknown): string {
  const { pipelineId } = args as { pipelineId: string };
  return findRecord(mirror, 'pipeline', pipelineId)?.name ?? 'a removed pipeline';
}
