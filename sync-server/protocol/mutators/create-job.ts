import { canBeAssigned } from '../membership.ts';
import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { stageOf } from '../visibility.ts';
import { entryHead, isNew } from './entry-parts.ts';

/** Opens a job. Its reference comes from the server, so two offline devices can never hand out the same one. (A1) */
export const createJob: Mutator<MutationArgs<'create_job'>> = function* (args, context) {
  if (!(yield* isNew('job', args.jobId)))
    return refused('already-exists', 'A job with this id is already there.');
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  if ((yield* read('customer', args.customerId)) === undefined)
    return refused(
      'customer-missing',
      `The customer of “${args.title}” is not there, so the job was not created.`,
    );
  const pipeline = yield* read('pipeline', args.pipelineId);
  if (pipeline === undefined || pipeline.removed === true)
    return refused(
      'pipeline-missing',
      `The pipeline of “${args.title}” is not there, so the job was not created.`,
    );
  const stage = stageOf(pipeline, args.stageId);
  if (stage === undefined)
    return refused(
      'stage-missing',
      `That stage is no longer in “${pipeline.name}”. Choose another one.`,
    );
  if (args.assigneeId !== null && !(yield* canBeAssigned(args.assigneeId)))
    return refused(
      'member-missing',
      'That colleague is no longer in this office. Choose another one.',
    );
  const at = context.arrivedAt ?? context.writtenAt;
  return applied(
    {
      kind: 'job',
      record: {
        id: args.jobId,
        reference: context.nextReference,
        title: args.title.trim(),
        customerId: args.customerId,
        pipelineId: args.pipelineId,
        stageId: args.stageId,
        assigneeId: args.assigneeId,
        form: {},
        createdAt: at,
        lastActivityAt: at,
      },
    },
    {
      kind: 'entry',
      record: {
        ...entryHead(args, stage.visibleToCustomer ? 'visible' : 'internal', context),
        kind: 'status_change',
        fromStageId: null,
        fromName: null,
        toStageId: stage.id,
        toName: stage.name,
      },
    },
  );
};
