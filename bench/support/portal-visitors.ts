// Who comes to the portal in a bench: customers with something to see, and with something they must not.

import { openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import { SESSION_COOKIE } from '../../sync-server/portal/visitor.ts';
import type { JobId, WorkspaceId } from '../../sync-server/protocol/ids.ts';
import type { Customer, Job } from '../../sync-server/protocol/records.ts';
import { isStageVisible } from '../../sync-server/protocol/visibility.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { enterPortal } from '../../test/support/enter-portal.ts';

/** A customer who is signed in, with a job to open. */
export interface Visitor {
  readonly cookie: string;
  readonly jobPath: string;
}

export interface Visitors {
  readonly visitors: readonly Visitor[];
  /** One of them, and what is there but not for them. */
  readonly curious: {
    readonly cookie: string;
    readonly hiddenJobPath: string;
    readonly internalFilePath: string;
  };
  /** Jobs of customers who are not among them. */
  readonly otherJobs: readonly JobId[];
  readonly epoch: string;
}

/** Each visitor has the busiest of their visible jobs. */
export async function signInVisitors(office: string, count: number): Promise<Visitors> {
  const { storage } = await openDataFolder(office);
  try {
    const [workspaceId] = await storage.workspaceIds();
    if (workspaceId === undefined) throw new Error('There is no office.');
    const isVisible = await visibleStages(storage, workspaceId);
    const visitors: Visitor[] = [];
    const otherJobs: JobId[] = [];
    let curious: Visitors['curious'] | undefined;
    for (const { record: customer } of await storage.recordsOfKind(workspaceId, 'customer')) {
      const all = (await storage.jobsOfCustomer(workspaceId, customer.id)).map((job) => job.record);
      const job = await busiestOf(storage, workspaceId, all.filter(isVisible));
      if (visitors.length === count || job === undefined) {
        otherJobs.push(...all.map(({ id }) => id));
        continue;
      }
      const cookie = await cookieOf(storage, workspaceId, customer);
      visitors.push({ cookie, jobPath: `/portal/jobs/${job.id}` });
      const hidden = all.find((each) => !isVisible(each));
      const files = await storage.attachmentsOfJob(workspaceId, job.id, 'internal');
      const file = files[0]?.record.id;
      if (curious === undefined && hidden !== undefined && file !== undefined)
        curious = {
          cookie,
          hiddenJobPath: `/portal/jobs/${hidden.id}`,
          internalFilePath: `/portal/files/${file}`,
        };
    }
    if (curious === undefined) throw new Error('Nobody has a hidden job and an internal file.');
    return { visitors, curious, otherJobs, epoch: await storage.epoch() };
  } finally {
    await storage.close();
  }
}

async function visibleStages(
  storage: Storage,
  workspaceId: WorkspaceId,
): Promise<(job: Job) => boolean> {
  const pipelines = await storage.recordsOfKind(workspaceId, 'pipeline');
  return (job) => {
    const pipeline = pipelines.find(({ record }) => record.id === job.pipelineId)?.record;
    return pipeline !== undefined && isStageVisible(pipeline, job.stageId);
  };
}

async function cookieOf(
  storage: Storage,
  workspaceId: WorkspaceId,
  { id: customerId }: Customer,
): Promise<string> {
  const who = { workspaceId, customerId };
  const { sessionToken } = await enterPortal({ storage, now: () => Date.now() }, who);
  return `${SESSION_COOKIE}=${sessionToken}`;
}

async function busiestOf(
  storage: Storage,
  workspaceId: WorkspaceId,
  jobs: readonly Job[],
): Promise<Job | undefined> {
  let busiest: { readonly job: Job; readonly count: number } | undefined;
  for (const job of jobs) {
    const { length: count } = await storage.entriesOfJob(workspaceId, job.id, 'visible');
    if (count > (busiest?.count ?? 0)) busiest = { job, count };
  }
  return busiest?.job;
}
