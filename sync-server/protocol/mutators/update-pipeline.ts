import type { StageId } from '../ids.ts';
import type { MutationArgs } from '../mutations.ts';
import { jobsIn, type MutationContext, type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { Job, KindedRecord, Pipeline } from '../records.ts';
import { stageOf } from '../visibility.ts';
import { entryHead, isNew, touched } from './entry-parts.ts';
import { mergeFields } from './merge-fields.ts';
import { faultOf, retypedField, unlessAdmin } from './pipeline-parts.ts';

const list = (items: unknown) =>
  (items as readonly { readonly name?: string; readonly label?: string }[])
    .map(({ name, label }) => name ?? label)
    .join(', ')
    .slice(0, 300);
const onOff = (isOn: unknown) => (isOn === true ? 'on' : 'off');
const words = {
  name: { label: 'Name', say: String },
  hue: { label: 'Colour', say: String },
  stages: { label: 'Stages', say: list },
  fields: { label: 'Form fields', say: list },
  customerCanReply: { label: 'Customer can reply', say: onOff },
  customerCanUpload: { label: 'Customer can upload', say: onOff },
} as const;

type Args = MutationArgs<'update_pipeline'>;

/**
 * Changes how jobs go and what their customers may see and do. A stage goes only when every job in it has been told where
 * to; one that came in meanwhile is nobody's guess. What was filled in stays in the jobs, whatever becomes of its field. (A5)
 */
export const updatePipeline: Mutator<Args> = function* (args, context) {
  const no = unlessAdmin(context, 'change pipelines');
  if (no !== undefined) return no;
  const before = yield* read('pipeline', args.pipelineId);
  if (before === undefined || before.removed === true)
    return refused('pipeline-missing', 'This pipeline is no longer there, so nothing was saved.');
  const merged = mergeFields(before, args.changes, words);
  if (merged.kind === 'clash') return { kind: 'conflicted', conflict: merged.conflict, puts: [] };
  if (merged.changed.length === 0) return applied();
  const after: Pipeline = { ...merged.record, name: merged.record.name.trim() };
  const fault = faultOf(after);
  if (fault !== undefined) return fault;
  const retyped = retypedField(before.fields, after.fields);
  if (retyped !== undefined)
    return refused(
      'value-not-valid',
      `“${retyped.label}” has been filled in as what it was. Add a new field instead of changing its type.`,
    );
  const moved = yield* movedJobs(args, before, after, context);
  if (!Array.isArray(moved)) return moved;
  return applied({ kind: 'pipeline', record: after }, ...moved);
};

function* movedJobs({ moves }: Args, before: Pipeline, after: Pipeline, context: MutationContext) {
  const removed = before.stages.filter(({ id }) => stageOf(after, id) === undefined);
  if (removed.length === 0) return [];
  const jobs = yield* jobsIn(
    before.id,
    removed.map(({ id }) => id),
  );
  const puts: KindedRecord[] = [];
  for (const job of jobs) {
    const move = moves.find(({ jobId }) => jobId === job.id);
    const to = move && stageOf(after, move.toStageId);
    if (move === undefined || to === undefined)
      return refused(
        'pipeline-in-use',
        `“${job.title}” stands in “${nameIn(before, job.stageId)}”. Say where its jobs go, then remove the stage.`,
      );
    if (!(yield* isNew('entry', move.entryId)))
      return refused('already-exists', 'An entry with this id is already there.');
    puts.push(...moveOf(job, { before, after, move }, context));
  }
  return puts;
}

interface Move {
  readonly before: Pipeline;
  readonly after: Pipeline;
  readonly move: Args['moves'][number];
}

/** The stage it came from is gone, so no customer reads its name. */
function moveOf(job: Job, { before, after, move }: Move, context: MutationContext): KindedRecord[] {
  const { toStageId, entryId } = move;
  return [
    {
      kind: 'entry',
      record: {
        ...entryHead({ entryId, jobId: job.id }, 'internal', context),
        kind: 'status_change',
        fromStageId: job.stageId,
        fromName: nameIn(before, job.stageId),
        toStageId,
        toName: nameIn(after, toStageId),
      },
    },
    { kind: 'job', record: { ...touched(job, context), stageId: toStageId } },
  ];
}

function nameIn(pipeline: Pipeline, stageId: StageId): string {
  return stageOf(pipeline, stageId)?.name ?? 'a removed stage';
}
