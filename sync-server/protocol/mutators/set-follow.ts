import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { followId } from '../records.ts';

/** Whether the member hears of a job, on all of the member's devices. (F3) [V3] */
export const setFollow: Mutator<MutationArgs<'set_follow'>> = function* (
  { jobId, state },
  { actor },
) {
  if (actor.kind !== 'member') return refused('not-allowed', 'Only members follow jobs.');
  if ((yield* read('job', jobId)) === undefined)
    return refused('job-missing', 'This job is no longer there.');
  const { memberId } = actor;
  const id = followId(memberId, jobId);
  const stands = (yield* read('follow', id))?.state ?? 'neither';
  if (stands === state) return applied();
  return applied({ kind: 'follow', record: { id, memberId, jobId, state } });
};
