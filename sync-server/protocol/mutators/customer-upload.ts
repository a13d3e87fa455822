import type { EntryId } from '../ids.ts';
import type { MutationArgs } from '../mutations.ts';
import type { MutationContext, Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { Attachment, Entry } from '../entries.ts';
import type { Job, KindedRecord } from '../records.ts';
import { authorOf, entryHead, isNew, touched } from './entry-parts.ts';
import { visibleJob } from './visible-job.ts';

type Args = MutationArgs<'customer_upload'>;

/** A customer's files from the portal, where the pipeline allows uploads; a text with them needs "can reply" too. (E4) */
export const customerUpload: Mutator<Args> = function* (args, context) {
  const at = yield* visibleJob(context.actor, args.jobId);
  if (at === undefined)
    return refused(
      'job-missing',
      'This job is not available any more, so your files were not sent.',
    );
  const { job, pipeline } = at;
  if (!pipeline.customerCanUpload)
    return refused(
      'not-allowed',
      'Sending files is switched off for this job. Please call the office instead.',
    );
  if (args.text.trim() !== '' && !pipeline.customerCanReply)
    return refused(
      'not-allowed',
      'Messages are switched off for this job, so nothing was sent. Send the files without a text.',
    );
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'This message is already there.');
  for (const { attachmentId } of args.attachments)
    if (!(yield* isNew('attachment', attachmentId)))
      return refused('already-exists', 'This file is already there.');
  return applied(
    { kind: 'entry', record: entryOf(args, context) },
    ...args.attachments.map(
      (file): KindedRecord => ({
        kind: 'attachment',
        record: attachmentOf(file, job, args.entryId, context),
      }),
    ),
    { kind: 'job', record: touched(job, context) },
  );
};

function entryOf(args: Args, context: MutationContext): Entry {
  const head = entryHead(args, 'visible', context);
  const attachmentIds = args.attachments.map((file) => file.attachmentId);
  return args.text.trim() === ''
    ? { ...head, kind: 'file', attachmentIds }
    : { ...head, kind: 'reply', text: args.text, attachmentIds };
}

function attachmentOf(
  { attachmentId, ...file }: Args['attachments'][number],
  job: Job,
  entryId: EntryId,
  context: MutationContext,
): Attachment {
  const author = authorOf(context.actor);
  return { id: attachmentId, jobId: job.id, entryId, author, audience: 'visible', ...file };
}
