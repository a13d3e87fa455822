// Customers, pipelines, the office's look and the member's bell, as mutations: pure, over plain records. (A5, A6, F3)

import { beforeEach, describe, expect, it } from 'vitest';
import { customerEffects } from '../../../sync-server/protocol/customer-effects.ts';
import type { MemberMutationName, MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { type Actor, type Ask, runSync } from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import {
  type AnyRecord,
  followId,
  type KindedRecord,
  type Pipeline,
  type RecordKind,
  type RecordOf,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aFormField,
  aJob,
  aMember,
  aMutationId,
  anEntryId,
  aPipeline,
  aPipelineId,
  aStage,
  aWorkspace,
  blobIdOf,
} from '../../support/builders.ts';
import { nextOf } from '../../support/next-of.ts';

const mara = aMember({ role: 'admin' });
const anna = aCustomer();
const office = aWorkspace();
const [booked, estimate, ready] = [
  aStage({ name: 'Booked' }),
  aStage({ name: 'Estimate', visibleToCustomer: false }),
  aStage({ name: 'Ready' }),
];
const mileage = aFormField();
const pipeline = aPipeline({ stages: [booked, estimate, ready], fields: [mileage] });
const job = aJob({ customerId: anna.id, pipelineId: pipeline.id, stageId: estimate.id });
const asMara: Actor = { kind: 'member', memberId: mara.id, role: 'admin' };
const asMember: Actor = { kind: 'member', memberId: mara.id, role: 'member' };
const AT = '2026-11-12T10:00:00.000Z';

let records: KindedRecord[];
beforeEach(() => {
  records = [
    { kind: 'workspace', record: office },
    { kind: 'customer', record: anna },
    { kind: 'pipeline', record: pipeline },
    { kind: 'job', record: job },
  ];
});

function find<K extends RecordKind>(kind: K, id: string): RecordOf<K> | undefined {
  return records.find((each) => each.kind === kind && each.record.id === id)?.record as
    | RecordOf<K>
    | undefined;
}

function answer(ask: Ask): AnyRecord | undefined {
  if (
    ask.kind === 'news' ||
    ask.kind === 'belongings' ||
    ask.kind === 'canned_of' ||
    ask.kind === 'shared' ||
    ask.kind === 'mailed'
  )
    return undefined;
  return 'id' in ask ? find(ask.kind, ask.id) : nextOf(records, ask);
}

/** Runs a mutation and puts what it changed; every record it makes must be one. */
function run<N extends MemberMutationName>(name: N, args: MutationArgs<N>, actor = asMara) {
  const context = {
    mutationId: aMutationId(),
    actor,
    writtenAt: AT,
    arrivedAt: AT,
    nextReference: null,
  };
  const outcome = runSync(startMutation({ name, args }, context), answer);
  for (const put of 'puts' in outcome ? outcome.puts : []) {
    recordSchemas[put.kind].parse(put.record);
    records = [...records.filter(({ record }) => record.id !== put.record.id), put];
  }
  const gone = outcome.kind === 'applied' ? (outcome.deletion?.keys ?? []) : [];
  records = records.filter(({ record }) => !gone.some(({ id }) => id === record.id));
  return outcome;
}

describe('(A6) update_customer', () => {
  const { id: customerId } = anna;

  it('(H5) merges what two people changed, and asks only about a field both changed', () => {
    run('update_customer', {
      customerId,
      changes: [{ field: 'phone', from: anna.phone, to: '+49 40 1' }],
    });
    const second = run('update_customer', {
      customerId,
      changes: [{ field: 'notes', from: '', to: 'Rings after five.' }],
    });
    expect(second.kind).toBe('applied');
    expect(find('customer', customerId)).toMatchObject({
      phone: '+49 40 1',
      notes: 'Rings after five.',
    });
    const clash = run('update_customer', {
      customerId,
      changes: [
        { field: 'name', from: anna.name, to: 'Anna Berg-Lund' },
        { field: 'phone', from: anna.phone, to: '+49 40 2' },
      ],
    });
    expect(clash).toMatchObject({
      kind: 'conflicted',
      conflict: {
        kind: 'fields',
        fields: [{ field: 'phone', label: 'Phone', stands: '+49 40 1', standsWords: '+49 40 1' }],
      },
    });
    expect(find('customer', customerId)?.name).toBe(anna.name);
  });

  it('the same wish twice is done once, whatever the second was based on', () => {
    const changes = [{ field: 'notifyOnReplies' as const, from: true, to: false }];
    run('update_customer', { customerId, changes });
    expect(run('update_customer', { customerId, changes })).toEqual({ kind: 'applied', puts: [] });
  });

  it('a customer who is gone is told so', () => {
    const changes = [{ field: 'notes' as const, from: '', to: 'x' }];
    expect(run('update_customer', { customerId: aCustomer().id, changes })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'customer-missing' },
    });
  });
});

