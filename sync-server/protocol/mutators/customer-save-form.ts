import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { entryHead, isNew, touched } from './entry-parts.ts';
import { formAfter, formChangesOf } from './form-changes.ts';
import { visibleJob } from './visible-job.ts';

/** A customer fills in fields marked "customer can edit"; what they and the office both changed is asked about. (E5, H5) */
export const customerSaveForm: Mutator<MutationArgs<'customer_save_form'>> = function* (
  args,
  context,
) {
  const at = yield* visibleJob(context.actor, args.jobId);
  if (at === undefined)
    return refused(
      'job-missing',
      'This job is not available any more, so your details were not saved.',
    );
  const { job, pipeline } = at;
  // A field that is not for the customer and one that is not there get the same answer. [V2]
  const fields = pipeline.fields.filter((field) => field.customerCanEdit);
  const found = formChangesOf(args.changes, { fields, form: job.form, of: 'this job' });
  if (found.kind === 'refused') return found;
  // The page shows the customer both at once; nothing of it is the team's to remember.
  if (found.kind === 'clash') return { kind: 'conflicted', conflict: found.conflict, puts: [] };
  if (found.changes.length === 0) return applied();
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'These details were already saved.');
  const { changes } = found;
  return applied(
    {
      kind: 'entry',
      record: { ...entryHead(args, 'visible', context), kind: 'form_save', changes },
    },
    {
      kind: 'job',
      record: { ...touched(job, context), form: formAfter(job.form, changes) },
    },
  );
};
