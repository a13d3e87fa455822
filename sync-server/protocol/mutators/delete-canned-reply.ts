import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { cannedReplyOf, isStaff, mayTakeAway, NOT_FOR_CUSTOMERS } from './canned-parts.ts';

/** Deletes a canned reply; one that is gone already is what was wanted. (C6) [O2] */
export const deleteCannedReply: Mutator<MutationArgs<'delete_canned_reply'>> = function* (
  { cannedReplyId, fromTitle },
  { actor, arrivedAt, writtenAt },
) {
  if (!isStaff(actor)) return NOT_FOR_CUSTOMERS;
  const stands = yield* cannedReplyOf(actor, cannedReplyId);
  if (stands === undefined) return applied();
  if (!mayTakeAway(actor, stands))
    return refused(
      'not-allowed',
      `“${stands.title}” is shared, and only who added it or an admin can delete it. Ask one of them.`,
    );
  if (stands.title !== fromTitle)
    return refused(
      'value-not-valid',
      `“${fromTitle}” is called “${stands.title}” by now, so nothing was deleted. Look again, then decide.`,
    );
  return {
    kind: 'applied',
    puts: [],
    deletion: {
      keys: [{ kind: 'canned_reply', id: stands.id }],
      by: actor.memberId,
      at: arrivedAt ?? writtenAt,
    },
  };
};
