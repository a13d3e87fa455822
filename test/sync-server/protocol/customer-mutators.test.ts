// What a customer can do from the portal, as mutators. (E2-E5)

import { beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../../sync-server/protocol/mutations.ts';
import { type Actor, runSync } from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import type { Outcome } from '../../../sync-server/protocol/outcome.ts';
import {
  type AnyRecord,
  type KindedRecord,
  portalVisitId,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aCustomerId,
  aFormField,
  aJob,
  aJobId,
  aMutationId,
  anAttachmentId,
  anEntryId,
  aPipeline,
  blobIdOf,
} from '../../support/builders.ts';

const ARRIVED_AT = '2026-11-02T18:00:00.000Z';
const context = {
  mutationId: aMutationId(),
  writtenAt: ARRIVED_AT,
  arrivedAt: ARRIVED_AT,
  nextReference: null,
};

const anna = aCustomer();
const mileage = aFormField({ label: 'Mileage', type: 'number' });
const pipeline = aPipeline({ fields: [mileage] });
const [booked, estimate] = pipeline.stages.map(({ id }) => id);
if (booked === undefined || estimate === undefined) throw new Error('A pipeline has stages.');
const job = aJob({ customerId: anna.id, pipelineId: pipeline.id, stageId: booked });
const asAnna: Actor = { kind: 'customer', customerId: anna.id };

let records: Map<string, AnyRecord>;
const have = (...puts: readonly KindedRecord[]) => {
  for (const { kind, record } of puts) records.set(`${kind}/${record.id}`, record);
};
beforeEach(() => {
  records = new Map();
  have({ kind: 'pipeline', record: pipeline }, { kind: 'job', record: job });
});

/** Runs a mutation and, where it applies, puts what it changed; every record it makes must be one. */
function run(name: MutationName, args: unknown, { actor }: { readonly actor: Actor }): Outcome {
  const outcome = runSync(startMutation({ name, args }, { ...context, actor }), (ask) =>
    'id' in ask ? records.get(`${ask.kind}/${ask.id}`) : undefined,
  );
  if (outcome.kind !== 'applied') return outcome;
  for (const { kind, record } of outcome.puts) recordSchemas[kind].parse(record);
  have(...outcome.puts);
  return outcome;
}
const putsOf = (outcome: Outcome) => (outcome.kind === 'applied' ? outcome.puts : []);
const put = (outcome: Outcome, kind: KindedRecord['kind']) =>
  putsOf(outcome).find((each) => each.kind === kind)?.record;
const expectRefused = (outcome: Outcome, code: string) => {
  expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } });
  if (outcome.kind === 'refused') expect(outcome.refusal.sentence).toMatch(/^[A-Z“].*\.$/);
};

describe('customer_reply', () => {
  const reply = (overrides: Record<string, unknown> = {}, actor: Actor = asAnna) =>
    run(
      'customer_reply',
      { jobId: job.id, entryId: anEntryId(), text: 'Is it ready?', ...overrides },
      { actor },
    );

  it('(E3) is visible and from the customer', () => {
    expect(put(reply(), 'entry')).toMatchObject({
      audience: 'visible',
      author: { kind: 'customer', customerId: anna.id },
    });
  });

  it('[V2] to a job of another customer, in an internal stage or nowhere gets one and the same answer', () => {
    const answers = [
      reply({ jobId: aJobId() }),
      reply({}, { kind: 'customer', customerId: aCustomerId() }),
    ];
    have({ kind: 'job', record: { ...job, stageId: estimate } });
    answers.push(reply());
    for (const answer of answers) {
      expectRefused(answer, 'job-missing');
      expect(answer).toEqual(answers[0]);
    }
  });

  it('[P5] is refused where the pipeline does not allow replies, and where it is empty', () => {
    expectRefused(reply({ text: ' ' }), 'nothing-to-post');
    have({ kind: 'pipeline', record: { ...pipeline, customerCanReply: false } });
    expectRefused(reply(), 'not-allowed');
  });
});

describe('customer_visit', () => {
  const visit = (seenVersion: number, actor: Actor = asAnna) =>
    run('customer_visit', { jobId: job.id, seenVersion }, { actor });

  it('(E2) moves forward and never back', () => {
    expect(put(visit(5), 'portal_visit')).toMatchObject({
      id: portalVisitId(anna.id, job.id),
      seenVersion: 5,
      seenAt: ARRIVED_AT,
    });
    expect(putsOf(visit(3))).toEqual([]);
    expect(put(visit(8), 'portal_visit')).toMatchObject({ seenVersion: 8 });
  });

  it('[V2] to a job the customer may not see is refused', () => {
    expectRefused(visit(5, { kind: 'customer', customerId: aCustomerId() }), 'job-missing');
  });
});

