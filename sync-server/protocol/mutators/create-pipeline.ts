import type { MutationArgs } from '../mutations.ts';
import { allPipelines, type Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { isNew } from './entry-parts.ts';
import { faultOf, unlessAdmin } from './pipeline-parts.ts';

/** Adds a way for jobs to go, behind the others. (A5) */
export const createPipeline: Mutator<MutationArgs<'create_pipeline'>> = function* (
  { pipelineId, name, ...rest },
  context,
) {
  const no = unlessAdmin(context, 'add pipelines') ?? faultOf(rest);
  if (no !== undefined) return no;
  if (!(yield* isNew('pipeline', pipelineId)))
    return refused('already-exists', 'A pipeline with this id is already there.');
  const positions = (yield* allPipelines()).map(({ position }) => position);
  const position = Math.max(-1, ...positions) + 1;
  const record = { id: pipelineId, name: name.trim(), position, ...rest };
  return applied({ kind: 'pipeline', record });
};