describe('(A5) pipelines', () => {
  const draft = {
    name: 'Glass',
    hue: 'teal' as const,
    stages: [aStage()],
    fields: [],
    customerCanReply: true,
    customerCanUpload: false,
  };
  const change = (
    changes: MutationArgs<'update_pipeline'>['changes'],
    moves: MutationArgs<'update_pipeline'>['moves'] = [],
  ) => run('update_pipeline', { pipelineId: pipeline.id, changes, moves });
  const stagesTo = (to: Pipeline['stages'], from = pipeline.stages) =>
    ({ field: 'stages', from, to }) as const;

  it('only admins make, change, order and remove them, and change how the office looks', () => {
    const outcomes = [
      run('create_pipeline', { pipelineId: aPipelineId(), ...draft }, asMember),
      run(
        'update_pipeline',
        {
          pipelineId: pipeline.id,
          changes: [{ field: 'name', from: pipeline.name, to: 'X' }],
          moves: [],
        },
        asMember,
      ),
      run('order_pipelines', { pipelineIds: [pipeline.id] }, asMember),
      run('remove_pipeline', { pipelineId: pipeline.id }, asMember),
      run(
        'update_workspace',
        { workspaceId: office.id, changes: [{ field: 'name', from: office.name, to: 'X' }] },
        asMember,
      ),
    ];
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'not-allowed' } });
  });

  it('a new one stands behind the others', () => {
    const pipelineId = aPipelineId();
    run('create_pipeline', { pipelineId, ...draft });
    expect(find('pipeline', pipelineId)).toMatchObject({ name: 'Glass', position: 1 });
    run('order_pipelines', { pipelineIds: [pipelineId, pipeline.id] });
    expect(find('pipeline', pipelineId)?.position).toBe(0);
    expect(find('pipeline', pipeline.id)?.position).toBe(1);
  });

  it('a choice needs something to choose from, and ids stand once', () => {
    const bare = aFormField({ type: 'choice', choices: [] });
    for (const fault of [{ fields: [bare] }, { stages: [booked, booked] }])
      expect(run('create_pipeline', { pipelineId: aPipelineId(), ...draft, ...fault }).kind).toBe(
        'refused',
      );
  });

  it('a stage with jobs goes only when each of them is told where to, and the move is logged for the team alone', () => {
    const without = stagesTo([booked, ready]);
    expect(change([without])).toMatchObject({
      kind: 'refused',
      refusal: { code: 'pipeline-in-use', sentence: expect.stringContaining('“Estimate”') },
    });
    const entryId = anEntryId();
    change([without], [{ jobId: job.id, entryId, toStageId: booked.id }]);
    expect(find('job', job.id)).toMatchObject({ stageId: booked.id, lastActivityAt: AT });
    expect(find('entry', entryId)).toMatchObject({
      kind: 'status_change',
      audience: 'internal',
      fromName: 'Estimate',
      toName: 'Booked',
    });
  });

  it('[V5] a job that came into the stage meanwhile is moved by nobody’s guess', () => {
    const late = aJob({ pipelineId: pipeline.id, stageId: estimate.id, title: 'Hail roof' });
    records.push({ kind: 'job', record: late });
    const moves = [{ jobId: job.id, entryId: anEntryId(), toStageId: booked.id }];
    expect(change([stagesTo([booked, ready])], moves)).toMatchObject({
      kind: 'refused',
      refusal: { sentence: expect.stringContaining('“Hail roof”') },
    });
    expect(find('job', job.id)?.stageId).toBe(estimate.id);
  });

  it('what was filled in stays in the jobs, and a field keeps its type', () => {
    const form = { [mileage.id]: 84_200 };
    records.push({ kind: 'job', record: { ...job, id: aJob().id, form } });
    const retyped = { ...mileage, type: 'text' as const };
    expect(change([{ field: 'fields', from: [mileage], to: [retyped] }])).toMatchObject({
      kind: 'refused',
      refusal: { code: 'value-not-valid' },
    });
    change([{ field: 'fields', from: [mileage], to: [] }]);
    expect(find('pipeline', pipeline.id)?.fields).toEqual([]);
    expect(records.some(({ kind, record }) => kind === 'job' && record.form === form)).toBe(true);
  });

  it('[V5] (H5) a name and the stages changed by two people merge; stages changed by both conflict, with what stands', () => {
    change([{ field: 'name', from: pipeline.name, to: 'Paint' }]);
    change([stagesTo([booked, estimate, { ...ready, name: 'Done' }])]);
    expect(find('pipeline', pipeline.id)?.name).toBe('Paint');
    expect(change([stagesTo([booked, { ...estimate, name: 'Quote' }, ready])])).toMatchObject({
      kind: 'conflicted',
      conflict: { fields: [{ label: 'Stages', standsWords: 'Booked, Estimate, Done' }] },
    });
  });

  it('one with jobs stays; an empty one is gone for new jobs', () => {
    expect(run('remove_pipeline', { pipelineId: pipeline.id })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'pipeline-in-use' },
    });
    const pipelineId = aPipelineId();
    run('create_pipeline', { pipelineId, ...draft });
    run('remove_pipeline', { pipelineId });
    const create = run('create_job', {
      jobId: aJob().id,
      entryId: anEntryId(),
      title: 'Windscreen',
      customerId: anna.id,
      pipelineId,
      stageId: draft.stages[0]!.id,
      assigneeId: null,
    });
    expect(create).toMatchObject({ kind: 'refused', refusal: { code: 'pipeline-missing' } });
  });

  it('before saving it is known who will see more and who less', () => {
    const at = (stageId: typeof job.stageId, toStageId = stageId) => ({ stageId, toStageId });
    const open = { ...pipeline, stages: [booked, { ...estimate, visibleToCustomer: true }, ready] };
    expect(customerEffects(pipeline, open, [at(estimate.id), at(booked.id)])).toMatchObject({
      appear: [{ stageName: 'Estimate', jobs: 1 }],
      vanish: [],
      isWider: true,
    });
    const shut = {
      ...pipeline,
      stages: [{ ...booked, visibleToCustomer: false }, estimate, ready],
    };
    expect(customerEffects(pipeline, shut, [at(booked.id), at(booked.id)])).toMatchObject({
      appear: [],
      vanish: [{ stageName: 'Booked', jobs: 2 }],
      isWider: false,
    });
    const moved = { ...pipeline, stages: [booked, ready] };
    expect(customerEffects(pipeline, moved, [at(estimate.id, ready.id)]).appear).toEqual([
      { stageName: 'Ready', jobs: 1 },
    ]);
    const filled = {
      ...pipeline,
      customerCanUpload: true,
      fields: [{ ...mileage, customerCanEdit: true }],
    };
    expect(customerEffects(pipeline, filled, [])).toMatchObject({
      canUpload: 'opens',
      fieldsOpen: ['Mileage'],
      isWider: true,
    });
    expect(customerEffects(filled, pipeline, [])).toMatchObject({
      canUpload: 'closes',
      fieldsClose: ['Mileage'],
      isWider: false,
    });
  });
});

