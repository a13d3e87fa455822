import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { readMarkId } from '../records.ts';

/** Moves the member's own read mark forward, on all of the member's devices; never back. (A2, F3) [V3] */
export const markRead: Mutator<MutationArgs<'mark_read'>> = function* (args, { actor }) {
  if (actor.kind !== 'member') return refused('not-allowed', 'Only members have read marks.');
  // Nobody has to decide about a mark: where the job is gone, nothing is left unread.
  if ((yield* read('job', args.jobId)) === undefined) return applied();
  const id = readMarkId(actor.memberId, args.jobId);
  const stands = yield* read('read_mark', id);
  if (stands !== undefined && stands.readThroughVersion >= args.throughVersion) return applied();
  return applied({
    kind: 'read_mark',
    record: {
      id,
      memberId: actor.memberId,
      jobId: args.jobId,
      readThroughVersion: args.throughVersion,
    },
  });
};
