// Desks against the real server, whose customer replies can be taken back until a countdown is over. (C4)

import type { AxiosAdapter } from 'axios';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OutboxItem } from '../../../electron/core/api/outbox-contract.ts';
import type { Host } from '../../../electron/core/host.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Audience } from '../../../sync-server/protocol/values.ts';
import { anEntryId } from '../../support/builders.ts';
import { type FakeHost, fakeHost } from '../../support/fake-host.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { UNDO_SECONDS, UndoClock } from '../../support/undo-clock.ts';

const HOUR_MS = 3_600_000;

interface Office {
  readonly server: TestServer;
  readonly host: FakeHost;
  readonly clock: UndoClock;
  desk: TestDesk;
}

async function open(host: FakeHost): Promise<TestDesk> {
  const desk = await startTestDesk(host.dataFolder, host);
  onTestFinished(() => desk.core.close());
  return desk;
}

async function anOffice(overrides: Partial<Host> = {}): Promise<Office> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const clock = new UndoClock();
  const host = fakeHost(await tempDir(), { clock, undoSeconds: UNDO_SECONDS, ...overrides });
  const desk = await open(host);
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return { server, host, clock, desk };
}

interface Post {
  readonly audience?: Audience;
  readonly jobId?: TestServer['office']['job']['id'];
  readonly files?: readonly { blobId: BlobId; name: string; audience: Audience }[];
}

const post = async (
  { desk, server }: Pick<Office, 'desk' | 'server'>,
  text: string,
  { audience = 'visible', jobId = server.office.job.id, files = [] }: Post = {},
) =>
  desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience,
    text,
    files,
    seenVersion: (await desk.ask('jobs.one', { jobId }))?.seenVersion ?? 0,
  });

/** What the office has of a job, by its words. */
async function onServer({ server }: Office, jobId = server.office.job.id): Promise<string[]> {
  const entries = await server.data.storage.entriesOfJob(server.office.workspace.id, jobId);
  return entries.map(({ record }) => (record.kind === 'reply' ? record.text : record.kind));
}

/** The outbox once its items stand so: "Thursday is fine.: counting-down". */
const outbox = ({ desk }: Office, ...wanted: readonly string[]) =>
  desk.until('outbox', {}, (items) => {
    const stand = items.map(({ text, title, state }) => `${text || title}: ${state.kind}`);
    return stand.join() === wanted.join();
  });

const counting = async (office: Office, text: string): Promise<OutboxItem> => {
  const [item] = await outbox(office, `${text}: counting-down`);
  return item!;
};

async function addFile({ desk }: Office, name: string): Promise<BlobId> {
  const added = await desk.core.addFile(
    name,
    (async function* () {
      yield Buffer.from(`What ${name} says`);
    })(),
  );
  if (added.kind === 'refused') throw new Error(added.sentence);
  return added.blobId;
}

