import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { writeMeta } from '../../../../electron/core/mirror/meta.ts';
import { findRecord, findRow, putRecord } from '../../../../electron/core/mirror/records.ts';
import { accept } from '../../../../electron/core/outbox/accept.ts';
import { allMutations, markSent, recordOutcome } from '../../../../electron/core/outbox/outbox.ts';
import { rebase } from '../../../../electron/core/outbox/rebase.ts';
import type { Actor } from '../../../../sync-server/protocol/mutator.ts';
import type {
  MemberMutationName,
  MutationArgs,
} from '../../../../sync-server/protocol/mutations.ts';
import {
  aCustomer,
  aJob,
  aMember,
  aMutationId,
  anEntry,
  anEntryId,
  aPipeline,
  BUILT_AT,
} from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const member = aMember();
const customer = aCustomer();
const pipeline = aPipeline();
const [booked, estimate, ready] = pipeline.stages.map(({ id }) => id) as [never, never, never];
const job = aJob({ customerId: customer.id, pipelineId: pipeline.id, stageId: booked });
const actor: Actor = { kind: 'member', memberId: member.id, role: 'member' };

async function aMirror(): Promise<Mirror> {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  mirror.transact((writable) => {
    putRecord(writable, 'member', member, { version: 1, position: 1, generation: 1 });
    putRecord(writable, 'customer', customer, { version: 2, position: 2, generation: 1 });
    putRecord(writable, 'pipeline', pipeline, { version: 3, position: 3, generation: 1 });
    putRecord(writable, 'job', job, { version: 4, position: 4, generation: 1 });
  });
  return mirror;
}

function act<N extends MemberMutationName>(mirror: Mirror, name: N, args: MutationArgs<N>) {
  const id = aMutationId();
  mirror.transact((writable) => accept(writable, actor, { id, name, args, writtenAt: BUILT_AT }));
  return id;
}

function note(mirror: Mirror, text: string) {
  const entryId = anEntryId();
  const args = {
    jobId: job.id,
    entryId,
    audience: 'internal',
    text,
    attachments: [],
    seenVersion: 0,
  } as const;
  act(mirror, 'post_entry', { ...args, attachments: [] });
  return entryId;
}

const tables = ['member', 'customer', 'pipeline', 'job', 'entry', 'attachment', 'read_mark'];
const dump = (mirror: Mirror) =>
  tables.map((table) => mirror.all(`SELECT id, version, position, data FROM ${table} ORDER BY id`));

describe('[R1] the tables show server truth plus what is pending', () => {
  test('undoing everything pending gives back server truth to the byte', async () => {
    const mirror = await aMirror();
    const truth = dump(mirror);
    note(mirror, 'One');
    act(mirror, 'change_stage', {
      jobId: job.id,
      entryId: anEntryId(),
      fromStageId: booked,
      toStageId: ready,
    });
    note(mirror, 'Two');
    expect(dump(mirror)).not.toEqual(truth);
    let undone: unknown;
    mirror.transact((writable) => rebase(writable, actor, () => void (undone = dump(mirror))));
    expect(undone).toEqual(truth);
  });

  test('a rebase over nothing new leaves the screen as it was', async () => {
    const mirror = await aMirror();
    note(mirror, 'One');
    note(mirror, 'Two');
    const before = dump(mirror);
    mirror.transact((writable) => rebase(writable, actor, () => undefined));
    expect(dump(mirror)).toEqual(before);
  });

  test('what a colleague did arrives underneath what waits here', async () => {
    const mirror = await aMirror();
    const entryId = note(mirror, 'Mine');
    const retitled = { ...job, title: 'Front wing and bonnet' };
    mirror.transact((writable) =>
      rebase(writable, actor, () =>
        putRecord(writable, 'job', retitled, { version: 9, position: 4, generation: 1 }),
      ),
    );
    expect(findRecord(mirror, 'job', job.id)?.title).toBe('Front wing and bonnet');
    expect(findRow(mirror, 'job', job.id)?.stamp.version).toBeNull();
    expect(findRecord(mirror, 'entry', entryId)).toMatchObject({ text: 'Mine' });
  });

  test('what is parked has no effect on the tables any more, and keeps its words', async () => {
    const mirror = await aMirror();
    const entryId = note(mirror, 'Refused by the server');
    const [mutation] = allMutations(mirror);
    mirror.transact((writable) =>
      rebase(writable, actor, () =>
        recordOutcome(writable, mutation?.id ?? '', {
          kind: 'refused',
          refusal: { code: 'job-missing', sentence: 'This job is no longer there.' },
        }),
      ),
    );
    expect(findRecord(mirror, 'entry', entryId)).toBeUndefined();
    expect(allMutations(mirror)[0]?.args).toMatchObject({ text: 'Refused by the server' });
  });
});

