// [V1] as a table: every kind of record, every mark, every place, and who sees it. What is not in a row of its own that says
// yes is not seen.

import { describe, expect, it } from 'vitest';
import {
  isVisibleTo,
  type Sighted,
  type Viewer,
} from '../../../sync-server/protocol/visibility.ts';
import type { Entry } from '../../../sync-server/protocol/entries.ts';
import type { Job } from '../../../sync-server/protocol/records.ts';
import type { Audience } from '../../../sync-server/protocol/values.ts';
import {
  aCustomer,
  aFileEntry,
  aFormSave,
  aJob,
  anAssignment,
  anAttachment,
  anEntry,
  aPipeline,
  aStageId,
  aStatusChange,
} from '../../support/builders.ts';

const anna = aCustomer();
const bela = aCustomer();
const pipeline = aPipeline();
const [booked, estimate, ready] = pipeline.stages.map(({ id }) => id);
if (booked === undefined || estimate === undefined || ready === undefined)
  throw new Error('The pipeline has three stages.');
const base = { customerId: anna.id, pipelineId: pipeline.id };
const openJob = aJob({ ...base, stageId: booked });
const internalJob = aJob({ ...base, stageId: estimate });

const asAnna: Viewer = { kind: 'customer', customerId: anna.id };
const asBela: Viewer = { kind: 'customer', customerId: bela.id };
const asMember: Viewer = { kind: 'member' };

const customerAuthor = { kind: 'customer' as const, customerId: anna.id };
const sees = (viewer: Viewer, sighted: Sighted) => isVisibleTo(viewer, sighted);
const at = (job: Job = openJob) => ({ job, pipeline });

type Row = readonly [what: string, entry: (audience: Audience) => Entry, whenVisible: boolean];

const onJob = { jobId: openJob.id };
const change =
  (fromStageId: typeof booked | null, toStageId: typeof booked) => (audience: Audience) =>
    aStatusChange({ ...onJob, audience, fromStageId, toStageId });

const ENTRIES: readonly Row[] = [
  ['a reply', (audience) => anEntry({ ...onJob, audience }), true],
  ['a file', (audience) => aFileEntry({ ...onJob, audience }), true],
  ['an opening in a visible stage', change(null, booked), true],
  ['an opening in an internal stage', change(null, estimate), false],
  ['a change between visible stages', change(booked, ready), true],
  ['a change into an internal stage', change(booked, estimate), false],
  ['a change out of an internal stage', change(estimate, ready), false],
  ['a change from a stage that is gone', change(aStageId(), ready), false],
  ['a change to a stage that is gone', change(booked, aStageId()), false],
  ['a form save by staff', (audience) => aFormSave({ ...onJob, audience }), false],
  [
    'a form save by the customer',
    (audience) => aFormSave({ ...onJob, audience, author: customerAuthor }),
    true,
  ],
  ['an assignment', (audience) => anAssignment({ ...onJob, audience }), false],
];

describe.each(ENTRIES)('[V1] %s', (_what, make, whenVisible) => {
  const sighted = (audience: Audience, job?: Job): Sighted => ({
    kind: 'entry',
    entry: make(audience),
    at: at(job),
  });

  it(`marked visible is ${whenVisible ? 'seen' : 'not seen'} by the job’s customer`, () => {
    expect(sees(asAnna, sighted('visible'))).toBe(whenVisible);
  });
  it('marked internal is not seen by the customer', () => {
    expect(sees(asAnna, sighted('internal'))).toBe(false);
  });
  it('is not seen by another customer', () => {
    expect(sees(asBela, sighted('visible'))).toBe(false);
  });
  it('is not seen by the customer while the job is in an internal stage', () => {
    const moved = { ...openJob, stageId: estimate };
    expect(sees(asAnna, sighted('visible', moved))).toBe(false);
  });
  it('is not seen where it belongs to another job', () => {
    const other = aJob({ ...base, stageId: booked });
    expect(sees(asAnna, sighted('visible', other))).toBe(false);
  });
  it('is seen by members whatever its mark', () => {
    expect(sees(asMember, sighted('visible'))).toBe(true);
    expect(sees(asMember, sighted('internal'))).toBe(true);
  });
});

describe('[V1] a job', () => {
  const job = (each: Job, itsPipeline = pipeline): Sighted => ({
    kind: 'job',
    at: { job: each, pipeline: itsPipeline },
  });

  it('is seen by its customer in a visible stage', () => {
    expect(sees(asAnna, job(openJob))).toBe(true);
  });
  it('is not seen in an internal stage, in a stage that is gone, or with another pipeline', () => {
    expect(sees(asAnna, job(internalJob))).toBe(false);
    expect(sees(asAnna, job({ ...openJob, stageId: aStageId() }))).toBe(false);
    const twin = { ...aPipeline(), stages: pipeline.stages };
    expect(sees(asAnna, job(openJob, twin))).toBe(false);
  });
  it('is not seen by another customer', () => {
    expect(sees(asBela, job(openJob))).toBe(false);
  });
  it('disappears when its stage becomes internal, and comes back when it becomes visible', () => {
    const closed = {
      ...pipeline,
      stages: pipeline.stages.map((stage) => ({ ...stage, visibleToCustomer: false })),
    };
    expect(sees(asAnna, job(openJob, closed))).toBe(false);
    const opened = {
      ...pipeline,
      stages: pipeline.stages.map((stage) => ({ ...stage, visibleToCustomer: true })),
    };
    expect(sees(asAnna, job(internalJob, opened))).toBe(true);
  });
});

describe('[V1] an attachment', () => {
  const file = (audience: Audience, job = openJob): Sighted => ({
    kind: 'attachment',
    attachment: anAttachment({ jobId: openJob.id, audience }),
    at: at(job),
  });

  it('is seen by its own mark: a visible one, and an internal one not', () => {
    expect(sees(asAnna, file('visible'))).toBe(true);
    expect(sees(asAnna, file('internal'))).toBe(false);
  });
  it('is not seen by another customer, in an internal stage or on another job', () => {
    expect(sees(asBela, file('visible'))).toBe(false);
    expect(sees(asAnna, file('visible', { ...openJob, stageId: estimate }))).toBe(false);
    expect(sees(asAnna, file('visible', aJob({ ...base, stageId: booked })))).toBe(false);
  });
});
