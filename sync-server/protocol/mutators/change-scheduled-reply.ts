import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { ScheduledReply } from '../scheduled-replies.ts';
import {
  changedMeanwhile,
  endedMeanwhile,
  scheduledAt,
  tooFarAhead,
  waitingOrHeld,
} from './scheduled-parts.ts';

/** Gives a reply that waits or is held another time, rule or text, and lets it wait again. Words are their author's alone. (C8) */
export const changeScheduledReply: Mutator<MutationArgs<'change_scheduled_reply'>> = function* (
  args,
  context,
) {
  const { actor } = context;
  const reply = yield* scheduledAt(args, context);
  if ('kind' in reply) return reply;
  if (actor.kind !== 'member') return refused('not-allowed', 'Only the office schedules replies.');
  if (reply.ended !== undefined) return yield* endedMeanwhile(reply.ended);
  if (reply.revision !== args.revision) return changedMeanwhile();
  if (args.text !== reply.text && reply.authorId !== actor.memberId)
    return refused(
      'not-allowed',
      'Only who wrote a reply can change its words. Cancel it and write one of your own.',
    );
  if (args.text.trim() === '' && reply.files.length === 0)
    return refused('nothing-to-post', 'There is nothing left to send. Cancel the reply instead.');
  const fault = tooFarAhead(args.sendAt, context);
  if (fault !== undefined) return fault;
  const { held: _again, ...rest } = reply;
  const changed: ScheduledReply = {
    ...rest,
    text: args.text,
    sendAt: args.sendAt,
    unlessCustomerWrites: args.unlessCustomerWrites,
    revision: reply.revision + 1,
    seenVersion: args.seenVersion,
  };
  const record = yield* waitingOrHeld(changed, { memberId: actor.memberId, ...args }, context);
  return applied({ kind: 'scheduled_reply', record });
};
