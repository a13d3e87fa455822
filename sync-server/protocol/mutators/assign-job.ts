import { canBeAssigned } from '../membership.ts';
import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { conflicted, entryHead, isNew, touched } from './entry-parts.ts';

/** Gives a job to a colleague, or to nobody, and logs it. Always internal. (A1) */
export const assignJob: Mutator<MutationArgs<'assign_job'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so it was not assigned.');
  if (args.toMemberId !== null && !(yield* canBeAssigned(args.toMemberId)))
    return refused(
      'member-missing',
      'That colleague is no longer in this office. Choose another one.',
    );
  if (job.assigneeId === args.toMemberId) return applied();
  if (job.assigneeId !== args.fromMemberId) {
    const stands = job.assigneeId === null ? undefined : yield* read('member', job.assigneeId);
    const standsMemberId = job.assigneeId;
    return yield* conflicted(
      job,
      { kind: 'assignee', standsMemberId, standsName: stands?.name ?? 'nobody' },
      { kind: 'assignee', wantedMemberId: args.toMemberId, standsMemberId },
      context,
    );
  }
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  return applied(
    {
      kind: 'entry',
      record: {
        ...entryHead(args, 'internal', context),
        kind: 'assignment',
        fromMemberId: job.assigneeId,
        toMemberId: args.toMemberId,
      },
    },
    { kind: 'job', record: { ...touched(job, context), assigneeId: args.toMemberId } },
  );
};
