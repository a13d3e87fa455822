import type { MutationArgs } from '../mutations.ts';
import { hasJobs, type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { unlessAdmin } from './pipeline-parts.ts';

/** Takes a pipeline out of every list. One with jobs stays: they would have nowhere to stand. (A5) */
export const removePipeline: Mutator<MutationArgs<'remove_pipeline'>> = function* (
  { pipelineId },
  context,
) {
  const no = unlessAdmin(context, 'remove pipelines');
  if (no !== undefined) return no;
  const pipeline = yield* read('pipeline', pipelineId);
  if (pipeline === undefined || pipeline.removed === true) return applied();
  if (yield* hasJobs(pipelineId))
    return refused(
      'pipeline-in-use',
      `“${pipeline.name}” still has jobs, so it was not removed. A pipeline can go once no job was ever in it.`,
    );
  return applied({ kind: 'pipeline', record: { ...pipeline, removed: true } });
};
