import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { readMeta } from '../../../../electron/core/mirror/meta.ts';
import { lookGate, wantedLook } from '../../../../electron/core/outbox/look.ts';
import {
  allMutations,
  deleteMutation,
  insertMutation,
  markSent,
  recordOutcome,
  reviveMutation,
} from '../../../../electron/core/outbox/outbox.ts';
import { comeIntoStep, isLongAway, stayInStep } from '../../../../electron/core/sync/in-step.ts';
import type { MemberMutationName } from '../../../../sync-server/protocol/mutations.ts';
import { aJobId, aMutationId, anEntryId, aPipelineId } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const IN_STEP = '2026-11-26T16:00:00.000Z';
/** So many hours after the device was last in step. */
const after = (hours: number) => new Date(Date.parse(IN_STEP) + hours * 3_600_000).toISOString();

async function aMirror(): Promise<Mirror> {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  comeBack(mirror, IN_STEP);
  return mirror;
}

const comeBack = (mirror: Mirror, now: string) =>
  mirror.transact((writable) => comeIntoStep(writable, now));

function write(
  mirror: Mirror,
  writtenAt: string,
  args: object = { audience: 'visible', attachments: [] },
  name: MemberMutationName = 'post_entry',
) {
  const id = aMutationId();
  const { jobId = null } = args as { jobId?: ReturnType<typeof aJobId> };
  const mutation = { id, name, args, writtenAt, jobId, dependsOn: [], blobIds: [] };
  mirror.transact((writable) => insertMutation(writable, mutation));
  return id;
}

const waiting = (mirror: Mirror) => wantedLook(mirror)?.mutationIds ?? [];

test('[P7] after more than eight hours away what customers would see waits for a look, and what is internal does not', async () => {
  const mirror = await aMirror();
  const reply = write(mirror, after(1));
  write(mirror, after(1), { audience: 'internal', attachments: [] });
  const noteWithFile = write(mirror, after(1), {
    audience: 'internal',
    attachments: [{ audience: 'visible' }],
  });
  const file = write(mirror, after(1), { audience: 'visible' }, 'change_file_audience');
  write(mirror, after(1), { audience: 'internal' }, 'change_file_audience');
  const mail = write(mirror, after(1), {}, 'mail_portal_link');
  comeBack(mirror, after(8.1));
  expect(waiting(mirror)).toEqual([reply, noteWithFile, file, mail]);
  expect(wantedLook(mirror)?.away).toEqual({ from: IN_STEP, until: after(8.1) });
});

test('[P7] a shorter spell asks for none', async () => {
  const mirror = await aMirror();
  write(mirror, after(1));
  comeBack(mirror, after(7.9));
  expect(wantedLook(mirror)).toBeNull();
});

test('[P7] what is written after the device came back is not looked at, however long the look takes', async () => {
  const mirror = await aMirror();
  const before = write(mirror, after(1));
  comeBack(mirror, after(20));
  write(mirror, after(20.1));
  comeBack(mirror, after(20.2));
  expect(waiting(mirror)).toEqual([before]);
});

test('[P7] what begins anew under another id goes on waiting, and what is gone leaves nothing behind', async () => {
  const mirror = await aMirror();
  const reply = write(mirror, after(1));
  comeBack(mirror, after(20));
  const revived = { id: aMutationId(), args: { audience: 'visible', attachments: [] } };
  mirror.transact((writable) => reviveMutation(writable, reply, revived));
  expect(waiting(mirror)).toEqual([revived.id]);
  mirror.transact((writable) => deleteMutation(writable, revived.id));
  expect(wantedLook(mirror)).toBeNull();
  comeBack(mirror, after(20.1));
  expect(readMeta(mirror, 'look')).toBeUndefined();
});

test('[P7] a second long spell adds what was written in it', async () => {
  const mirror = await aMirror();
  const first = write(mirror, after(1));
  comeBack(mirror, after(20));
  const second = write(mirror, after(21));
  comeBack(mirror, after(40));
  expect(waiting(mirror)).toEqual([first, second]);
});

