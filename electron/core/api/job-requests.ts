// What a person does to a job itself: they open it, move it on, give it to somebody, correct what was wrong about it. (A1, A4)

import type { EntryId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Job } from '../../../sync-server/protocol/records.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import type { JobRequests } from './jobs-contract.ts';
import type { Act, Office } from './office.ts';

type JobRequestName = Exclude<keyof JobRequests, 'jobs.mark-read' | 'entries.post'>;

export const jobRequests: {
  readonly [N in JobRequestName]: (
    office: Office,
    args: JobRequests[N]['args'],
  ) => JobRequests[N]['answer'];
} = {
  'jobs.create': (office, args) => {
    const jobId = office.newId() as JobId;
    office.act('create_job', { ...args, jobId, entryId: office.newId() as EntryId });
    return { jobId };
  },

  'jobs.change-stage': (office, { jobId, toStageId }) => {
    const { stageId } = jobOf(office, jobId);
    if (stageId !== toStageId)
      office.act('change_stage', {
        jobId,
        entryId: office.newId() as EntryId,
        fromStageId: stageId,
        toStageId,
      });
    return {};
  },

  'jobs.correct': (office, { jobId, from, to }) => {
    jobOf(office, jobId);
    const about = () => ({ jobId, entryId: office.newId() as EntryId });
    const acts: Act[] = [];
    if (from.customerId !== to.customerId)
      acts.push({
        name: 'change_job_customer',
        args: { ...about(), fromCustomerId: from.customerId, toCustomerId: to.customerId },
      });
    const toTitle = to.title.trim();
    if (from.title !== toTitle)
      acts.push({ name: 'rename_job', args: { ...about(), fromTitle: from.title, toTitle } });
    if (from.pipelineId !== to.pipelineId)
      acts.push({
        name: 'move_job',
        args: {
          ...about(),
          fromPipelineId: from.pipelineId,
          fromStageId: from.stageId,
          toPipelineId: to.pipelineId,
          toStageId: to.stageId,
        },
      });
    else if (from.stageId !== to.stageId)
      acts.push({
        name: 'change_stage',
        args: { ...about(), fromStageId: from.stageId, toStageId: to.stageId },
      });
    if (acts.length > 0) office.actTogether(acts);
    return {};
  },

  'jobs.assign': (office, { jobId, toMemberId }) => {
    const { assigneeId } = jobOf(office, jobId);
    if (assigneeId !== toMemberId)
      office.act('assign_job', {
        jobId,
        entryId: office.newId() as EntryId,
        fromMemberId: assigneeId,
        toMemberId,
      });
    return {};
  },

  'jobs.save-form': (office, { jobId, changes }) => {
    const args = { jobId, entryId: office.newId() as EntryId, changes: [...changes] };
    office.act('save_form', args as MutationArgs<'save_form'>);
    return {};
  },
};

/** @throws AppError `not-there` */
export function jobOf({ mirror }: Office, jobId: JobId): Job {
  const job = findRecord(mirror, 'job', jobId);
  if (job === undefined)
    throw new AppError('not-there', {
      sentence: 'This job is no longer there. Go back to the list.',
    });
  return job;
}