describe('[P8] (C4) a customer reply', () => {
  test('stays here until its countdown is over; what follows on its job waits, and no other job does', async () => {
    const office = await anOffice();
    const { hiddenJob } = office.server.office;
    await post(office, 'Thursday is fine.');
    await post(office, 'Ask Paul.', { audience: 'internal' });
    await post(office, 'Elsewhere.', { audience: 'internal', jobId: hiddenJob.id });
    const [reply] = await outbox(office, 'Thursday is fine.: counting-down', 'Ask Paul.: waiting');
    const leavesAt = reply?.state.kind === 'counting-down' ? Date.parse(reply.state.leavesAt) : 0;
    expect((leavesAt - office.clock.now()) / 1000).toBeCloseTo(UNDO_SECONDS, -1);
    expect(await onServer(office, hiddenJob.id)).toContain('Elsewhere.');
    expect(await onServer(office)).not.toContain('Thursday is fine.');
    office.clock.end();
    await outbox(office);
    expect((await onServer(office)).slice(-2)).toEqual(['Thursday is fine.', 'Ask Paul.']);
  });

  test('is not sent while it counts down, and asks what happened before it leaves (C5)', async () => {
    const office = await anOffice();
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    await post(office, 'Ask Paul.', { audience: 'internal' });
    const { sent } = office.host.wire;
    const pushes = () => sent.filter((line) => line === 'POST /api/sync/push').length;
    const [askedBefore, pushedBefore] = [sent.length, pushes()];
    expect(pushedBefore).toBe(0);
    office.clock.end();
    await outbox(office);
    const after = sent.slice(askedBefore).filter((line) => line.includes('/api/sync/'));
    expect(after[0]).toBe('GET /api/sync/pull');
    expect(pushes()).toBe(1);
  });

  test('that a colleague was quicker than is held, and nothing of it leaves [P6]', async () => {
    const office = await anOffice();
    const jonas = await open(fakeHost(await tempDir()));
    const { email } = office.server.office.jonas;
    await jonas.signIn(office.server.url, { email, password: TEST_PASSWORD });
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    await post({ desk: jonas, server: office.server }, 'Friday is better.');
    await outbox(office, 'Thursday is fine.: held');
    office.clock.end();
    const [held] = await outbox(office, 'Thursday is fine.: held');
    await office.desk.request('outbox.retry', { mutationId: held!.mutationId });
    await counting(office, 'Thursday is fine.');
    expect(await onServer(office)).not.toContain('Thursday is fine.');
    office.clock.end();
    await outbox(office);
    expect((await onServer(office)).slice(-2)).toEqual(['Friday is better.', 'Thursday is fine.']);
  });

  test('begins to count when it could be sent: not without a network, and anew when that was gone', async () => {
    const office = await anOffice();
    const { desk, host, clock } = office;
    host.wire.cut();
    await desk.until('sync', {}, ({ kind }) => kind === 'offline');
    await post(office, 'Thursday is fine.');
    await outbox(office, 'Thursday is fine.: waiting');
    expect(clock.running).toBe(0);
    host.wire.restore();
    await counting(office, 'Thursday is fine.');
    host.wire.cut();
    await outbox(office, 'Thursday is fine.: waiting');
    expect(clock.running).toBe(0);
    host.wire.restore();
    await counting(office, 'Thursday is fine.');
    clock.end();
    await outbox(office);
    expect((await onServer(office)).filter((text) => text === 'Thursday is fine.')).toHaveLength(1);
  });

  test('whose network went unnoticed, and with it the moment it would have left, counts anew', async () => {
    const office = await anOffice();
    const { host, clock } = office;
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    host.wire.cut('/api/sync');
    clock.end();
    await outbox(office, 'Thursday is fine.: waiting');
    host.wire.restore();
    await counting(office, 'Thursday is fine.');
    expect(await onServer(office)).not.toContain('Thursday is fine.');
  });

  test('begins to count when its files are there [B2]', async () => {
    const office = await anOffice();
    const { host, clock } = office;
    const blobId = await addFile(office, 'estimate.txt');
    host.wire.cut('/api/uploads');
    await post(office, 'See attached.', {
      files: [{ blobId, name: 'estimate.txt', audience: 'visible' }],
    });
    await outbox(office, 'See attached.: waiting');
    expect(clock.running).toBe(0);
    host.wire.restore();
    await counting(office, 'See attached.');
  });

  test('is what a customer will read: a note with a file for them as well, a note and a stage not', async () => {
    const office = await anOffice();
    const { job, pipeline } = office.server.office;
    const blobId = await addFile(office, 'estimate.txt');
    await post(office, 'Ask Paul.', { audience: 'internal' });
    await office.desk.request('jobs.change-stage', {
      jobId: job.id,
      toStageId: pipeline.stages[2]!.id,
    });
    await outbox(office);
    expect(office.clock.running).toBe(0);
    await post(office, 'For Anna, the file alone.', {
      audience: 'internal',
      files: [{ blobId, name: 'estimate.txt', audience: 'visible' }],
    });
    await counting(office, 'For Anna, the file alone.');
  });

  test('of which nobody knows whether it arrived is asked for at once [P1]', async () => {
    const office = await anOffice();
    const { host, clock } = office;
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    host.wire.loseAnswerTo('/api/sync/push');
    clock.end();
    await outbox(office);
    expect(clock.running).toBe(0);
    expect((await onServer(office)).filter((text) => text === 'Thursday is fine.')).toHaveLength(1);
  });

  test('counts anew after a restart [F1]', async () => {
    const office = await anOffice();
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    await office.desk.core.close();
    expect(office.clock.running).toBe(0);
    office.desk = await open(office.host);
    await counting(office, 'Thursday is fine.');
    expect(await onServer(office)).not.toContain('Thursday is fine.');
    office.clock.end();
    await outbox(office);
  });

  test('that a person has looked at after a spell away counts down as well [P7]', async () => {
    const office = await anOffice();
    const { desk, host, clock } = office;
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    host.wire.cut();
    await outbox(office, 'Thursday is fine.: waiting');
    clock.skip(9 * HOUR_MS);
    host.wire.restore();
    const [item] = await outbox(office, 'Thursday is fine.: waits-for-look');
    expect(clock.running).toBe(0);
    await desk.request('outbox.send-to-customers', { mutationIds: [item!.mutationId] });
    await counting(office, 'Thursday is fine.');
  });

  test('that counts down keeps no device from being up to date (H7)', async () => {
    const office = await anOffice();
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    await office.desk.until(
      'sync',
      {},
      ({ kind, waiting }) => kind === 'up-to-date' && waiting === 1,
    );
  });

  test('leaves at once after Send now', async () => {
    const office = await anOffice();
    await post(office, 'Thursday is fine.');
    const { mutationId } = await counting(office, 'Thursday is fine.');
    await office.desk.request('outbox.send-now', { mutationIds: [mutationId] });
    await outbox(office);
    expect(await onServer(office)).toContain('Thursday is fine.');
  });
});

