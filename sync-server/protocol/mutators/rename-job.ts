import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { conflicted, isNew, jobChanged } from './entry-parts.ts';

/** Calls a job otherwise, and logs it. The customer reads the title; that it was another one stays internal. (A1) */
export const renameJob: Mutator<MutationArgs<'rename_job'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused(
      'job-missing',
      `This job is no longer there, so it was not renamed to “${args.toTitle}”.`,
    );
  const title = args.toTitle.trim();
  if (job.title === title) return applied();
  if (job.title !== args.fromTitle)
    return yield* conflicted(
      job,
      { kind: 'title', standsTitle: job.title },
      { kind: 'title', wanted: title, stands: job.title },
      context,
    );
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  const change = { kind: 'title', from: job.title, to: title } as const;
  return jobChanged(args, { job: { ...job, title }, change }, context);
};