test('[R2] a mutation that cannot be replayed stays in line for the server to decide', async () => {
  const mirror = await aMirror();
  act(mirror, 'change_stage', {
    jobId: job.id,
    entryId: anEntryId(),
    fromStageId: booked,
    toStageId: ready,
  });
  const moved = { ...job, stageId: estimate };
  mirror.transact((writable) =>
    rebase(writable, actor, () =>
      putRecord(writable, 'job', moved, { version: 9, position: 4, generation: 1 }),
    ),
  );
  expect(findRecord(mirror, 'job', job.id)?.stageId).toBe(estimate);
  expect(allMutations(mirror)).toMatchObject([{ name: 'change_stage', state: 'pending' }]);
});

test.each([
  ['[P6] a reply that never left is held as soon as its job has moved on', 'kept', 'parked'],
  ['[P1] a reply that may be with the server stays in line, whatever comes in', 'sent', 'pending'],
  ['[L3] a copy that is half here holds nothing: our own entry may follow', 'refilling', 'pending'],
  ['[P3] nor does a catch-up between two of its pages', 'catching-up', 'pending'],
] as const)('%s', async (_promise, situation, state) => {
  const mirror = await aMirror();
  const seen = { jobId: job.id, attachments: [], seenVersion: 4 };
  const entryId = anEntryId();
  const id = act(mirror, 'post_entry', { ...seen, entryId, audience: 'visible', text: 'Ready.' });
  const message = anEntry({
    jobId: job.id,
    audience: 'visible',
    author: { kind: 'customer', customerId: customer.id },
  });
  mirror.transact((writable) => {
    markSent(writable, [id], situation === 'sent');
    if (situation === 'refilling' || situation === 'catching-up')
      writeMeta(writable, situation, 'yes');
    rebase(writable, actor, () =>
      putRecord(writable, 'entry', message, { version: 9, position: 9, generation: 1 }),
    );
  });
  expect(allMutations(mirror)).toMatchObject([{ id, state }]);
});

test('[P4] what cannot be done even here is refused at once and nothing of it is kept', async () => {
  const mirror = await aMirror();
  const before = dump(mirror);
  expect(() => note(mirror, '   ')).toThrow('There is nothing to post');
  expect(dump(mirror)).toEqual(before);
  expect(allMutations(mirror)).toEqual([]);
});

test('[F3] what was accepted is there after the file is opened again', async () => {
  const folder = await tempDir();
  const file = join(folder, 'docket.sqlite');
  const first = openMirror(file);
  first.transact((writable) => {
    putRecord(writable, 'member', member, { version: 1, position: 1, generation: 1 });
    putRecord(writable, 'job', job, { version: 4, position: 4, generation: 1 });
  });
  const entryId = note(first, 'Before the crash');
  // Not closed: what a killed process leaves behind.
  const second = openMirror(file);
  expect(findRecord(second, 'entry', entryId)).toMatchObject({ text: 'Before the crash' });
  expect(allMutations(second)).toHaveLength(1);
  first.close();
  second.close();
});
