// What every mutator about canned replies needs. (C6)

import { type CannedReply, MAX_CANNED_REPLIES, type Sharing } from '../canned-replies.ts';
import type { CannedReplyId, MemberId } from '../ids.ts';
import {
  type Actor,
  type Answer,
  type Ask,
  cannedOf,
  type MutationContext,
  read,
} from '../mutator.ts';
import { type Outcome, refused } from '../outcome.ts';
import { isNew } from './entry-parts.ts';
import { isAdmin } from './file-parts.ts';

type StaffActor = Extract<Actor, { kind: 'member' }>;

export const isStaff = (actor: Actor): actor is StaffActor => actor.kind === 'member';

export const NOT_FOR_CUSTOMERS = refused('not-allowed', 'Only members have canned replies.');

export const ownerIdFor = (to: Sharing, { memberId }: StaffActor): MemberId | null =>
  to === 'personal' ? memberId : null;

/** One that this member may have; somebody else's own is as if it were nowhere. [V2] */
export function* cannedReplyOf(
  actor: StaffActor,
  id: CannedReplyId,
): Generator<Ask, CannedReply | undefined, Answer> {
  const stands = yield* read('canned_reply', id);
  if (stands === undefined) return undefined;
  return stands.ownerId === null || stands.ownerId === actor.memberId ? stands : undefined;
}

/** Why no further one can stand under this id; undefined where it can. */
export function* unlessRoom(
  id: CannedReplyId,
  ownerId: MemberId | null,
): Generator<Ask, Outcome | undefined, Answer> {
  if (!(yield* isNew('canned_reply', id)))
    return refused('already-exists', 'A canned reply with this id is already there.');
  if ((yield* cannedOf(ownerId)).length < MAX_CANNED_REPLIES) return undefined;
  const whose = ownerId === null ? 'The office shares' : 'You have';
  const most = MAX_CANNED_REPLIES.toLocaleString('en');
  return refused(
    'value-not-valid',
    `${whose} ${most} canned replies, which is the most. Delete one that nobody needs, then try again.`,
  );
}

/** Why there would be nothing to insert; undefined where there is something. */
export function unlessSomething({ text, files }: Pick<CannedReply, 'text' | 'files'>) {
  return text.trim() === '' && files.length === 0
    ? refused('nothing-to-post', 'A canned reply needs a text or a file. Write one, then save it.')
    : undefined;
}

/** Everybody may better the words all use; taking them from everybody is for who brought them, and for admins. */
export const mayTakeAway = (actor: StaffActor, { ownerId, createdBy }: CannedReply): boolean =>
  ownerId !== null || createdBy === actor.memberId || isAdmin(actor);

export const changedNow = ({ memberId }: StaffActor, context: MutationContext) => ({
  changedBy: memberId,
  changedAt: context.arrivedAt ?? context.writtenAt,
});
