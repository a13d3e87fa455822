import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { type ScheduledReply, scheduledReplyId } from '../scheduled-replies.ts';
import { isNew } from './entry-parts.ts';
import { isReplaceable } from './post-entry.ts';
import { tooFarAhead, waitingOrHeld } from './scheduled-parts.ts';

/**
 * Keeps a customer reply until its time. It changes nothing a customer sees, so what its author had not seen holds it for
 * everybody to see instead of sending it back to one device. (C8) [P6]
 */
export const scheduleReply: Mutator<MutationArgs<'schedule_reply'>> = function* (args, context) {
  const { actor, writtenAt, arrivedAt } = context;
  if (actor.kind !== 'member') return refused('not-allowed', 'Only the office schedules replies.');
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so nothing was scheduled.');
  if (args.text.trim() === '' && args.attachments.length === 0)
    return refused('nothing-to-post', 'There is nothing to send: write a text or add a file.');
  const isFree =
    (yield* isNew('entry', args.entryId)) &&
    (yield* isNew('scheduled_reply', scheduledReplyId(args.entryId)));
  if (!isFree) return refused('already-exists', 'A reply with this id is already there.');
  for (const { attachmentId } of args.attachments)
    if (!(yield* isNew('attachment', attachmentId)))
      return refused('already-exists', 'An attachment with this id is already there.');
  for (const { replacesId, name } of args.attachments)
    if (replacesId !== undefined && !(yield* isReplaceable(replacesId, job)))
      return refused(
        'file-missing',
        `The file that “${name}” replaces is no longer on this job, so nothing was scheduled. Add it as a new file.`,
      );
  const fault = tooFarAhead(args.sendAt, context);
  if (fault !== undefined) return fault;
  const reply: ScheduledReply = {
    id: scheduledReplyId(args.entryId),
    entryId: args.entryId,
    jobId: job.id,
    customerId: args.writtenFor ?? job.customerId,
    authorId: actor.memberId,
    text: args.text,
    files: args.attachments.map(({ attachmentId, ...file }) => ({ id: attachmentId, ...file })),
    writtenAt,
    arrivedAt,
    sendAt: args.sendAt,
    unlessCustomerWrites: args.unlessCustomerWrites,
    revision: 1,
    seenVersion: args.seenVersion,
  };
  const record = yield* waitingOrHeld(reply, { memberId: actor.memberId, ...args }, context);
  return applied({ kind: 'scheduled_reply', record });
};
