import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { AppError } from '../errors.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';

/** What a person wrote, whether it leaves at once or at its time. @throws AppError where it is neither note nor reply */
export function postArgs(mutation: OutboxMutation): MutationArgs<'post_entry'> {
  if (mutation.name === 'schedule_reply') {
    const {
      sendAt: _when,
      unlessCustomerWrites: _rule,
      ...post
    } = mutation.args as MutationArgs<'schedule_reply'>;
    return { ...post, audience: 'visible' };
  }
  if (mutation.name !== 'post_entry')
    throw new AppError('not-there', { sentence: 'Only a note or a reply can be changed here.' });
  return mutation.args as MutationArgs<'post_entry'>;
}
