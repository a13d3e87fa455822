import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { FieldValue, FormChange, FormField } from '../records.ts';
import { entryHead, isNew, touched } from './entry-parts.ts';

/**
 * Saves a form field by field and logs old and new values. Fields that others changed merge; only a field that both
 * changed, to different values, conflicts, and then nothing is saved. (A4, H5)
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

  const changes: FormChange[] = [];
  const clashes: { fieldId: string; label: string; stands: FieldValue }[] = [];
  for (const change of args.changes) {
    const field = pipeline.fields.find((candidate) => candidate.id === change.fieldId);
    if (field === undefined)
      return refused(
        'field-missing',
        `A field you filled in is no longer in “${pipeline.name}”. Nothing was saved.`,
      );
    if (!isValueOf(field, change.to))
      return refused(
        'value-not-valid',
        `“${field.label}” cannot take that value. Nothing was saved.`,
      );
    const stands = job.form[field.id] ?? null;
    if (stands === change.to) continue;
    if (stands !== change.from) clashes.push({ fieldId: field.id, label: field.label, stands });
    changes.push({ fieldId: field.id, label: field.label, from: stands, to: change.to });
  }
  if (clashes.length > 0)
    return { kind: 'conflicted', conflict: { kind: 'form', fields: clashes } };
  if (changes.length === 0) return applied();
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  const form = {
    ...job.form,
    ...Object.fromEntries(changes.map(({ fieldId, to }) => [fieldId, to])),
  };
  return applied(
    {
      kind: 'entry',
      record: { ...entryHead(args, 'internal', context), kind: 'form_save', changes },
    },
    { kind: 'job', record: { ...touched(job, context), form } },
  );
};

/** Null empties any field. */
function isValueOf(field: FormField, value: FieldValue): boolean {
  if (value === null) return true;
  switch (field.type) {
    case 'text':
    case 'long_text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value);
    case 'checkbox':
      return typeof value === 'boolean';
  }
}
