import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { stageOf } from '../visibility.ts';
import { conflicted, entryHead, isNew, touched } from './entry-parts.ts';

/**
 * Moves a job to another stage and logs it. Where a colleague moved the job meanwhile, the same wish is a no-op and
 * another wish conflicts: a person decides, never a clock. (A4, H5)
 */
export const changeStage: Mutator<MutationArgs<'change_stage'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so its stage was not changed.');
  const pipeline = yield* read('pipeline', job.pipelineId);
  if (pipeline === undefined)
    return refused(
      'pipeline-missing',
      'The pipeline of this job is no longer there, so its stage was not changed.',
    );
  const to = stageOf(pipeline, args.toStageId);
  if (to === undefined)
    return refused(
      'stage-missing',
      `That stage is no longer in “${pipeline.name}”. Choose another one.`,
    );
  if (job.stageId === to.id) return applied();
  const stands = stageOf(pipeline, job.stageId);
  if (job.stageId !== args.fromStageId) {
    const standsName = stands?.name ?? 'a removed stage';
    return yield* conflicted(
      job,
      { kind: 'stage', standsStageId: job.stageId, standsName },
      { kind: 'stage', wantedStageId: to.id, wantedName: to.name, standsName },
      context,
    );
  }
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  const isPublic = to.visibleToCustomer && stands?.visibleToCustomer === true;
  return applied(
    {
      kind: 'entry',
      record: {
        ...entryHead(args, isPublic ? 'visible' : 'internal', context),
        kind: 'status_change',
        fromStageId: job.stageId,
        fromName: stands?.name ?? null,
        toStageId: to.id,
        toName: to.name,
      },
    },
    { kind: 'job', record: { ...touched(job, context), stageId: to.id } },
  );
};
