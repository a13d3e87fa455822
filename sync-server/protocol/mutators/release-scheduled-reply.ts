import { isPresentMember } from '../membership.ts';
import { type Answer, type Ask, type MutationContext, read } from '../mutator.ts';
import { applied, type Outcome } from '../outcome.ts';
import {
  endedReply,
  type HeldWhy,
  heldReply,
  isWaiting,
  LATEST_RELEASE_MS,
  type ScheduledReply,
} from '../scheduled-replies.ts';
import { isVisibleTo } from '../visibility.ts';
import { postedReply } from './scheduled-parts.ts';

/**
 * What the server does of its own accord with a scheduled reply whose time has come: the entry stands and the reply is gone, or
 * it is held, and says why. Undefined where there is nothing to do: somebody was quicker, or it has another time by now. It is
 * no mutation: nobody can ask for it. (C8)
 *
 * @param wasRestored it was scheduled in another epoch than this one [L6]
 */
export function* releaseScheduledReply(
  replyId: string,
  { wasRestored }: { readonly wasRestored: boolean },
  context: MutationContext & { readonly arrivedAt: string },
): Generator<Ask, Outcome | undefined, Answer> {
  const reply = yield* read('scheduled_reply', replyId);
  if (reply === undefined || !isWaiting(reply)) return undefined;
  const lateMs = Date.parse(context.arrivedAt) - Date.parse(reply.sendAt);
  if (lateMs < 0 && !wasRestored) return undefined;
  const why = wasRestored ? 'restored' : yield* whyNot(reply, lateMs);
  if (why !== undefined) return held(reply, why, context.arrivedAt);
  const posted = yield* postedReply(reply, { audience: 'visible' }, context);
  if (posted.kind !== 'applied') return held(reply, 'file-gone', context.arrivedAt);
  const ended = endedReply(reply, { how: 'sent', at: context.arrivedAt, by: null });
  return applied(...posted.puts, { kind: 'scheduled_reply', record: ended });
}

/** What the customer wrote meanwhile is none of this: it held the reply in the very commit that took it in. */
function* whyNot(
  { jobId, customerId, authorId }: ScheduledReply,
  lateMs: number,
): Generator<Ask, HeldWhy | undefined, Answer> {
  const job = yield* read('job', jobId);
  const pipeline = job && (yield* read('pipeline', job.pipelineId));
  if (job === undefined || job.customerId !== customerId) return 'other-customer';
  if (!isPresentMember(yield* read('member', authorId))) return 'author-left';
  const viewer = { kind: 'customer', customerId } as const;
  if (pipeline === undefined || !isVisibleTo(viewer, { kind: 'job', at: { job, pipeline } }))
    return 'not-visible';
  return lateMs > LATEST_RELEASE_MS ? 'too-late' : undefined;
}

function held(reply: ScheduledReply, why: HeldWhy, at: string): Outcome {
  return applied({ kind: 'scheduled_reply', record: heldReply(reply, why, at) });
}
