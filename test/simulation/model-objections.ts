// The oracle's part about what a person had not seen: what must not be applied over it, and what must be held for it. (C5, H5)

import { basisOf } from '../../sync-server/protocol/edits.ts';
import type { MutationArgs } from '../../sync-server/protocol/mutations.ts';
import type { AppliedMutation, Model } from './model.ts';
import { scheduledObjection } from './scheduled-objection.ts';
import type { ModelEntry } from './model-job.ts';

/** Why this should not have been applied: what a person had not seen must not be overwritten or written past. (C5, H5) */
export function objectionTo(
  model: Model,
  { name, args, authorId }: Omit<AppliedMutation, 'version'>,
): string | undefined {
  if (name === 'post_entry') {
    const post = args as MutationArgs<'post_entry'>;
    const isForCustomer =
      post.audience === 'visible' || post.attachments.some((file) => file.audience === 'visible');
    return isForCustomer && hasNews(model, post, authorId) ? 'its job had moved on' : undefined;
  }
  if (name === 'change_file_audience') {
    const act = args as MutationArgs<'change_file_audience'>;
    if (act.audience === 'internal') return undefined;
    if (model.files.find(act.attachmentId)?.name !== act.fromName) return 'another name stood';
    return hasNews(model, act, authorId) ? 'its job had moved on' : undefined;
  }
  if (name === 'rename_file') {
    const { attachmentId, fromName } = args as MutationArgs<'rename_file'>;
    const stands = model.files.find(attachmentId)?.name;
    return stands === fromName ? undefined : 'another name stood';
  }
  if (name === 'edit_entry') {
    const { entryId, basedOn } = args as MutationArgs<'edit_entry'>;
    const stands = model.entries.find(({ id }) => id === entryId)?.text ?? '';
    return basisOf(stands) === basedOn ? undefined : 'another text stood';
  }
  if (name === 'change_stage') {
    const { jobId, fromStageId } = args as MutationArgs<'change_stage'>;
    return model.jobs.get(jobId)?.stageId === fromStageId ? undefined : 'another stage stood';
  }
  if (name === 'rename_job') {
    const { jobId, fromTitle } = args as MutationArgs<'rename_job'>;
    return model.jobs.get(jobId)?.title === fromTitle ? undefined : 'another title stood';
  }
  if (name === 'move_job') {
    const { jobId, fromPipelineId, fromStageId } = args as MutationArgs<'move_job'>;
    const job = model.jobs.get(jobId);
    const isThere = job?.pipelineId === fromPipelineId && job.stageId === fromStageId;
    return isThere ? undefined : 'it stood somewhere else';
  }
  if (name === 'change_job_customer') {
    const { jobId, fromCustomerId } = args as MutationArgs<'change_job_customer'>;
    if (model.jobs.get(jobId)?.customerId !== fromCustomerId) return 'it was another one’s';
    return model.isShared(jobId) ? 'something had been shared' : undefined;
  }
  if (name === 'delete_customer') {
    const { customerId, withJobs } = args as MutationArgs<'delete_customer'>;
    const hasJob = [...model.jobs.values()].some((job) => job.customerId === customerId);
    return hasJob && !withJobs ? 'a job had come in' : undefined;
  }
  if (name === 'assign_job') {
    const { jobId, fromMemberId } = args as MutationArgs<'assign_job'>;
    return model.jobs.get(jobId)?.assigneeId === fromMemberId ? undefined : 'somebody else had it';
  }
  if (name === 'update_canned_reply' || name === 'delete_canned_reply')
    return objectionToCanned(model, { name, args, authorId });
  if (name === 'move_canned_reply') {
    const { cannedReplyId } = args as MutationArgs<'move_canned_reply'>;
    return isTheirs(model, cannedReplyId, authorId) ? undefined : 'it was somebody else’s own';
  }
  if (name !== 'save_form') return scheduledObjection(model, name, args);
  const { jobId, changes } = args as MutationArgs<'save_form'>;
  const form = model.jobs.get(jobId)?.form;
  const isOver = changes.some(({ fieldId, from, to }) => {
    const stands = form?.get(fieldId) ?? null;
    return stands !== from && stands !== to;
  });
  return isOver ? 'another value stood' : undefined;
}

function isTheirs(model: Model, id: string, authorId: string): boolean {
  return model.canned.of(authorId).some((reply) => reply.id === id);
}

/** Nobody writes over words they have not seen, nor touches what is somebody else's own. (C6, H5) */
function objectionToCanned(
  model: Model,
  { name, args, authorId }: Omit<AppliedMutation, 'version'>,
): string | undefined {
  const { cannedReplyId, changes = [] } = args as Partial<MutationArgs<'update_canned_reply'>>;
  const stands = model.canned.find(cannedReplyId ?? '');
  if (stands === undefined || !isTheirs(model, stands.id, authorId))
    return 'it was somebody else’s own';
  if (name === 'delete_canned_reply') {
    const { fromTitle } = args as MutationArgs<'delete_canned_reply'>;
    return stands.title === fromTitle ? undefined : 'it was called otherwise';
  }
  const isOver = changes.some(
    (change) =>
      change.field !== 'files' &&
      stands[change.field] !== change.from &&
      stands[change.field] !== change.to,
  );
  return isOver ? 'other words stood' : undefined;
}

/** What others wrote on a job that is not among what an author has seen. [P6] */
export function unseenBy(
  model: Model,
  { authorId, jobId }: { readonly authorId: string; readonly jobId: string },
  seen: ReadonlySet<string>,
): ModelEntry | undefined {
  return byOthers(model, authorId, jobId).find(({ id }) => !seen.has(id));
}

/** Whether a reply that was held had to be. [P6] */
export function hasNewsFor(model: Model, args: unknown, authorId: string): boolean {
  return hasNews(model, args as MutationArgs<'post_entry'>, authorId);
}

function hasNews(
  model: Model,
  {
    jobId,
    seenVersion,
    writtenFor,
  }: Pick<MutationArgs<'post_entry'>, 'jobId' | 'seenVersion' | 'writtenFor'>,
  authorId: string,
): boolean {
  if (writtenFor !== undefined && writtenFor !== model.jobs.get(jobId)?.customerId) return true;
  return byOthers(model, authorId, jobId).some(({ version }) => version > seenVersion);
}

/** What is news to an author: that others wrote, added files, gave the customer one, or moved the job. */
function byOthers(model: Model, authorId: string, jobId: string): readonly ModelEntry[] {
  return model.entries.filter(
    (entry) =>
      entry.jobId === jobId &&
      entry.authorId !== authorId &&
      (entry.kind === 'reply' ||
        entry.kind === 'file' ||
        entry.kind === 'status_change' ||
        (entry.kind === 'job_change' && entry.text === 'customer') ||
        (entry.kind === 'file_change' && entry.audience === 'visible')),
  );
}
