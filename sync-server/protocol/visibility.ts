// Who may see what. The portal, downloads, mails and counts all ask here, and nowhere else. [V1] (E7)

import type { CustomerId } from './ids.ts';
import type { Attachment, Entry } from './entries.ts';
import type { Job, Pipeline, Stage } from './records.ts';

export type Viewer =
  | { readonly kind: 'member' }
  | { readonly kind: 'customer'; readonly customerId: CustomerId };

/** A job with the pipeline it is in now: switches and stages count as they stand, not as they stood. */
export interface JobInPipeline {
  readonly job: Job;
  readonly pipeline: Pipeline;
}

export type Sighted =
  | { readonly kind: 'job'; readonly at: JobInPipeline }
  | { readonly kind: 'entry'; readonly entry: Entry; readonly at: JobInPipeline }
  | { readonly kind: 'attachment'; readonly attachment: Attachment; readonly at: JobInPipeline };

/**
 * May this viewer see this record? Members see everything of their office; a customer sees own jobs in visible stages,
 * and of those only what is marked visible. Answers false in every case of doubt. [V1]
 */
export function isVisibleTo(viewer: Viewer, sighted: Sighted): boolean {
  if (viewer.kind === 'member') return true;
  const { job, pipeline } = sighted.at;
  if (job.customerId !== viewer.customerId) return false;
  if (job.pipelineId !== pipeline.id) return false;
  if (!isStageVisible(pipeline, job.stageId)) return false;
  switch (sighted.kind) {
    case 'job':
      return true;
    case 'entry':
      return sighted.entry.jobId === job.id && isEntryVisible(sighted.entry, pipeline);
    case 'attachment':
      return sighted.attachment.jobId === job.id && isAttachmentVisible(sighted.attachment);
  }
}

/** What was taken back or removed leaves no trace with the customer. (C10) */
function isAttachmentVisible({ audience, withdrawn, redacted }: Attachment): boolean {
  return audience === 'visible' && withdrawn === undefined && redacted === undefined;
}

/** A change of stage is shown only where both stages are visible now: an internal stage's name never leaves. */
function isEntryVisible(entry: Entry, pipeline: Pipeline): boolean {
  if (entry.audience !== 'visible') return false;
  if (entry.withdrawn !== undefined || entry.redacted !== undefined) return false;
  switch (entry.kind) {
    case 'reply':
    case 'file':
      return true;
    case 'form_save':
      return entry.author.kind === 'customer';
    case 'status_change':
      return (
        isStageVisible(pipeline, entry.toStageId) &&
        (entry.fromStageId === null || isStageVisible(pipeline, entry.fromStageId))
      );
    case 'file_change':
      return entry.change === 'made_visible';
    case 'assignment':
    case 'job_change':
    case 'unapplied':
      return false;
  }
}

export function isStageVisible(pipeline: Pipeline, stageId: string): boolean {
  return stageOf(pipeline, stageId)?.visibleToCustomer === true;
}

export function stageOf(pipeline: Pipeline, stageId: string): Stage | undefined {
  return pipeline.stages.find((stage) => stage.id === stageId);
}