describe('(E1) update_workspace', () => {
  it('sets colour and logo, and takes them away again without leaving a word', () => {
    const logo = blobIdOf('logo');
    const workspaceId = office.id;
    run('update_workspace', {
      workspaceId,
      changes: [
        { field: 'hue', from: null, to: 'teal' },
        { field: 'logoBlobId', from: null, to: logo },
      ],
    });
    expect(find('workspace', office.id)).toEqual({ ...office, hue: 'teal', logoBlobId: logo });
    run('update_workspace', {
      workspaceId,
      changes: [
        { field: 'hue', from: 'teal', to: null },
        { field: 'logoBlobId', from: logo, to: null },
      ],
    });
    expect(find('workspace', office.id)).toEqual(office);
  });
});

describe('(F3) follow and mute', () => {
  it('[V3] stands for the member who said so, and can be unsaid', () => {
    run('set_follow', { jobId: job.id, state: 'muted' }, asMember);
    const id = followId(mara.id, job.id);
    expect(find('follow', id)).toEqual({ id, memberId: mara.id, jobId: job.id, state: 'muted' });
    run('set_follow', { jobId: job.id, state: 'neither' }, asMember);
    expect(find('follow', id)?.state).toBe('neither');
    expect(run('set_follow', { jobId: job.id, state: 'neither' }, asMember)).toEqual({
      kind: 'applied',
      puts: [],
    });
  });

  it('the scope of the bell is one for each member', () => {
    run('set_bell_scope', { bellScope: 'followed' }, asMember);
    expect(find('member_settings', mara.id)).toEqual({
      id: mara.id,
      memberId: mara.id,
      bellScope: 'followed',
    });
  });
});