test('[P1] [P7] what may have arrived leaves: asking again is how its answer is found', async () => {
  const mirror = await aMirror();
  const sent = write(mirror, after(0));
  mirror.transact((writable) => markSent(writable, [sent], true));
  comeBack(mirror, after(20));
  expect(wantedLook(mirror)).toBeNull();
});

test('[P7] what is parked asks for its own decision, and for no look beside it', async () => {
  const mirror = await aMirror();
  const refusal = { code: 'job-missing', sentence: 'The job is gone.' } as const;
  const parked = write(mirror, after(1));
  mirror.transact((writable) => recordOutcome(writable, parked, { kind: 'refused', refusal }));
  comeBack(mirror, after(20));
  expect(wantedLook(mirror)).toBeNull();
});

test('[P7] a clock that was set back does not hide a spell in which something was written', async () => {
  const mirror = await aMirror();
  const written = [write(mirror, after(1)), write(mirror, after(12))];
  comeBack(mirror, after(2));
  expect(waiting(mirror)).toEqual(written);
});

test('[P7] a clock that was far ahead when the device was last in step hides none either', async () => {
  const mirror = await aMirror();
  comeBack(mirror, after(3 * 365 * 24));
  write(mirror, after(30));
  comeBack(mirror, after(31));
  expect(wantedLook(mirror)?.mutationIds).toHaveLength(1);
});

test.each([
  ['ahead', 3 * 365 * 24],
  ['back', -3 * 365 * 24],
])(
  '[P7] a clock that is set far %s asks once, and for nothing that is written later',
  async (_, hours) => {
    const mirror = await aMirror();
    write(mirror, after(hours));
    comeBack(mirror, after(hours));
    expect(wantedLook(mirror)?.mutationIds).toHaveLength(1);
    mirror.transact((writable) => writable.run('DELETE FROM outbox'));
    write(mirror, after(hours));
    comeBack(mirror, after(hours + 0.1));
    expect(wantedLook(mirror)).toBeNull();
    expect(isLongAway(mirror, after(hours + 0.2))).toBe(false);
  },
);

test('[P7] what was written by a clock far ahead, and is still on its way, asks no second time', async () => {
  const mirror = await aMirror();
  const ahead = write(mirror, after(5000));
  comeBack(mirror, after(1));
  expect(waiting(mirror)).toEqual([ahead]);
  mirror.transact((writable) => writable.run(`DELETE FROM meta WHERE key = 'look'`));
  comeBack(mirror, after(1.1));
  expect(wantedLook(mirror)).toBeNull();
});

test('[P7] a line on which nothing but the server itself is heard keeps a device in step', async () => {
  const mirror = await aMirror();
  for (let hours = 1; hours <= 14; hours += 1)
    mirror.transact((writable) => stayInStep(writable, after(hours)));
  expect(isLongAway(mirror, after(14.5))).toBe(false);
  write(mirror, after(14.5));
  comeBack(mirror, after(15));
  expect(wantedLook(mirror)).toBeNull();
});

test('[P7] a first sync that takes long was never away', async () => {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  write(mirror, after(19.9));
  mirror.transact((writable) => stayInStep(writable, after(19.9)));
  comeBack(mirror, after(20));
  expect(wantedLook(mirror)).toBeNull();
});

test('[P7] [P2] a job in a pipeline whose change waits for a look waits behind it', async () => {
  const mirror = await aMirror();
  const [pipelineId, elsewhere] = [aPipelineId(), aPipelineId()];
  const changes = [{ field: 'stages' }];
  const made = (id: string) => ({ jobId: aJobId(), entryId: anEntryId(), pipelineId: id });
  write(mirror, after(1), made(pipelineId), 'create_job');
  const change = write(mirror, after(1), { pipelineId, changes }, 'update_pipeline');
  const job = write(mirror, after(1), made(pipelineId), 'create_job');
  write(mirror, after(1), made(elsewhere), 'create_job');
  comeBack(mirror, after(20));
  expect(waiting(mirror)).toEqual([change]);
  const kept = allMutations(mirror).filter(lookGate(mirror));
  expect(kept.map(({ id }) => id)).toEqual([change, job]);
});
