import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { portalVisitId } from '../records.ts';
import { visibleJob } from './visible-job.ts';

/** The customer opened a job: the unread dot goes. (E2) */
export const customerVisit: Mutator<MutationArgs<'customer_visit'>> = function* (args, context) {
  const { actor } = context;
  const at = yield* visibleJob(actor, args.jobId);
  if (at === undefined || actor.kind !== 'customer')
    return refused('job-missing', 'This job is not available any more.');
  const { job } = at;
  const id = portalVisitId(actor.customerId, job.id);
  const stands = yield* read('portal_visit', id);
  const isSeen = stands !== undefined && stands.seenVersion >= args.seenVersion;
  const seenEditVersion = Math.max(stands?.seenEditVersion ?? 0, args.seenEditVersion ?? 0);
  if (isSeen && seenEditVersion === (stands.seenEditVersion ?? 0)) return applied();
  return applied({
    kind: 'portal_visit',
    record: {
      id,
      customerId: actor.customerId,
      jobId: job.id,
      seenVersion: Math.max(stands?.seenVersion ?? 0, args.seenVersion),
      seenAt: context.arrivedAt ?? context.writtenAt,
      ...(seenEditVersion > 0 && { seenEditVersion }),
    },
  });
};
