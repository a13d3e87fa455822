// What every mutator on a scheduled reply needs. (C8)

import type { EntryId, JobId, MemberId } from '../ids.ts';
import { type Answer, type Ask, hasNews, type MutationContext, read } from '../mutator.ts';
import { type Outcome, refused } from '../outcome.ts';
import type { KindedRecord } from '../records.ts';
import {
  type HeldWhy,
  heldReply,
  LONGEST_AHEAD_MS,
  type ScheduledEnd,
  type ScheduledReply,
  scheduledReplyId,
} from '../scheduled-replies.ts';
import type { Audience } from '../values.ts';
import { postEntry } from './post-entry.ts';

/** The reply an act is about, whatever became of it; or why nothing can be done. */
export function* scheduledAt(
  { jobId, entryId }: { readonly jobId: JobId; readonly entryId: EntryId },
  { arrivedAt }: MutationContext,
): Generator<Ask, ScheduledReply | Outcome, Answer> {
  const job = yield* read('job', jobId);
  const reply = yield* read('scheduled_reply', scheduledReplyId(entryId));
  if (job === undefined || reply?.jobId !== job.id)
    return refused(
      'entry-missing',
      arrivedAt === null
        ? 'This reply is no longer there. Look at the job again.'
        : 'This reply is no longer scheduled, so nothing was done. Look at the job again.',
    );
  return reply;
}

/** The server sent it, or somebody took it back: what was wanted of it can no longer be. */
export function* endedMeanwhile({ how, at, by }: ScheduledEnd): Generator<Ask, Outcome, Answer> {
  const member = by === null ? undefined : yield* read('member', by);
  const byName = member?.name ?? null;
  return { kind: 'conflicted', conflict: { kind: 'scheduled', stands: how, at, byName }, puts: [] };
}

export function changedMeanwhile(): Outcome {
  const conflict = { kind: 'scheduled', stands: 'changed', at: null, byName: null } as const;
  return { kind: 'conflicted', conflict, puts: [] };
}

/** By the server's clock alone: a device's may be years off. */
export function tooFarAhead(
  sendAt: string,
  { arrivedAt }: Pick<MutationContext, 'arrivedAt'>,
): Outcome | undefined {
  if (arrivedAt === null || Date.parse(sendAt) - Date.parse(arrivedAt) <= LONGEST_AHEAD_MS)
    return undefined;
  return refused(
    'value-not-valid',
    'This is more than a year ahead by the server’s clock, so nothing was scheduled. Choose an earlier time, and check the clock of this computer.',
  );
}

interface Seen {
  readonly memberId: MemberId;
  readonly seenVersion: number;
}

/**
 * Why it may not be sent as they want who decide about it: the job is another customer's by now, whatever they have seen, or
 * something there is news to them. Undefined where there is nothing. [P6]
 */
export function* newsWhy(
  { jobId, customerId, unlessCustomerWrites }: ScheduledReply,
  { memberId, seenVersion }: Seen,
): Generator<Ask, HeldWhy | undefined, Answer> {
  if ((yield* read('job', jobId))?.customerId !== customerId) return 'other-customer';
  const of = { jobId, afterVersion: seenVersion, exceptMemberId: memberId };
  if (unlessCustomerWrites && (yield* hasNews({ ...of, ofCustomer: true })))
    return 'customer-wrote';
  return (yield* hasNews(of)) ? 'moved-on' : undefined;
}

/** As it stands from now on: waiting for its time, unless that is over or its person had not seen what is there. */
export function* waitingOrHeld(
  reply: ScheduledReply,
  seen: Seen,
  { arrivedAt }: MutationContext,
): Generator<Ask, ScheduledReply, Answer> {
  // A device only says what it would be: its clock holds nothing, and what is newer here is held by the server.
  if (arrivedAt === null) return reply;
  const why = reply.sendAt <= arrivedAt ? 'arrived-late' : yield* newsWhy(reply, seen);
  return why === undefined ? reply : heldReply(reply, why, arrivedAt);
}

/** Later than every version: what its author has seen was looked at before. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** The entry it becomes, with its files, in the name of who wrote it. */
export function* postedReply(
  reply: ScheduledReply,
  as: { readonly audience: Audience; readonly sentBy?: MemberId },
  context: MutationContext,
): Generator<Ask, Outcome, Answer> {
  const { entryId, jobId, text, authorId, writtenAt } = reply;
  const { audience, sentBy } = as;
  const isNote = audience === 'internal';
  const attachments = reply.files.map(({ id: attachmentId, ...file }) => ({
    ...file,
    attachmentId,
    audience: isNote ? ('internal' as const) : file.audience,
  }));
  const posted = yield* postEntry(
    { jobId, entryId, audience, text, attachments, seenVersion: EVERYTHING },
    { ...context, actor: { kind: 'member', memberId: authorId, role: 'member' }, writtenAt },
  );
  if (posted.kind !== 'applied') return posted;
  const scheduled = { at: writtenAt, ...(sentBy !== undefined && { sentBy }) };
  return {
    ...posted,
    puts: posted.puts.map(
      (put): KindedRecord =>
        put.kind === 'entry' ? { ...put, record: { ...put.record, scheduled } } : put,
    ),
  };
}
