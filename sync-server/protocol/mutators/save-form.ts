import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { KindedRecord } from '../records.ts';
import { conflicted, entryHead, isNew, touched } from './entry-parts.ts';
import { formAfter, formChangesOf } from './form-changes.ts';

/**
 * Saves a form field by field and logs old and new values. Fields that others changed merge; only a field that both changed, to
 * different values, conflicts, and all others are saved. (A4, H5)
 */
export const saveForm: Mutator<MutationArgs<'save_form'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so its form was not saved.');
  const pipeline = yield* read('pipeline', job.pipelineId);
  if (pipeline === undefined)
    return refused(
      'pipeline-missing',
      'The pipeline of this job is no longer there, so its form was not saved.',
    );
  const { fields, name } = pipeline;
  const found = formChangesOf(args.changes, { fields, form: job.form, of: `“${name}”` });
  if (found.kind === 'refused') return found;
  const { changes } = found;
  if (found.kind === 'changes' && changes.length === 0) return applied();
  if (changes.length > 0 && !(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  const entry: KindedRecord = {
    kind: 'entry',
    record: { ...entryHead(args, 'internal', context), kind: 'form_save', changes },
  };
  const after = { ...job, form: formAfter(job.form, changes) };
  if (found.kind === 'changes')
    return applied(entry, { kind: 'job', record: touched(after, context) });
  const outcome = yield* conflicted(after, found.conflict, found.wish, context);
  if (outcome.kind === 'refused' || changes.length === 0) return outcome;
  return { ...outcome, puts: [entry, ...outcome.puts] };
};
