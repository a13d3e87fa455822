import { beforeEach, expect, test } from 'vitest';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import type { MemberMutationName, MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import {
  type Actor,
  type Ask,
  isNewsTo,
  isShared,
  runSync,
} from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import type { Outcome } from '../../../sync-server/protocol/outcome.ts';
import {
  type AnyRecord,
  type KindedRecord,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import * as build from '../../support/builders.ts';

const mara = build.aMember();
const anna = build.aCustomer();
const bela = build.aCustomer({ name: 'Bela Kun' });
const repairs = build.aPipeline();
const sales = build.aPipeline({ name: 'Sales' });
const [received] = repairs.stages;
const [offered] = sales.stages;
if (received === undefined || offered === undefined) throw new Error('Pipelines have stages.');
const job = build.aJob({
  customerId: anna.id,
  pipelineId: repairs.id,
  stageId: received.id,
  form: { [build.aFieldId()]: 'kept' },
});
const asMara: Actor = { kind: 'member', memberId: mara.id, role: 'member' };
const at = () => ({ jobId: job.id, entryId: build.anEntryId() });

let records: Map<string, AnyRecord>;
const have = (...puts: readonly KindedRecord[]) => {
  for (const { kind, record } of puts) records.set(`${kind}/${record.id}`, record);
};
beforeEach(() => {
  records = new Map();
  have(
    { kind: 'member', record: mara },
    { kind: 'customer', record: anna },
    { kind: 'customer', record: bela },
    { kind: 'pipeline', record: repairs },
    { kind: 'pipeline', record: sales },
    { kind: 'job', record: job },
  );
});

function answer(ask: Ask): AnyRecord | undefined {
  if ('id' in ask) return records.get(`${ask.kind}/${ask.id}`);
  const onJob = [...records.values()].filter((each) => 'jobId' in each && each.jobId === job.id);
  if (ask.kind === 'shared') return onJob.find((each) => isShared(each as Attachment | Entry));
  return undefined;
}

function run<N extends MemberMutationName>(name: N, args: MutationArgs<N>): Outcome {
  const context = {
    mutationId: build.aMutationId(),
    actor: asMara,
    writtenAt: '2026-11-02T10:00:00.000Z',
    arrivedAt: '2026-11-02T10:00:01.000Z',
    nextReference: null,
  };
  const outcome = runSync(startMutation({ name, args }, context), answer);
  if (!('puts' in outcome)) return outcome;
  for (const { kind, record } of outcome.puts) recordSchemas[kind].parse(record);
  have(...outcome.puts);
  return outcome;
}
const jobNow = () => records.get(`job/${job.id}`);
const put = (outcome: Outcome, kind: KindedRecord['kind']) =>
  'puts' in outcome ? outcome.puts.find((each) => each.kind === kind)?.record : undefined;

const rename = (fromTitle: string, toTitle: string) =>
  run('rename_job', { ...at(), fromTitle, toTitle });
const give = (toCustomerId = bela.id, fromCustomerId = anna.id) =>
  run('change_job_customer', { ...at(), fromCustomerId, toCustomerId });
const move = (to = sales, toStageId = offered.id, from = repairs, fromStageId = received.id) =>
  run('move_job', {
    ...at(),
    fromPipelineId: from.id,
    fromStageId,
    toPipelineId: to.id,
    toStageId,
  });

test('(A1) a title is corrected, and an internal entry says what it was', () => {
  const outcome = rename(job.title, '  Golf 8, bumper ');
  expect(jobNow()).toMatchObject({ title: 'Golf 8, bumper' });
  expect(put(outcome, 'entry')).toMatchObject({
    kind: 'job_change',
    audience: 'internal',
    change: { kind: 'title', from: job.title, to: 'Golf 8, bumper' },
  });
  expect(rename('whatever', 'Golf 8, bumper')).toEqual({ kind: 'applied', puts: [] });
});

test('(H5) two titles from the same one conflict, and the feed keeps the second', () => {
  rename(job.title, 'Golf 8, bumper');
  const clash = rename(job.title, 'Golf 8, door');
  expect(clash).toMatchObject({
    kind: 'conflicted',
    conflict: { kind: 'title', standsTitle: 'Golf 8, bumper' },
  });
  expect(put(clash, 'entry')).toMatchObject({
    kind: 'unapplied',
    wish: { kind: 'title', wanted: 'Golf 8, door', stands: 'Golf 8, bumper' },
  });
  expect(jobNow()).toMatchObject({ title: 'Golf 8, bumper' });
});

test('(A1) a job goes to another pipeline with all that was filled in, and no customer is told of its stages', () => {
  const outcome = move();
  expect(jobNow()).toMatchObject({ pipelineId: sales.id, stageId: offered.id, form: job.form });
  expect(put(outcome, 'entry')).toMatchObject({
    kind: 'status_change',
    audience: 'internal',
    pipelines: { fromName: repairs.name, toName: 'Sales' },
  });
  expect(move()).toEqual({ kind: 'applied', puts: [] });
  const clash = move(repairs, received.id);
  expect(clash).toMatchObject({
    kind: 'conflicted',
    conflict: { kind: 'place', standsPipelineId: sales.id, standsStageId: offered.id },
  });
});

test('a pipeline or a stage that is not there is refused with a sentence', () => {
  expect(move(build.aPipeline())).toMatchObject({ refusal: { code: 'pipeline-missing' } });
  expect(move(sales, received.id)).toMatchObject({ refusal: { code: 'stage-missing' } });
  expect(give(build.aCustomerId())).toMatchObject({ refusal: { code: 'customer-missing' } });
});

test('(A1) a job that nothing was shared on goes to the right customer', () => {
  have({ kind: 'entry', record: build.anEntry({ jobId: job.id, audience: 'internal' }) });
  have({ kind: 'entry', record: build.aStatusChange({ jobId: job.id, audience: 'visible' }) });
  const outcome = give();
  expect(jobNow()).toMatchObject({ customerId: bela.id });
  expect(put(outcome, 'entry')).toMatchObject({
    audience: 'internal',
    change: { kind: 'customer', fromCustomerId: anna.id, toCustomerId: bela.id },
  });
  expect(give()).toEqual({ kind: 'applied', puts: [] });
});

test.each([
  ['a reply', () => build.anEntry({ jobId: job.id, audience: 'visible' })],
  [
    'a reply that was taken back',
    () =>
      build.anEntry({
        jobId: job.id,
        audience: 'visible',
        withdrawn: { memberId: mara.id, at: '2026-11-02T09:00:00.000Z' },
      }),
  ],
  [
    'a word of the customer',
    () =>
      build.anEntry({
        jobId: job.id,
        audience: 'visible',
        author: { kind: 'customer', customerId: anna.id },
      }),
  ],
] as const)('[V1] %s keeps the job with its customer', (_what, entry) => {
  have({ kind: 'entry', record: entry() });
  expect(give()).toMatchObject({ kind: 'refused', refusal: { code: 'already-shared' } });
  expect(jobNow()).toMatchObject({ customerId: anna.id });
});

test('[V1] so does a file the customer can have, also where its note is internal', () => {
  have({
    kind: 'attachment',
    record: build.anAttachment({ jobId: job.id, audience: 'visible' }),
  });
  expect(give()).toMatchObject({ kind: 'refused', refusal: { code: 'already-shared' } });
});

test('[P6] what was written for one customer is held where the job is another one’s by now, also by who gave it away', () => {
  give();
  const post: MutationArgs<'post_entry'> = {
    ...at(),
    audience: 'visible',
    text: 'Dear Anna',
    attachments: [],
    seenVersion: 9,
  };
  expect(run('post_entry', { ...post, writtenFor: anna.id })).toEqual({ kind: 'held' });
  expect(run('post_entry', { ...post, audience: 'internal', writtenFor: anna.id })).toMatchObject({
    kind: 'applied',
  });
  expect(
    run('post_entry', { ...post, entryId: build.anEntryId(), writtenFor: bela.id }),
  ).toMatchObject({ kind: 'applied' });
});

test('[P6] a reply that was scheduled for one customer is held where the job is another one’s as it arrives', () => {
  give();
  const outcome = run('schedule_reply', {
    ...at(),
    text: 'Dear Anna',
    attachments: [],
    seenVersion: 9,
    writtenFor: anna.id,
    sendAt: '2026-11-03T07:00:00.000Z',
    unlessCustomerWrites: true,
  });
  expect(put(outcome, 'scheduled_reply')).toMatchObject({
    customerId: anna.id,
    held: { why: 'other-customer' },
  });
});

test('[P6] that a job is another customer’s is news to every colleague', () => {
  const entry = put(give(), 'entry') as Entry;
  expect(isNewsTo(build.aMember().id, entry)).toBe(true);
  expect(isNewsTo(build.aMember().id, put(rename(job.title, 'Else'), 'entry') as Entry)).toBe(
    false,
  );
});
