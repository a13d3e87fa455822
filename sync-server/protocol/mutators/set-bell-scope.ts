import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';

/** Which jobs ring the member's bell, on all of the member's devices. (F3) [V3] */
export const setBellScope: Mutator<MutationArgs<'set_bell_scope'>> = function* (
  { bellScope },
  { actor },
) {
  if (actor.kind !== 'member') return refused('not-allowed', 'Only members have a bell.');
  const { memberId } = actor;
  const stands = yield* read('member_settings', memberId);
  if (stands?.bellScope === bellScope) return applied();
  const record = { ...stands, id: memberId, memberId, bellScope };
  return applied({ kind: 'member_settings', record });
};
