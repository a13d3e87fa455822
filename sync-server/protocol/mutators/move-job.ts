import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { stageOf } from '../visibility.ts';
import { conflicted, entryHead, isNew, touched } from './entry-parts.ts';

/**
 * Moves a job to a stage of another pipeline and logs it. What was filled in stays with the job, though the other form does not
 * show it: moved back, it is there. The customer is told of no stage they could not see before; the page says where it is. (A1, E7)
 */
export const moveJob: Mutator<MutationArgs<'move_job'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so it was not moved.');
  const to = yield* read('pipeline', args.toPipelineId);
  if (to === undefined || to.removed === true)
    return refused(
      'pipeline-missing',
      `The pipeline that “${job.title}” was to go to is no longer there. Choose another one.`,
    );
  const toStage = stageOf(to, args.toStageId);
  if (toStage === undefined)
    return refused('stage-missing', `That stage is no longer in “${to.name}”. Choose another one.`);
  if (job.pipelineId === to.id && job.stageId === toStage.id) return applied();
  const from = yield* read('pipeline', job.pipelineId);
  const fromName = (from && stageOf(from, job.stageId)?.name) ?? 'a removed stage';
  if (job.pipelineId !== args.fromPipelineId || job.stageId !== args.fromStageId) {
    const standsName = from === undefined ? fromName : `${from.name}: ${fromName}`;
    const stands = { standsPipelineId: job.pipelineId, standsStageId: job.stageId, standsName };
    const wanted = { wantedStageId: toStage.id, wantedName: `${to.name}: ${toStage.name}` };
    return yield* conflicted(
      job,
      { kind: 'place', ...stands },
      { kind: 'stage', ...wanted, standsName },
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
        kind: 'status_change',
        fromStageId: job.stageId,
        fromName,
        toStageId: toStage.id,
        toName: toStage.name,
        pipelines: { fromName: from?.name ?? 'a removed pipeline', toName: to.name },
      },
    },
    {
      kind: 'job',
      record: { ...touched(job, context), pipelineId: to.id, stageId: toStage.id },
    },
  );
};
