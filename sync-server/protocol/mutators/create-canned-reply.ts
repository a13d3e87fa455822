import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied } from '../outcome.ts';
import {
  changedNow,
  isStaff,
  NOT_FOR_CUSTOMERS,
  ownerIdFor,
  unlessRoom,
  unlessSomething,
} from './canned-parts.ts';

/** Adds a canned reply, shared with the office or the member's own. (C6) */
export const createCannedReply: Mutator<MutationArgs<'create_canned_reply'>> = function* (
  { cannedReplyId, sharing, title, text, files },
  context,
) {
  const { actor } = context;
  if (!isStaff(actor)) return NOT_FOR_CUSTOMERS;
  const ownerId = ownerIdFor(sharing, actor);
  const no = unlessSomething({ text, files }) ?? (yield* unlessRoom(cannedReplyId, ownerId));
  if (no !== undefined) return no;
  const record = {
    id: cannedReplyId,
    ownerId,
    title: title.trim(),
    text,
    files,
    createdBy: actor.memberId,
    ...changedNow(actor, context),
  };
  return applied({ kind: 'canned_reply', record });
};
