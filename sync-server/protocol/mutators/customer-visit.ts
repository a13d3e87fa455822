import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { portalVisitId } from '../records.ts';
import { isVisibleTo } from '../visibility.ts';

/** The customer opened a job: the unread dot goes. (E2) */
export const customerVisit: Mutator<MutationArgs<'customer_visit'>> = function* (args, context) {
  const missing = refused('job-missing', 'This job is not available any more.');
  const { actor } = context;
  if (actor.kind !== 'customer')
    return refused('not-allowed', 'Only a customer visits the portal.');
  const job = yield* read('job', args.jobId);
  if (job === undefined) return missing;
  const pipeline = yield* read('pipeline', job.pipelineId);
  if (pipeline === undefined) return missing;
  if (!isVisibleTo(actor, { kind: 'job', at: { job, pipeline } })) return missing;
  const id = portalVisitId(actor.customerId, job.id);
  const stands = yield* read('portal_visit', id);
  if (stands !== undefined && stands.seenVersion >= args.seenVersion) return applied();
  return applied({
    kind: 'portal_visit',
    record: {
      id,
      customerId: actor.customerId,
      jobId: job.id,
      seenVersion: args.seenVersion,
      seenAt: context.arrivedAt ?? context.writtenAt,
    },
  });
};
