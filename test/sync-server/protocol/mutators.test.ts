import { beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../../sync-server/protocol/mutations.ts';
import {
  type Actor,
  type Ask,
  isNewsTo,
  type MutationContext,
  runAsync,
  runSync,
} from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import type { Outcome } from '../../../sync-server/protocol/outcome.ts';
import type { Entry } from '../../../sync-server/protocol/entries.ts';
import {
  type AnyRecord,
  type KindedRecord,
  type RecordKey,
  readMarkId,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aCustomerId,
  aFileEntry,
  aFormField,
  aFormSave,
  aJob,
  aJobId,
  aMember,
  aMutationId,
  anAssignment,
  anAttachmentId,
  anEntry,
  anEntryId,
  aPipeline,
  aPipelineId,
  aStageId,
  aStatusChange,
  blobIdOf,
} from '../../support/builders.ts';

const WRITTEN_AT = '2026-11-02T10:00:00.000Z';
const ARRIVED_AT = '2026-11-02T18:00:00.000Z';

const mara = aMember();
const jonas = aMember({ name: 'Jonas Ostrowski' });
const anna = aCustomer();
const mileage = aFormField({ label: 'Mileage', type: 'number' });
const colour = aFormField({ label: 'Colour', type: 'choice', choices: ['Red', 'Blue'] });
const pickup = aFormField({ label: 'Pick-up', type: 'date' });
const paid = aFormField({ label: 'Paid', type: 'checkbox' });
const remarks = aFormField({ label: 'Remarks', type: 'long_text' });
const pipeline = aPipeline({ fields: [mileage, colour, pickup, paid, remarks] });
const [booked, estimate, ready] = pipeline.stages.map(({ id }) => id);
if (booked === undefined || estimate === undefined || ready === undefined)
  throw new Error('The pipeline has three stages.');
const job = aJob({ customerId: anna.id, pipelineId: pipeline.id, stageId: booked });

const asMara: Actor = { kind: 'member', memberId: mara.id, role: 'member' };
const asAnna: Actor = { kind: 'customer', customerId: anna.id };
const onServer = { writtenAt: WRITTEN_AT, arrivedAt: ARRIVED_AT, nextReference: 'J-7' };
const onDevice = { writtenAt: WRITTEN_AT, arrivedAt: null, nextReference: null };

let records: Map<string, AnyRecord>;
let history: { entry: Entry; version: number }[];
const keyOf = ({ kind, id }: RecordKey) => `${kind}/${id}`;
/** What stands in for a store: the records at hand, and the entries as the job's history. */
function answer(ask: Ask): AnyRecord | undefined {
  if ('id' in ask) return records.get(keyOf(ask));
  if (ask.kind !== 'news') return undefined;
  return history.find(
    ({ entry, version }) =>
      entry.jobId === ask.jobId &&
      version > ask.afterVersion &&
      isNewsTo(ask.exceptMemberId, entry),
  )?.entry;
}
const have = (...puts: readonly KindedRecord[]) => {
  for (const { kind, record } of puts) records.set(keyOf({ kind, id: record.id }), record);
};
beforeEach(() => {
  records = new Map();
  history = [];
  have(
    { kind: 'member', record: mara },
    { kind: 'member', record: jonas },
    { kind: 'customer', record: anna },
    { kind: 'pipeline', record: pipeline },
    { kind: 'job', record: job },
  );
});

/** Runs a mutation and, where it applies, puts what it changed; every record it makes must be one. */
function run(name: MutationName | (string & {}), args: unknown, as: Partial<MutationContext> = {}) {
  const context = { mutationId: aMutationId(), actor: asMara, ...onServer, ...as };
  const outcome = runSync(startMutation({ name, args }, context), answer);
  if (!('puts' in outcome)) return outcome;
  for (const { kind, record } of outcome.puts) recordSchemas[kind].parse(record);
  have(...outcome.puts);
  return outcome;
}
const putsOf = (outcome: Outcome) => ('puts' in outcome ? outcome.puts : []);
const put = (outcome: Outcome, kind: KindedRecord['kind']) =>
  putsOf(outcome).find((each) => each.kind === kind)?.record;
const expectRefused = (outcome: Outcome, code: string) => {
  expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } });
  if (outcome.kind === 'refused') expect(outcome.refusal.sentence).toMatch(/^[A-Z“].*\.$/);
};

