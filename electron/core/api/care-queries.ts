// The live queries about customers and pipelines. (A5, A6, E8)

import { customerEffects } from '../../../sync-server/protocol/customer-effects.ts';
import { isLinkOpen } from '../../../sync-server/protocol/portal-links.ts';
import type { Pipeline, PortalLink } from '../../../sync-server/protocol/records.ts';
import { countBelongings } from '../mirror/belongings.ts';
import {
  countCustomers,
  countJobsOfCustomer,
  listCustomers,
  sharersOf,
} from '../mirror/customers.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { jobsInStages } from '../mirror/jobs.ts';
import { memberName } from '../mirror/people.ts';
import { linksOfCustomer } from '../mirror/portal-links.ts';
import { findRecord, findStamp } from '../mirror/records.ts';
import type {
  CareQueries,
  CustomerPage,
  DraftOfPipeline,
  LinkRow,
  PipelineEffects,
} from './care-contract.ts';
import { customerView } from './customer-view.ts';
import type { Office } from './office.ts';

type CareQueryTable = {
  readonly [N in keyof CareQueries]: {
    readonly reads: readonly string[];
    run(office: Office, args: CareQueries[N]['args']): CareQueries[N]['answer'];
  };
};

export const careQueries: CareQueryTable = {
  'customers.list': {
    reads: ['customer', 'job', 'entry', 'read_mark'],
    run: (office, page) => ({
      total: countCustomers(office.mirror, page.search),
      rows: listCustomers(office.mirror, office.reader(), page),
    }),
  },
  'customers.one': {
    reads: ['customer', 'job', 'portal_link', 'member'],
    run: customerPage,
  },
  'customers.belongings': {
    reads: ['job', 'entry', 'attachment', 'outbox'],
    run: ({ mirror }, { customerId }) => countBelongings(mirror, customerId),
  },
  'pipelines.effects': {
    reads: ['pipeline', 'job'],
    run: ({ mirror }, draft) => pipelineEffects(mirror, draft),
  },
  'jobs.as-customer': {
    reads: [
      'job',
      'pipeline',
      'customer',
      'entry',
      'attachment',
      'member',
      'portal_visit',
      'workspace',
    ],
    run: (office, { jobId }) => customerView(office, jobId),
  },
};

function customerPage(
  office: Office,
  { customerId }: CareQueries['customers.one']['args'],
): CustomerPage | null {
  const { mirror } = office;
  const customer = findRecord(mirror, 'customer', customerId);
  if (customer === undefined) return null;
  const now = office.now();
  return {
    customer,
    jobCount: countJobsOfCustomer(mirror, customerId),
    links: linksOfCustomer(mirror, customerId).map(({ link, isPending }) => ({
      link,
      madeBy: link.memberId === null ? null : memberName(mirror, link.memberId),
      state: stateOf(link, isPending, now),
    })),
    waiting: findStamp(mirror, 'customer', customerId)?.version === null,
    sharedEmails: sharersOf(mirror, customer),
  };
}

/** A link that waits to be revoked is told as revoked: nobody shall hand it out any more. */
function stateOf(link: PortalLink, isPending: boolean, now: string): LinkRow['state'] {
  if (link.ended !== null) return link.ended.how;
  if (isPending) return 'waiting';
  return isLinkOpen(link, now) ? 'open' : 'expired';
}

function pipelineEffects(mirror: ReadableMirror, draft: DraftOfPipeline): PipelineEffects | null {
  const before = findRecord(mirror, 'pipeline', draft.pipelineId);
  if (before === undefined) return null;
  const { stages, fields, customerCanReply, customerCanUpload, moves } = draft;
  const after: Pipeline = { ...before, stages, fields, customerCanReply, customerCanUpload };
  const jobs = jobsInStages(
    mirror,
    before.id,
    before.stages.map(({ id }) => id),
  );
  const goesTo = new Map(moves.map(({ fromStageId, toStageId }) => [fromStageId, toStageId]));
  const jobsByStage: Record<string, number> = {};
  for (const { stageId } of jobs) jobsByStage[stageId] = (jobsByStage[stageId] ?? 0) + 1;
  const moved = jobs.map(({ stageId }) => ({
    stageId,
    toStageId: goesTo.get(stageId) ?? stageId,
  }));
  return { effects: customerEffects(before, after, moved), jobsByStage };
}
