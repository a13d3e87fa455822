// The oracle's part about what a person had not seen: what must not be applied over it, and what must be held for it. (C5, H5)

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
  if (name === 'change_stage') {
    const { jobId, fromStageId } = args as MutationArgs<'change_stage'>;
    return model.jobs.get(jobId)?.stageId === fromStageId ? undefined : 'another stage stood';
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
  if (name !== 'save_form') return scheduledObjection(model, name, args);
  const { jobId, changes } = args as MutationArgs<'save_form'>;
  const form = model.jobs.get(jobId)?.form;
  const isOver = changes.some(({ fieldId, from, to }) => {
    const stands = form?.get(fieldId) ?? null;
    return stands !== from && stands !== to;
  });
  return isOver ? 'another value stood' : undefined;
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
  { jobId, seenVersion }: { jobId: string; seenVersion: number },
  authorId: string,
): boolean {
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
        (entry.kind === 'file_change' && entry.audience === 'visible')),
  );
}
