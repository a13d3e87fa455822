import { expect, test } from 'vitest';
import { nextBatch } from '../../../../electron/core/outbox/next-batch.ts';
import type { OutboxMutation } from '../../../../electron/core/outbox/outbox.ts';
import { aJobId, aMutationId, blobIdOf } from '../../../support/builders.ts';

let seq = 0;

function waiting(overrides: Partial<OutboxMutation> = {}): OutboxMutation {
  seq += 1;
  return {
    seq,
    id: aMutationId(),
    name: 'post_entry',
    args: { text: 'A note' },
    writtenAt: '2026-11-02T09:00:00.000Z',
    jobId: aJobId(),
    dependsOn: [],
    blobIds: [],
    state: 'pending',
    acceptedVersion: null,
    mayHaveArrived: false,
    outcome: null,
    ...overrides,
  };
}

const none = { isUploaded: () => false, waitsForLook: () => false };
const uploaded = { ...none, isUploaded: () => true };

test('[P2] leaves in the order it was made', () => {
  const outbox = [waiting(), waiting(), waiting()];
  expect(nextBatch(outbox, none)).toEqual(outbox);
});

test('[B2] a reply whose bytes are on their way waits, and so does what follows on its job, but no other job', () => {
  const jobId = aJobId();
  const withFile = waiting({ jobId, blobIds: [blobIdOf('photo')] });
  const after = waiting({ jobId });
  const elsewhere = waiting();
  expect(nextBatch([withFile, after, elsewhere], none)).toEqual([elsewhere]);
  expect(nextBatch([withFile, after, elsewhere], uploaded)).toEqual([withFile, after, elsewhere]);
});

test('[P2] a parked mutation blocks only what depends on it, not the rest of its job', () => {
  const jobId = aJobId();
  const parked = waiting({ jobId, state: 'parked' });
  const dependent = waiting({ dependsOn: [parked.id] });
  const sameJob = waiting({ jobId });
  expect(nextBatch([parked, dependent, sameJob], none)).toEqual([sameJob]);
});

test('[P2] dependence goes through: what depends on a held one is held as well', () => {
  const customer = waiting({ jobId: null, name: 'create_customer', state: 'parked' });
  const job = waiting({ name: 'create_job', dependsOn: [customer.id] });
  const note = waiting({ dependsOn: [job.id] });
  expect(nextBatch([customer, job, note], none)).toEqual([]);
});

test('[P7] what waits for a look holds back the rest of its job and what depends on it, and no other job', () => {
  const jobId = aJobId();
  const reply = waiting({ jobId });
  const note = waiting({ jobId });
  const dependent = waiting({ dependsOn: [reply.id] });
  const elsewhere = waiting();
  const gates = { ...none, waitsForLook: ({ id }: OutboxMutation) => id === reply.id };
  expect(nextBatch([reply, note, dependent, elsewhere], gates)).toEqual([elsewhere]);
});

test('what is accepted already is not sent again', () => {
  expect(nextBatch([waiting({ state: 'accepted', acceptedVersion: 7 })], none)).toEqual([]);
});

test('[S2] carries at most 200 mutations and 256 KB, and always at least one', () => {
  const many = Array.from({ length: 250 }, () => waiting());
  expect(nextBatch(many, none)).toHaveLength(200);
  const large = Array.from({ length: 20 }, () => waiting({ args: { text: 'ä'.repeat(20_000) } }));
  expect(nextBatch(large, none)).toHaveLength(6);
});