describe('every mutation', () => {
  it('[P2] of an unknown name or with arguments that do not fit is refused, never thrown', () => {
    for (const name of ['', 'drop_table', 'toString', '__proto__', 'constructor'])
      expectRefused(run(name, {}), 'not-understood');
    for (const args of [undefined, null, 7, [], { jobId: 'x' }, { extra: true }])
      expectRefused(run('post_entry', args), 'not-understood');
  });

  it('[P5] of a customer is refused from a member, and of a member from a customer', () => {
    expectRefused(run('customer_reply', {}), 'not-allowed');
    expectRefused(run('customer_visit', {}), 'not-allowed');
    expectRefused(run('customer_upload', {}), 'not-allowed');
    expectRefused(run('customer_save_form', {}), 'not-allowed');
    for (const name of ['post_entry', 'change_stage', 'save_form', 'create_job', 'mark_read'])
      expectRefused(run(name, {}, { actor: asAnna }), 'not-allowed');
  });

  it('[R1] has the same outcome over a synchronous and an asynchronous store', async () => {
    const args = { jobId: job.id, entryId: anEntryId(), fromStageId: booked, toStageId: ready };
    const context = { mutationId: aMutationId(), actor: asMara, ...onServer };
    const start = () => startMutation({ name: 'change_stage', args }, context);
    const later = await runAsync(start(), (ask) => Promise.resolve(answer(ask)));
    expect(later).toEqual(runSync(start(), answer));
  });
});

describe('post_entry', () => {
  const args = (overrides: Record<string, unknown> = {}) => ({
    jobId: job.id,
    entryId: anEntryId(),
    audience: 'internal',
    text: 'Rang the insurer.',
    attachments: [],
    seenVersion: 0,
    ...overrides,
  });
  const file = (overrides: Record<string, unknown> = {}) => ({
    attachmentId: anAttachmentId(),
    blobId: blobIdOf('x'),
    name: 'order.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 812,
    audience: 'internal',
    ...overrides,
  });

  it('(C2) keeps the audience of the text and of each file as the person chose them', () => {
    const visible = file({ audience: 'visible' });
    const internal = file();
    const outcome = run(
      'post_entry',
      args({ audience: 'visible', attachments: [visible, internal] }),
    );
    expect(put(outcome, 'entry')).toMatchObject({ kind: 'reply', audience: 'visible' });
    const files = putsOf(outcome).flatMap((each) =>
      each.kind === 'attachment' ? [each.record] : [],
    );
    expect(files.map(({ audience }) => audience)).toEqual(['visible', 'internal']);
  });

  it('(B1) moves the job up by the server’s clock, on a device by the device’s', () => {
    expect(put(run('post_entry', args()), 'job')).toMatchObject({ lastActivityAt: ARRIVED_AT });
    const waiting = run('post_entry', args(), onDevice);
    expect(put(waiting, 'job')).toMatchObject({ lastActivityAt: WRITTEN_AT });
    expect(put(waiting, 'entry')).toMatchObject({ writtenAt: WRITTEN_AT, arrivedAt: null });
  });

  it('(B1) of files without a text is a file entry', () => {
    const outcome = run('post_entry', args({ text: ' \n', attachments: [file()] }));
    expect(put(outcome, 'entry')).toMatchObject({ kind: 'file' });
  });

  describe('[P6] a customer reply whose author had not seen the newest', () => {
    const byAnna = { kind: 'customer', customerId: anna.id } as const;
    const byJonas = { kind: 'member', memberId: jonas.id } as const;
    const byMara = { kind: 'member', memberId: mara.id } as const;
    const on = { jobId: job.id };
    const replyAfter = (seenVersion: number, more: Record<string, unknown> = {}) =>
      run('post_entry', args({ audience: 'visible', seenVersion, ...more }));

    it.each<[string, Entry]>([
      ['the customer wrote', anEntry({ ...on, author: byAnna, audience: 'visible' })],
      ['a colleague wrote', anEntry({ ...on, author: byJonas, audience: 'internal' })],
      ['a colleague added a file', aFileEntry({ ...on, author: byJonas })],
      ['the stage changed', aStatusChange({ ...on, author: byJonas })],
    ])('is held where %s since, and goes once that is seen', (_what, entry) => {
      history.push({ entry, version: 12 });
      expect(replyAfter(11)).toEqual({ kind: 'held' });
      expect(replyAfter(12).kind).toBe('applied');
    });

    it.each<[string, Entry]>([
      ['what the author wrote', anEntry({ ...on, author: byMara })],
      ['a form save', aFormSave({ ...on, author: byJonas })],
      ['an assignment', anAssignment({ ...on, author: byJonas })],
      ['what happened on another job', anEntry({ author: byAnna })],
    ])('is not held by %s', (_what, entry) => {
      history.push({ entry, version: 12 });
      expect(replyAfter(0).kind).toBe('applied');
    });

    it('is held for a visible file under a note as well; a note without one never is', () => {
      history.push({ entry: anEntry({ ...on, author: byAnna }), version: 12 });
      const note = { audience: 'internal' };
      const shown = file({ audience: 'visible' });
      expect(replyAfter(0, { ...note, attachments: [shown] })).toEqual({ kind: 'held' });
      expect(replyAfter(0, { ...note, attachments: [file()] }).kind).toBe('applied');
    });
  });

  it('of nothing, on no job, or with an id that is taken is refused', () => {
    expectRefused(run('post_entry', args({ text: ' \n ' })), 'nothing-to-post');
    expectRefused(run('post_entry', args({ jobId: aJobId() })), 'job-missing');
    const first = args({ attachments: [file()] });
    run('post_entry', first);
    expectRefused(run('post_entry', args({ entryId: first.entryId })), 'already-exists');
    expectRefused(run('post_entry', args({ attachments: first.attachments })), 'already-exists');
  });
});

