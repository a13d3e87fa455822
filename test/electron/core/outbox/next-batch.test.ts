import { describe, expect, test } from 'vitest';
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

const none = { isUploaded: () => false, waitsForLook: () => false, countsDown: () => false };
const uploaded = { ...none, isUploaded: () => true };

const leaving = (...of: Parameters<typeof nextBatch>) => nextBatch(...of).leaving;

test('[P2] leaves in the order it was made', () => {
  const outbox = [waiting(), waiting(), waiting()];
  expect(leaving(outbox, none)).toEqual(outbox);
});

test('[B2] a reply whose bytes are on their way waits, and so does what follows on its job, but no other job', () => {
  const jobId = aJobId();
  const withFile = waiting({ jobId, blobIds: [blobIdOf('photo')] });
  const after = waiting({ jobId });
  const elsewhere = waiting();
  expect(leaving([withFile, after, elsewhere], none)).toEqual([elsewhere]);
  expect(leaving([withFile, after, elsewhere], uploaded)).toEqual([withFile, after, elsewhere]);
});

test('[P1] [L3] what may have arrived is asked again also where the server refused what it depends on', () => {
  const parked = waiting({ jobId: null, name: 'create_canned_reply', state: 'parked' });
  const of = { jobId: null, name: 'delete_canned_reply', dependsOn: [parked.id] } as const;
  const asked = waiting({ ...of, mayHaveArrived: true });
  expect(leaving([parked, asked, waiting(of)], none)).toEqual([asked]);
});

test('[P2] a parked mutation blocks only what depends on it, not the rest of its job', () => {
  const jobId = aJobId();
  const parked = waiting({ jobId, state: 'parked' });
  const dependent = waiting({ dependsOn: [parked.id] });
  const sameJob = waiting({ jobId });
  expect(leaving([parked, dependent, sameJob], none)).toEqual([sameJob]);
});

test('[P2] dependence goes through: what depends on a held one is held as well', () => {
  const customer = waiting({ jobId: null, name: 'create_customer', state: 'parked' });
  const job = waiting({ name: 'create_job', dependsOn: [customer.id] });
  const note = waiting({ dependsOn: [job.id] });
  expect(leaving([customer, job, note], none)).toEqual([]);
});

test('[P7] what waits for a look holds back the rest of its job and what depends on it, and no other job', () => {
  const jobId = aJobId();
  const reply = waiting({ jobId });
  const note = waiting({ jobId });
  const dependent = waiting({ dependsOn: [reply.id] });
  const elsewhere = waiting();
  const gates = { ...none, waitsForLook: ({ id }: OutboxMutation) => id === reply.id };
  expect(leaving([reply, note, dependent, elsewhere], gates)).toEqual([elsewhere]);
});

describe('[P8] what counts down', () => {
  const counts = (...some: readonly OutboxMutation[]) => ({
    ...uploaded,
    countsDown: ({ id }: OutboxMutation) => some.some((each) => each.id === id),
  });

  test('holds back the rest of its job and what depends on it, and no other job', () => {
    const jobId = aJobId();
    const reply = waiting({ jobId });
    const note = waiting({ jobId });
    const dependent = waiting({ dependsOn: [reply.id] });
    const elsewhere = waiting();
    expect(nextBatch([reply, note, dependent, elsewhere], counts(reply))).toEqual({
      leaving: [elsewhere],
      counting: [reply],
      isEverything: true,
    });
  });

  test('is only what nothing else keeps here: no bytes, no look, nothing of its job, nothing parked', () => {
    const jobId = aJobId();
    const [first, second] = [waiting({ jobId }), waiting({ jobId })];
    const withFile = waiting({ blobIds: [blobIdOf('photo')] });
    const seenLater = waiting();
    const parked = waiting({ state: 'parked' });
    const all = [first, second, withFile, seenLater, parked];
    const gates = {
      ...counts(...all),
      isUploaded: () => false,
      waitsForLook: ({ id }: OutboxMutation) => id === seenLater.id,
    };
    expect(nextBatch(all, gates)).toMatchObject({ leaving: [], counting: [first] });
  });

  test('behind a full batch is not everything, so nobody takes what is missing for gone', () => {
    const many = Array.from({ length: 201 }, () => waiting());
    expect(nextBatch(many, none)).toMatchObject({ counting: [], isEverything: false });
    expect(nextBatch(many.slice(1), none)).toMatchObject({ isEverything: true });
  });
});

test('what is accepted already is not sent again', () => {
  expect(leaving([waiting({ state: 'accepted', acceptedVersion: 7 })], none)).toEqual([]);
});

test('[S2] carries at most 200 mutations and 256 KB, and always at least one', () => {
  const many = Array.from({ length: 250 }, () => waiting());
  expect(leaving(many, none)).toHaveLength(200);
  const large = Array.from({ length: 20 }, () => waiting({ args: { text: 'ä'.repeat(20_000) } }));
  expect(leaving(large, none)).toHaveLength(6);
});
