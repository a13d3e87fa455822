// Reads what one customer may see out of the storage. Nothing leaves this file but what visibility lets through. [V1]

import type { CustomerIdentity } from '../auth/customer.ts';
import type { MemberId } from '../protocol/ids.ts';
import type { Attachment } from '../protocol/entries.ts';
import { type Member, portalVisitId } from '../protocol/records.ts';
import { isVisibleTo, type JobInPipeline, type Viewer } from '../protocol/visibility.ts';
import type { RecordReader } from '../storage/storage.ts';
import { type CustomerJob, customerJob, inListOrder } from '../protocol/customer-job.ts';

/** In the order of the list. */
export async function jobsForCustomer(
  storage: RecordReader,
  customer: CustomerIdentity,
): Promise<readonly CustomerJob[]> {
  const visible = await visibleJobs(storage, customer);
  const members = await membersById(storage, customer);
  const jobs = await Promise.all(visible.map((at) => readJob(storage, customer, at, members)));
  return inListOrder(jobs.filter((job) => job !== undefined));
}

/**
 * Undefined for a job that is nowhere, of somebody else, or in an internal stage: all three are looked for among the
 * customer's visible jobs and not found there, so the answers differ neither in text nor in work. [V2]
 */
export async function jobForCustomer(
  storage: RecordReader,
  customer: CustomerIdentity,
  jobId: string,
): Promise<CustomerJob | undefined> {
  const visible = await visibleJobs(storage, customer);
  const at = visible.find(({ job }) => job.id === jobId);
  if (at === undefined) return undefined;
  return readJob(storage, customer, at, await membersById(storage, customer));
}

/** Undefined for a file that is nowhere and for one the customer may not see. [V2] */
export async function attachmentForCustomer(
  storage: RecordReader,
  customer: CustomerIdentity,
  attachmentId: string,
): Promise<Attachment | undefined> {
  const visible = await visibleJobs(storage, customer);
  const jobIds = visible.map(({ job }) => job.id);
  const stored = await storage.visibleFileOn(customer.workspaceId, jobIds, attachmentId);
  const attachment = stored?.record;
  const at = visible.find(({ job }) => job.id === attachment?.jobId);
  if (attachment === undefined || at === undefined) return undefined;
  return isVisibleTo(viewerOf(customer), { kind: 'attachment', attachment, at })
    ? attachment
    : undefined;
}

async function visibleJobs(
  storage: RecordReader,
  customer: CustomerIdentity,
): Promise<readonly JobInPipeline[]> {
  const { workspaceId, customerId } = customer;
  const [jobs, pipelines] = await Promise.all([
    storage.jobsOfCustomer(workspaceId, customerId),
    storage.recordsOfKind(workspaceId, 'pipeline'),
  ]);
  const byId = new Map(pipelines.map(({ record }) => [record.id, record]));
  return jobs.flatMap(({ record: job }) => {
    const pipeline = byId.get(job.pipelineId);
    if (pipeline === undefined) return [];
    const at = { job, pipeline };
    return isVisibleTo(viewerOf(customer), { kind: 'job', at }) ? [at] : [];
  });
}

async function readJob(
  storage: RecordReader,
  { workspaceId, customerId }: CustomerIdentity,
  { job, pipeline }: JobInPipeline,
  members: ReadonlyMap<MemberId, Member>,
): Promise<CustomerJob | undefined> {
  const [entries, attachments, visit] = await Promise.all([
    storage.entriesOfJob(workspaceId, job.id, 'visible'),
    storage.attachmentsOfJob(workspaceId, job.id, 'visible'),
    storage.recordById(workspaceId, 'portal_visit', portalVisitId(customerId, job.id)),
  ]);
  const { seenVersion = 0, seenEditVersion } = visit?.record ?? {};
  const records = { job, pipeline, entries, attachments, members, seenVersion, seenEditVersion };
  return customerJob(customerId, records);
}

async function membersById(
  storage: RecordReader,
  { workspaceId }: CustomerIdentity,
): Promise<ReadonlyMap<MemberId, Member>> {
  const members = await storage.recordsOfKind(workspaceId, 'member');
  return new Map(members.map(({ record }) => [record.id, record]));
}

function viewerOf({ customerId }: CustomerIdentity): Viewer {
  return { kind: 'customer', customerId };
}