describe('change_stage', () => {
  const args = (from: string, to: string) => ({
    jobId: job.id,
    entryId: anEntryId(),
    fromStageId: from,
    toStageId: to,
  });

  it('(A4) moves the job and logs it, visible only between visible stages', () => {
    const shown = run('change_stage', args(booked, ready));
    expect(put(shown, 'job')).toMatchObject({ stageId: ready });
    expect(put(shown, 'entry')).toMatchObject({
      kind: 'status_change',
      audience: 'visible',
      fromName: 'Booked',
      toName: 'Ready',
    });
    expect(put(run('change_stage', args(ready, estimate)), 'entry')).toMatchObject({
      audience: 'internal',
    });
    expect(put(run('change_stage', args(estimate, booked)), 'entry')).toMatchObject({
      audience: 'internal',
    });
  });

  it('(H5) conflicts where a colleague moved the job elsewhere, and says where it stands', () => {
    run('change_stage', args(booked, estimate));
    const mutationId = aMutationId();
    const outcome = run('change_stage', args(booked, ready), { mutationId });
    expect(outcome).toMatchObject({
      kind: 'conflicted',
      conflict: { kind: 'stage', standsStageId: estimate, standsName: 'Estimate' },
    });
    expect(put(outcome, 'entry')).toEqual({
      id: mutationId,
      jobId: job.id,
      audience: 'internal',
      author: { kind: 'member', memberId: mara.id },
      writtenAt: WRITTEN_AT,
      arrivedAt: ARRIVED_AT,
      kind: 'unapplied',
      wish: { kind: 'stage', wantedStageId: ready, wantedName: 'Ready', standsName: 'Estimate' },
    });
    expect(put(outcome, 'job')).toMatchObject({ stageId: estimate, lastActivityAt: ARRIVED_AT });
  });

  it('(H5) [P1] keeps a wish under the mutation’s own id, and writes over no entry that is there', () => {
    run('change_stage', args(booked, estimate));
    const stands = put(run('change_stage', args(booked, ready)), 'entry');
    const outcome = run('change_stage', args(booked, ready), { mutationId: stands?.id as never });
    expectRefused(outcome, 'already-exists');
  });

  it('(H5) to where the job already is changes and logs nothing', () => {
    run('change_stage', args(booked, ready));
    expect(putsOf(run('change_stage', args(booked, ready)))).toEqual([]);
  });

  it('to a stage that is not in the pipeline is refused', () => {
    expectRefused(run('change_stage', args(booked, aStageId())), 'stage-missing');
  });
});