describe('customer_upload', () => {
  const file = () => ({
    attachmentId: anAttachmentId(),
    blobId: blobIdOf('a photo'),
    name: 'scratch.jpg',
    mediaType: 'image/jpeg',
    sizeBytes: 7,
  });
  const upload = (overrides: Record<string, unknown> = {}, actor: Actor = asAnna) =>
    run(
      'customer_upload',
      { jobId: job.id, entryId: anEntryId(), text: '', attachments: [file()], ...overrides },
      { actor },
    );
  beforeEach(() => {
    have({ kind: 'pipeline', record: { ...pipeline, customerCanUpload: true } });
  });

  it('(E4) is a visible file from the customer, or a message that has it', () => {
    const fromAnna = { audience: 'visible', author: { kind: 'customer', customerId: anna.id } };
    const alone = upload();
    expect(put(alone, 'entry')).toMatchObject({ kind: 'file', ...fromAnna });
    expect(put(alone, 'attachment')).toMatchObject({ name: 'scratch.jpg', ...fromAnna });
    expect(put(upload({ text: 'The other side' }), 'entry')).toMatchObject({
      kind: 'reply',
      text: 'The other side',
      ...fromAnna,
    });
  });

  it('[V2] to a job of another customer, in an internal stage or nowhere gets one and the same answer', () => {
    const answers = [
      upload({ jobId: aJobId() }),
      upload({}, { kind: 'customer', customerId: aCustomerId() }),
    ];
    have({ kind: 'job', record: { ...job, stageId: estimate } });
    answers.push(upload());
    for (const answer of answers) {
      expectRefused(answer, 'job-missing');
      expect(answer).toEqual(answers[0]);
    }
  });

  it('[P5] needs "Customer can upload", and with a text "Customer can reply" as well; its audience is not asked', () => {
    expectRefused(upload({ attachments: [] }), 'not-understood');
    expectRefused(upload({ attachments: [{ ...file(), audience: 'internal' }] }), 'not-understood');
    have({
      kind: 'pipeline',
      record: { ...pipeline, customerCanUpload: true, customerCanReply: false },
    });
    expectRefused(upload({ text: 'Hello' }), 'not-allowed');
    expect(put(upload(), 'entry')).toMatchObject({ kind: 'file' });
    have({ kind: 'pipeline', record: pipeline });
    expectRefused(upload(), 'not-allowed');
  });
});

describe('customer_save_form', () => {
  const claim = aFormField({ label: 'Claim number', type: 'text', customerCanEdit: true });
  const save = (
    changes: readonly { fieldId: string; from: unknown; to: unknown }[],
    actor: Actor = asAnna,
  ) => run('customer_save_form', { jobId: job.id, entryId: anEntryId(), changes }, { actor });
  const toClaim = (to: unknown, from: unknown = null) => save([{ fieldId: claim.id, from, to }]);
  beforeEach(() => {
    have({ kind: 'pipeline', record: { ...pipeline, fields: [mileage, claim] } });
  });

  it('(E5) logs a form save from the customer that both sides read, and changes the form', () => {
    const outcome = toClaim('C-17');
    expect(put(outcome, 'entry')).toMatchObject({
      kind: 'form_save',
      audience: 'visible',
      author: { kind: 'customer', customerId: anna.id },
      changes: [{ label: 'Claim number', from: null, to: 'C-17' }],
    });
    expect(put(outcome, 'job')).toMatchObject({ form: { [claim.id]: 'C-17' } });
    expect(putsOf(toClaim(null))).toEqual([]);
  });

  it('[V2] a field that is not for the customer and one that is nowhere get one and the same answer', () => {
    const toFive = (fieldId: string) => save([{ fieldId, from: null, to: 5 }]);
    expectRefused(toFive(mileage.id), 'field-missing');
    expect(toFive(mileage.id)).toEqual(toFive(aFormField().id));
  });

  it('[V2] a job in an internal stage is nowhere', () => {
    const nowhere = run(
      'customer_save_form',
      {
        jobId: aJobId(),
        entryId: anEntryId(),
        changes: [{ fieldId: claim.id, from: null, to: 'C-17' }],
      },
      { actor: asAnna },
    );
    have({ kind: 'job', record: { ...job, stageId: estimate } });
    expectRefused(toClaim('C-17'), 'job-missing');
    expect(toClaim('C-17')).toEqual(nowhere);
  });

  it('(H5) a field the office changed meanwhile to something else conflicts, to the same does not', () => {
    have({ kind: 'job', record: { ...job, form: { [claim.id]: 'C-18' } } });
    expect(toClaim('C-17')).toEqual({
      kind: 'conflicted',
      conflict: {
        kind: 'form',
        fields: [{ fieldId: claim.id, label: 'Claim number', stands: 'C-18' }],
      },
      puts: [],
    });
    expect(putsOf(toClaim('C-18'))).toEqual([]);
    expect(put(toClaim('C-17', 'C-18'), 'job')).toMatchObject({ form: { [claim.id]: 'C-17' } });
  });
});
