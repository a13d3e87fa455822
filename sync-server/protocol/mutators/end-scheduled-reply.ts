import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { endedReply, heldReply } from '../scheduled-replies.ts';
import {
  changedMeanwhile,
  endedMeanwhile,
  newsWhy,
  postedReply,
  scheduledAt,
} from './scheduled-parts.ts';

const DOES = { send: 'sent', note: 'note', cancel: 'cancelled' } as const;

/**
 * Sends a reply that waits or is held now, makes it an internal note, or takes it back. Whoever sends it has seen the job: where
 * something is newer than what they saw, it is held. (C8) [P6]
 */
export const endScheduledReply: Mutator<MutationArgs<'end_scheduled_reply'>> = function* (
  args,
  context,
) {
  const { actor, arrivedAt, writtenAt } = context;
  const reply = yield* scheduledAt(args, context);
  if ('kind' in reply) return reply;
  if (actor.kind !== 'member') return refused('not-allowed', 'Only the office sends replies.');
  const how = DOES[args.how];
  // What was wanted is done already, whoever did it.
  if (reply.ended?.how === how) return applied();
  if (reply.ended !== undefined) return yield* endedMeanwhile(reply.ended);
  if (reply.revision !== args.revision) return changedMeanwhile();
  const at = arrivedAt ?? writtenAt;
  const ended = endedReply(reply, { how, at, by: actor.memberId });
  if (how === 'cancelled') return applied({ kind: 'scheduled_reply', record: ended });
  if (how === 'sent') {
    const why = yield* newsWhy(reply, { memberId: actor.memberId, ...args });
    if (why !== undefined)
      return applied({ kind: 'scheduled_reply', record: heldReply(reply, why, at) });
  }
  const audience = how === 'sent' ? 'visible' : 'internal';
  const posted = yield* postedReply(reply, { audience, sentBy: actor.memberId }, context);
  if (posted.kind !== 'applied') return posted;
  return applied(...posted.puts, { kind: 'scheduled_reply', record: ended });
};