describe('save_form', () => {
  const save = (...changes: readonly (readonly [{ id: string }, unknown, unknown])[]) =>
    run('save_form', {
      jobId: job.id,
      entryId: anEntryId(),
      changes: changes.map(([{ id }, from, to]) => ({ fieldId: id, from, to })),
    });

  it('(A4) logs the fields with their old and new values, internally', () => {
    save([mileage, null, 84_200]);
    const outcome = save([mileage, 84_200, 84_350], [colour, null, 'Red']);
    expect(put(outcome, 'entry')).toMatchObject({
      kind: 'form_save',
      audience: 'internal',
      changes: [
        { label: 'Mileage', from: 84_200, to: 84_350 },
        { label: 'Colour', from: null, to: 'Red' },
      ],
    });
    expect(put(outcome, 'job')).toMatchObject({
      form: { [mileage.id]: 84_350, [colour.id]: 'Red' },
    });
  });

  it('(H5) merges fields others changed, and asks only where both changed the same one', () => {
    save([mileage, null, 84_200]);
    expect(save([colour, null, 'Blue']).kind).toBe('applied');
    const clash = save([mileage, null, 90_000], [colour, 'Blue', 'Red']);
    expect(clash).toMatchObject({
      kind: 'conflicted',
      conflict: {
        kind: 'form',
        fields: [{ fieldId: mileage.id, label: 'Mileage', stands: 84_200 }],
      },
    });
    const entries = putsOf(clash).filter(({ kind }) => kind === 'entry');
    expect(entries.map(({ record }) => record)).toMatchObject([
      { kind: 'form_save', changes: [{ fieldId: colour.id, from: 'Blue', to: 'Red' }] },
      {
        kind: 'unapplied',
        audience: 'internal',
        wish: {
          kind: 'form',
          fields: [{ fieldId: mileage.id, label: 'Mileage', wanted: 90_000, stands: 84_200 }],
        },
      },
    ]);
    expect(put(clash, 'job')).toMatchObject({
      form: { [mileage.id]: 84_200, [colour.id]: 'Red' },
    });
  });

  it('(H5) of what already stands there changes and logs nothing', () => {
    save([mileage, null, 84_200]);
    expect(putsOf(save([mileage, null, 84_200]))).toEqual([]);
  });

  it.each<[string, { id: string }, unknown]>([
    ['a word as a number', mileage, 'far'],
    ['a choice that is not offered', colour, 'Green'],
    ['a date that is none', pickup, 'tomorrow'],
    ['a word as a tick', paid, 'yes'],
    ['a number as text', remarks, 7],
  ])('refuses %s, and saves nothing', (_what, field, value) => {
    expectRefused(save([colour, null, 'Red'], [field, null, value]), 'value-not-valid');
    expect(records.get(`job/${job.id}`)).toEqual(job);
  });

  it('takes the right kind of value for each field, and null to empty it', () => {
    const values = [
      [mileage, 1.5],
      [colour, 'Red'],
      [pickup, '2026-11-23'],
      [paid, true],
      [remarks, 'Two\nlines'],
    ] as const;
    for (const [field, value] of values) {
      expect(save([field, null, value]).kind).toBe('applied');
      expect(save([field, value, null]).kind).toBe('applied');
    }
  });

  it('refuses a field that is not in the pipeline', () => {
    expectRefused(save([aFormField(), null, 1]), 'field-missing');
  });
});

