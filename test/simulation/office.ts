// The office every simulated story begins with. Whatever a customer must never meet carries INTERNAL.

import {
  customerId,
  entryId,
  fieldId,
  jobId,
  memberId,
  pipelineId,
  stageId,
  workspaceId,
} from '../../sync-server/protocol/ids.ts';
import type {
  Customer,
  Job,
  KindedRecord,
  Member,
  Pipeline,
  Workspace,
} from '../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aFormField,
  aJob,
  aMember,
  aPipeline,
  aStage,
  aStatusChange,
  aWorkspace,
} from '../support/builders.ts';
import { GONE } from './postman.ts';
import type { Run } from './run.ts';

/** In every word that is for the team alone. */
export const INTERNAL = 'Zwischenraum';

export interface Office {
  readonly workspace: Workspace;
  readonly members: readonly Member[];
  readonly customers: readonly Customer[];
  readonly pipelines: readonly Pipeline[];
  readonly jobs: readonly Job[];
  /** In feed order: record k stands at version k. */
  readonly records: readonly KindedRecord[];
}

export function buildOffice(run: Run): Office {
  const workspace = aWorkspace({ id: workspaceId.parse(run.newId()) });
  const members = ['Mara', 'Jonas', 'Lena'].map((name, index) =>
    aMember({
      id: memberId.parse(run.newId()),
      name,
      email: `${name.toLowerCase()}@harbour.example`,
      role: index === 0 ? 'admin' : 'member',
    }),
  );
  const customers = ['Anna', 'Bela'].map((name, index) => {
    const address = `${name.toLowerCase()}@customers.example`;
    // Each is served by itself, one after the other.
    const more = index === 0 ? [`works-${address}`, `${GONE}${address}`] : [];
    const emails = [address, ...more];
    return aCustomer({ id: customerId.parse(run.newId()), name, emails });
  });
  const pipelines = ['P', 'Q'].map((name, position) => buildPipeline(run, name, position));
  const jobs = [0, 1, 2, 3].map((index) => buildJob(run, { index, customers, pipelines }));
  const openings = jobs.map((job): KindedRecord => openingOf(run, { job, pipelines, members }));
  return {
    workspace,
    members,
    customers,
    pipelines,
    jobs,
    records: [
      { kind: 'workspace', record: workspace },
      ...members.map((record): KindedRecord => ({ kind: 'member', record })),
      ...pipelines.map((record): KindedRecord => ({ kind: 'pipeline', record })),
      ...customers.map((record): KindedRecord => ({ kind: 'customer', record })),
      ...jobs.map((record): KindedRecord => ({ kind: 'job', record })),
      ...openings,
    ],
  };
}

function buildPipeline(run: Run, name: string, position: number): Pipeline {
  const stages = [1, 2, 3, 4].map((number) =>
    aStage({
      id: stageId.parse(run.newId()),
      name: `Stage ${name}${number}`,
      visibleToCustomer: number !== 2,
    }),
  );
  const fields = [1, 2].map((number) =>
    aFormField({
      id: fieldId.parse(run.newId()),
      label: `${INTERNAL} field ${name}${number}`,
      type: 'text',
    }),
  );
  const id = pipelineId.parse(run.newId());
  return aPipeline({ id, name: `Pipeline ${name}`, position, stages, fields });
}

function buildJob(
  run: Run,
  {
    index,
    customers,
    pipelines,
  }: {
    index: number;
    customers: readonly Customer[];
    pipelines: readonly Pipeline[];
  },
): Job {
  const pipeline = pipelines[index % 2];
  const customer = customers[index < 2 ? 0 : 1];
  const stage = pipeline?.stages[0];
  if (pipeline === undefined || customer === undefined || stage === undefined)
    throw new Error('The office has two of each.');
  return aJob({
    id: jobId.parse(run.newId()),
    reference: `J-${index + 1}`,
    title: `Job-${index + 1}`,
    customerId: customer.id,
    pipelineId: pipeline.id,
    stageId: stage.id,
  });
}

function openingOf(
  run: Run,
  { job, pipelines, members }: Pick<Office, 'pipelines' | 'members'> & { job: Job },
): KindedRecord {
  const stage = pipelines
    .flatMap(({ stages }) => stages)
    .find((candidate) => candidate.id === job.stageId);
  const [admin] = members;
  if (stage === undefined || admin === undefined) throw new Error('A job stands in a stage.');
  return {
    kind: 'entry',
    record: aStatusChange({
      id: entryId.parse(run.newId()),
      jobId: job.id,
      audience: 'visible',
      author: { kind: 'member', memberId: admin.id },
      fromStageId: null,
      fromName: null,
      toStageId: stage.id,
      toName: stage.name,
    }),
  };
}
