import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import {
  cannedReplyOf,
  changedNow,
  isStaff,
  mayTakeAway,
  NOT_FOR_CUSTOMERS,
  ownerIdFor,
  unlessRoom,
} from './canned-parts.ts';

/**
 * Shares a personal canned reply, or makes a shared one personal. It goes on as another record: who may have a record is said
 * when it is made, so that a device which may not have it any more is told so like of any deletion. (C6) [O2, V3]
 */
export const moveCannedReply: Mutator<MutationArgs<'move_canned_reply'>> = function* (
  { cannedReplyId, toCannedReplyId, to },
  context,
) {
  const { actor, arrivedAt, writtenAt } = context;
  if (!isStaff(actor)) return NOT_FOR_CUSTOMERS;
  const stands = yield* cannedReplyOf(actor, cannedReplyId);
  if (stands === undefined)
    return refused(
      'canned-reply-missing',
      'This canned reply is no longer there, so nothing was changed. Look at the list again.',
    );
  const ownerId = ownerIdFor(to, actor);
  if (stands.ownerId === ownerId) return applied();
  if (!mayTakeAway(actor, stands))
    return refused(
      'not-allowed',
      `“${stands.title}” is shared, and only who added it or an admin can make it personal. Save a copy of your own instead.`,
    );
  const no = yield* unlessRoom(toCannedReplyId, ownerId);
  if (no !== undefined) return no;
  const createdBy = ownerId ?? stands.createdBy;
  const record = {
    ...stands,
    id: toCannedReplyId,
    ownerId,
    createdBy,
    ...changedNow(actor, context),
  };
  return {
    kind: 'applied',
    puts: [{ kind: 'canned_reply', record }],
    deletion: {
      keys: [{ kind: 'canned_reply', id: stands.id }],
      by: actor.memberId,
      at: arrivedAt ?? writtenAt,
    },
  };
};
