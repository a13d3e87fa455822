// What every mutator that does something to a posted file needs.

import type { AttachmentId, EntryId, JobId, MemberId } from '../ids.ts';
import { type Actor, type Answer, type Ask, type MutationContext, read } from '../mutator.ts';
import { applied, type Outcome, refused } from '../outcome.ts';
import type { Attachment, Author, Entry, FileChange, Undoing } from '../entries.ts';
import { type Job, portalVisitId } from '../records.ts';
import { entryHead, isNew, touched } from './entry-parts.ts';

export interface FileAct {
  readonly jobId: JobId;
  readonly entryId: EntryId;
  readonly attachmentId: AttachmentId;
}

/** The file an act is about, with its job; or why nothing can be done to it. `undone` says what was not done: "renamed". */
export function* fileAt(
  args: FileAct,
  undone: string,
): Generator<Ask, { file: Attachment; job: Job } | Outcome, Answer> {
  const job = yield* read('job', args.jobId);
  if (job === undefined)
    return refused('job-missing', `This job is no longer there, so the file was not ${undone}.`);
  const file = yield* read('attachment', args.attachmentId);
  if (file?.jobId !== job.id)
    return refused('file-missing', `This file is no longer on the job, so it was not ${undone}.`);
  if (file.redacted !== undefined)
    return refused('file-missing', `“${file.name}” was removed for good, so it was not ${undone}.`);
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'An entry with this id is already there.');
  return { file, job };
}

/** The file as it is now, and an entry that tells of it. (B1) */
export function fileChanged(
  args: FileAct,
  change: { readonly before: Attachment; readonly after: Attachment; readonly what: FileChange },
  job: Job,
  context: MutationContext,
): Outcome {
  const { before, after, what } = change;
  const head = entryHead(args, what === 'made_visible' ? 'visible' : 'internal', context);
  const renamed = before.name === after.name ? {} : { newName: after.name };
  return applied(
    { kind: 'attachment', record: after },
    {
      kind: 'entry',
      record: {
        ...head,
        kind: 'file_change',
        attachmentId: before.id,
        change: what,
        name: before.name,
        ...renamed,
      },
    },
    { kind: 'job', record: touched(job, context) },
  );
}

/**
 * Who takes something back or removes it, and when that takes effect: by the server's clock once it has arrived. It is kept
 * with it whether the customer had looked before, since nobody could tell afterwards. (C10)
 *
 * @param visibleSince when the customer could first see it; null where they cannot
 */
export function* undoingBy(
  memberId: MemberId,
  { job, visibleSince }: { readonly job: Job; readonly visibleSince: string | null },
  context: MutationContext,
): Generator<Ask, Undoing, Answer> {
  const undoing = { memberId, at: context.arrivedAt ?? context.writtenAt };
  if (visibleSince === null) return undoing;
  const visit = yield* read('portal_visit', portalVisitId(job.customerId, job.id));
  const hadSeen = visit !== undefined && visit.seenAt >= visibleSince;
  return hadSeen ? { ...undoing, customerSeenAt: visit.seenAt } : undoing;
}

/** When the customer could first see a file; null where they cannot. */
export function fileVisibleSince(file: Attachment, entry: Entry | undefined): string | null {
  if (file.audience === 'internal' || file.withdrawn !== undefined) return null;
  return file.madeVisibleAt ?? entry?.arrivedAt ?? null;
}

export function isAuthor(actor: Actor, author: Author): boolean {
  return actor.kind === 'member' && author.kind === 'member' && actor.memberId === author.memberId;
}

export const isAdmin = (actor: Actor): actor is Extract<Actor, { kind: 'member' }> =>
  actor.kind === 'member' && actor.role === 'admin';
