import type { JobId } from '../protocol/ids.ts';
import { type Mail, portalVisitId } from '../protocol/records.ts';
import type { QueuedMail } from '../storage/mail-outbox.ts';
import type { RecordReader } from '../storage/storage.ts';
import type { MailMatter } from './decide-mail.ts';

/** Everything that decides about a mail, as it stands now. */
export async function readMatter(
  storage: RecordReader,
  { workspaceId, customerId }: QueuedMail,
  jobId: JobId,
  { entryIds }: Mail,
): Promise<MailMatter> {
  const [customer, job, entries, attachments, members, visit] = await Promise.all([
    storage.recordById(workspaceId, 'customer', customerId),
    storage.recordById(workspaceId, 'job', jobId),
    storage.entriesOfJob(workspaceId, jobId),
    storage.attachmentsOfJob(workspaceId, jobId, 'visible'),
    storage.recordsOfKind(workspaceId, 'member'),
    storage.recordById(workspaceId, 'portal_visit', portalVisitId(customerId, jobId)),
  ]);
  const pipeline =
    job && (await storage.recordById(workspaceId, 'pipeline', job.record.pipelineId));
  return {
    customerId,
    entryIds,
    customer: customer?.record,
    job: job?.record,
    pipeline: pipeline?.record,
    entries,
    attachments,
    members: new Map(members.map(({ record }) => [record.id, record])),
    seenVersion: visit?.record.seenVersion ?? 0,
  };
}
