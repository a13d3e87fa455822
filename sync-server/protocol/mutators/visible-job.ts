// The job a customer acts on: one that may not be seen is nowhere. [V2]

import type { JobId } from '../ids.ts';
import { type Actor, read } from '../mutator.ts';
import { isVisibleTo } from '../visibility.ts';

/** Undefined for a job that is nowhere, of somebody else, or in an internal stage, and for whoever is no customer. [V2] */
export function* visibleJob(actor: Actor, jobId: JobId) {
  if (actor.kind !== 'customer') return undefined;
  const job = yield* read('job', jobId);
  if (job === undefined) return undefined;
  const pipeline = yield* read('pipeline', job.pipelineId);
  if (pipeline === undefined) return undefined;
  const at = { job, pipeline };
  return isVisibleTo(actor, { kind: 'job', at }) ? at : undefined;
}
