import type { AttachmentId, EntryId } from '../ids.ts';
import type { MutationArgs, NewAttachment } from '../mutations.ts';
import { type MutationContext, type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { Attachment, Entry } from '../entries.ts';
import type { Job, KindedRecord } from '../records.ts';
import { authorOf, entryHead, hasMovedOn, isNew, touched } from './entry-parts.ts';

/** Posts a note or a customer reply with its files. The audience is the one the person chose, never another. (B1, C2) */
export const postEntry: Mutator<MutationArgs<'post_entry'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', 'This job is no longer there, so nothing was posted.');
  if (args.text.trim() === '' && args.attachments.length === 0)
    return refused('nothing-to-post', 'There is nothing to post: write a text or add a file.');
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  for (const { attachmentId } of args.attachments)
    if (!(yield* isNew('attachment', attachmentId)))
      return refused('already-exists', 'An attachment with this id is already there.');
  for (const { replacesId, name } of args.attachments)
    if (replacesId !== undefined && !(yield* isReplaceable(replacesId, job)))
      return refused(
        'file-missing',
        `The file that “${name}” replaces is no longer on this job, so nothing was posted. Add it as a new file.`,
      );
  // A note harms nobody. (C5) [P6]
  if (isForCustomer(args) && (yield* hasMovedOn(job, args, context))) return { kind: 'held' };
  return applied(
    { kind: 'entry', record: newEntry(args, context) },
    ...args.attachments.map(
      (file): KindedRecord => ({
        kind: 'attachment',
        record: attachmentOf(file, job, args.entryId, context),
      }),
    ),
    { kind: 'job', record: touched(job, context) },
  );
};

function isForCustomer({ audience, attachments }: MutationArgs<'post_entry'>): boolean {
  return audience === 'visible' || attachments.some((file) => file.audience === 'visible');
}

/** A newer version belongs to the same job as the older one; a removed file has no versions. (D9) */
export function* isReplaceable(attachmentId: AttachmentId, job: Job) {
  const older = yield* read('attachment', attachmentId);
  return older?.jobId === job.id && older.redacted === undefined;
}

function newEntry(args: MutationArgs<'post_entry'>, context: MutationContext): Entry {
  const head = entryHead(args, args.audience, context);
  const attachmentIds = args.attachments.map((file) => file.attachmentId);
  return args.text.trim() === ''
    ? { ...head, kind: 'file', attachmentIds }
    : { ...head, kind: 'reply', text: args.text, attachmentIds };
}

function attachmentOf(
  file: NewAttachment,
  job: Job,
  entryId: EntryId,
  context: MutationContext,
): Attachment {
  const { attachmentId, ...rest } = file;
  return { id: attachmentId, jobId: job.id, entryId, author: authorOf(context.actor), ...rest };
}
