import type { MutationArgs } from '../mutations.ts';
import { hasJobs, type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { isAdmin } from './file-parts.ts';

/** Deletes a pipeline. One with jobs stays: they would have nowhere to stand. (A5) [O2] */
export const removePipeline: Mutator<MutationArgs<'remove_pipeline'>> = function* (
  { pipelineId },
  { actor, arrivedAt, writtenAt },
) {
  if (!isAdmin(actor))
    return refused(
      'not-allowed',
      'Only an admin can remove pipelines. Ask an admin of your office.',
    );
  const pipeline = yield* read('pipeline', pipelineId);
  if (pipeline === undefined || pipeline.removed === true) return applied();
  if (yield* hasJobs(pipelineId))
    return refused(
      'pipeline-in-use',
      `“${pipeline.name}” still has jobs, so it was not removed. A pipeline can go once no job is in it.`,
    );
  const keys = [{ kind: 'pipeline', id: pipelineId }] as const;
  const deletion = { keys, by: actor.memberId, at: arrivedAt ?? writtenAt };
  return { kind: 'applied', puts: [], deletion };
};
