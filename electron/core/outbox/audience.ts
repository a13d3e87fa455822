import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Audience } from '../../../sync-server/protocol/values.ts';
import { isStageVisible } from '../../../sync-server/protocol/visibility.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { findRecord } from '../mirror/records.ts';
import type { OutboxMutation } from './outbox.ts';

/** Who reads what a mutation does, once it is sent. A note one of whose files is for the customer is for the customer too. */
export function audienceOf(
  mirror: ReadableMirror,
  { name, args, jobId }: Pick<OutboxMutation, 'name' | 'args' | 'jobId'>,
): Audience {
  switch (name) {
    case 'post_entry': {
      const { audience, attachments } = args as MutationArgs<'post_entry'>;
      return attachments.some((file) => file.audience === 'visible') ? 'visible' : audience;
    }
    case 'edit_entry': {
      const { entryId } = args as MutationArgs<'edit_entry'>;
      // Of an entry that is not here yet nobody can tell: a person looks rather once too often. [P7]
      return findRecord(mirror, 'entry', entryId)?.audience ?? 'visible';
    }
    case 'change_file_audience':
      return (args as MutationArgs<'change_file_audience'>).audience;
    case 'change_stage':
      return audienceOfStage(mirror, jobId, (args as MutationArgs<'change_stage'>).toStageId);
    case 'move_job': {
      const { toPipelineId, toStageId } = args as MutationArgs<'move_job'>;
      return audienceIn(mirror, toPipelineId, toStageId);
    }
    case 'rename_job':
    case 'change_job_customer': {
      const job = jobId === null ? undefined : findRecord(mirror, 'job', jobId);
      return audienceIn(mirror, job?.pipelineId, job?.stageId ?? '');
    }
    case 'update_pipeline':
      return changesPortal(args as MutationArgs<'update_pipeline'>) ? 'visible' : 'internal';
    case 'end_scheduled_reply':
      return (args as MutationArgs<'end_scheduled_reply'>).how === 'send' ? 'visible' : 'internal';
    case 'schedule_reply':
    case 'change_scheduled_reply':
    case 'mail_portal_link':
    case 'update_workspace':
      return 'visible';
    default:
      return 'internal';
  }
}

function audienceOfStage(mirror: ReadableMirror, jobId: string | null, stageId: string): Audience {
  const job = jobId === null ? undefined : findRecord(mirror, 'job', jobId);
  return audienceIn(mirror, job?.pipelineId, stageId);
}

/** Whether the customer sees a job that stands there. */
function audienceIn(
  mirror: ReadableMirror,
  pipelineId: string | undefined,
  stageId: string,
): Audience {
  const pipeline =
    pipelineId === undefined ? undefined : findRecord(mirror, 'pipeline', pipelineId);
  const isPublic = pipeline !== undefined && isStageVisible(pipeline, stageId);
  return isPublic ? 'visible' : 'internal';
}

/** Names of stages, what customers may do, and which jobs they see: all but the pipeline's own name and colour. */
function changesPortal({ changes }: MutationArgs<'update_pipeline'>): boolean {
  return changes.some(({ field }) => field !== 'name' && field !== 'hue');
}