describe('create_job', () => {
  const args = (overrides: Record<string, unknown> = {}) => ({
    jobId: aJobId(),
    entryId: anEntryId(),
    title: '  Rear bumper ',
    customerId: anna.id,
    pipelineId: pipeline.id,
    stageId: booked,
    assigneeId: null,
    ...overrides,
  });

  it('(A1) takes the server’s reference; on a device there is none yet', () => {
    const outcome = run('create_job', args());
    expect(put(outcome, 'job')).toMatchObject({ reference: 'J-7', title: 'Rear bumper' });
    expect(put(run('create_job', args(), onDevice), 'job')).toMatchObject({ reference: null });
  });

  it('(B1) logs the opening, visible only in a visible stage', () => {
    expect(put(run('create_job', args()), 'entry')).toMatchObject({
      kind: 'status_change',
      audience: 'visible',
      fromStageId: null,
      toName: 'Booked',
    });
    expect(put(run('create_job', args({ stageId: estimate })), 'entry')).toMatchObject({
      audience: 'internal',
    });
  });

  it('refuses what is not there, and an id that is taken', () => {
    expectRefused(run('create_job', args({ customerId: aCustomerId() })), 'customer-missing');
    expectRefused(run('create_job', args({ pipelineId: aPipelineId() })), 'pipeline-missing');
    expectRefused(run('create_job', args({ stageId: aStageId() })), 'stage-missing');
    expectRefused(run('create_job', args({ assigneeId: aMember().id })), 'member-missing');
    expectRefused(run('create_job', args({ jobId: job.id })), 'already-exists');
  });
});

describe('assign_job', () => {
  const assign = (from: string | null, to: string | null) =>
    run('assign_job', {
      jobId: job.id,
      entryId: anEntryId(),
      fromMemberId: from,
      toMemberId: to,
    });

  it('(A1) gives the job away and logs it internally', () => {
    const outcome = assign(null, jonas.id);
    expect(put(outcome, 'job')).toMatchObject({ assigneeId: jonas.id });
    expect(put(outcome, 'entry')).toMatchObject({ kind: 'assignment', audience: 'internal' });
    expect(put(assign(jonas.id, null), 'job')).toMatchObject({ assigneeId: null });
  });

  it('(H5) conflicts where a colleague gave it to somebody else, and is a no-op to the same', () => {
    assign(null, jonas.id);
    const clash = assign(null, mara.id);
    expect(clash).toMatchObject({
      kind: 'conflicted',
      conflict: { kind: 'assignee', standsMemberId: jonas.id, standsName: 'Jonas Ostrowski' },
    });
    expect(put(clash, 'entry')).toMatchObject({
      kind: 'unapplied',
      audience: 'internal',
      wish: { kind: 'assignee', wantedMemberId: mara.id, standsMemberId: jonas.id },
    });
    expect(putsOf(assign(null, jonas.id))).toEqual([]);
  });

  it('refuses a colleague who is not there', () => {
    expectRefused(assign(null, aMember().id), 'member-missing');
  });
});

describe('mark_read', () => {
  const markRead = (throughVersion: number) => run('mark_read', { jobId: job.id, throughVersion });

  it('[V3] moves the member’s own mark forward and never back', () => {
    expect(put(markRead(9), 'read_mark')).toEqual({
      id: readMarkId(mara.id, job.id),
      memberId: mara.id,
      jobId: job.id,
      readThroughVersion: 9,
    });
    expect(putsOf(markRead(9))).toEqual([]);
    expect(putsOf(markRead(4))).toEqual([]);
    expect(put(markRead(12), 'read_mark')).toMatchObject({ readThroughVersion: 12 });
  });
});

describe('create_customer', () => {
  it('(A6) adds a customer with "Notify on replies" on, once', () => {
    const args = { customerId: aCustomerId(), name: ' Béla ', emails: [], phone: '' };
    expect(put(run('create_customer', args), 'customer')).toMatchObject({
      name: 'Béla',
      notifyOnReplies: true,
    });
    expectRefused(run('create_customer', args), 'already-exists');
  });
});
