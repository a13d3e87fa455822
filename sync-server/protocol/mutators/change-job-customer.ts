import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read, sharedOn } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { conflicted, isNew, jobChanged } from './entry-parts.ts';

/**
 * Gives a job to another customer, where it was opened for the wrong one, and logs it. As soon as anything on it was written by
 * a customer or for one it stays with them: nobody reads what was meant for somebody else. (A1, E7)
 */
export const changeJobCustomer: Mutator<MutationArgs<'change_job_customer'>> = function* (
  args,
  context,
) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so its customer was not changed.');
  const to = yield* read('customer', args.toCustomerId);
  if (to === undefined)
    return refused(
      'customer-missing',
      `The customer that “${job.title}” was to belong to is no longer there. Choose another one.`,
    );
  if (job.customerId === to.id) return applied();
  if (job.customerId !== args.fromCustomerId)
    return yield* conflicted(
      job,
      { kind: 'customer', standsCustomerId: job.customerId },
      { kind: 'customer', wantedCustomerId: to.id, standsCustomerId: job.customerId },
      context,
    );
  if (yield* sharedOn(job.id))
    return refused(
      'already-shared',
      `On “${job.title}” something was written for its customer or by them, and no other customer may read that. Open a new job for the other one.`,
    );
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  const change = {
    kind: 'customer',
    fromCustomerId: job.customerId,
    toCustomerId: to.id,
  } as const;
  return jobChanged(args, { job: { ...job, customerId: to.id }, change }, context);
};