describe('[P8] (C4) Undo', () => {
  test('gives back text, audience and files, and the server never hears of it', async () => {
    const office = await anOffice();
    const { desk, clock } = office;
    const blobId = await addFile(office, 'estimate.txt');
    const file = { blobId, name: 'estimate.txt', audience: 'visible' } as const;
    await post(office, 'Thursday is fine.', { files: [file] });
    await post(office, 'Ask Paul.', { audience: 'internal' });
    const [reply] = await outbox(office, 'Thursday is fine.: counting-down', 'Ask Paul.: waiting');
    const { mutationId } = reply!;
    const taken = await desk.request('outbox.take-back', { mutationId });
    expect(taken).toMatchObject({
      audience: 'visible',
      text: 'Thursday is fine.',
      files: [{ ...file, sizeBytes: 22 }],
    });
    await outbox(office);
    clock.end();
    expect((await onServer(office)).slice(-1)).toEqual(['Ask Paul.']);
  });

  test('a note made of it leaves at once', async () => {
    const office = await anOffice();
    await post(office, 'Thursday is fine.');
    const { mutationId } = await counting(office, 'Thursday is fine.');
    await office.desk.request('outbox.make-internal', { mutationId });
    await outbox(office);
    expect(await onServer(office)).toContain('Thursday is fine.');
  });

  test.each([
    ['as it ends', null, true],
    ['while what happened meanwhile is asked for', '/api/sync/pull', true],
    ['while it leaves', '/api/sync/push', false],
  ] as const)('%s: either the server gets it or its author, never both', async (_, at, isTaken) => {
    let atNext: (() => void) | null = null;
    const network: AxiosAdapter = async (config) => {
      if (at !== null && config.url?.startsWith(at) === true) atNext?.();
      return host.wire.adapter(config);
    };
    const host = fakeHost('');
    const office = await anOffice({ network });
    const { desk, clock } = office;
    await post(office, 'Thursday is fine.');
    const { mutationId } = await counting(office, 'Thursday is fine.');
    const { promise, resolve } = Promise.withResolvers<string>();
    const takeBack = () => {
      atNext = null;
      void desk.request('outbox.take-back', { mutationId }).then(
        ({ text }) => resolve(text),
        (error: unknown) => resolve(String(error)),
      );
    };
    if (at === null) takeBack();
    else atNext = takeBack;
    clock.end();
    const answer = await promise;
    await outbox(office);
    expect(answer).toMatch(isTaken ? 'Thursday is fine.' : /This may be with the server already/);
    const arrived = (await onServer(office)).filter((text) => text === 'Thursday is fine.');
    expect(arrived).toHaveLength(isTaken ? 0 : 1);
  });
});

describe('[P8] (C4) the time it takes', () => {
  test('is the host’s until a member says otherwise, and theirs after a restart', async () => {
    const office = await anOffice();
    const time = () => office.desk.ask('outbox.undo-time', {});
    expect(await time()).toEqual({ seconds: UNDO_SECONDS });
    await office.desk.request('outbox.set-undo-time', { seconds: 25 });
    await office.desk.core.close();
    office.desk = await open(office.host);
    expect(await time()).toEqual({ seconds: 25 });
    await office.desk.request('session.sign-out', {});
    const { jonas } = office.server.office;
    await office.desk.signIn(office.server.url, { email: jonas.email, password: TEST_PASSWORD });
    expect(await time()).toEqual({ seconds: UNDO_SECONDS });
  });

  test('is ten seconds where the host has no idea of its own', async () => {
    const host = fakeHost(await tempDir());
    const { undoSeconds: _none, ...plain } = host;
    const desk = await open(plain);
    const server = await startTestServer();
    onTestFinished(() => server.stop());
    await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
    expect(await desk.ask('outbox.undo-time', {})).toEqual({ seconds: 10 });
  });

  test('of none sends at once, what counts down too', async () => {
    const office = await anOffice();
    await post(office, 'Thursday is fine.');
    await counting(office, 'Thursday is fine.');
    await office.desk.request('outbox.set-undo-time', { seconds: 0 });
    await outbox(office);
    await post(office, 'Friday is fine, too.');
    await outbox(office);
    expect((await onServer(office)).slice(-1)).toEqual(['Friday is fine, too.']);
  });

  test.each([-1, 61, 1.5])('is no %f seconds', async (seconds) => {
    const { desk } = await anOffice();
    await expect(desk.request('outbox.set-undo-time', { seconds })).rejects.toThrow();
  });
});
