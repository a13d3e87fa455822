// Whole desks against the real server: what a person does offline, and what others read afterwards.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Feed, FeedFilters } from '../../../electron/core/api/jobs-contract.ts';
import { hashToken } from '../../../sync-server/auth/tokens.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';
import { aMutationId, anEntryId } from '../../support/builders.ts';
import { fakeHost, memorySecrets } from '../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

const noFilters: FeedFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas'): Promise<TestDesk> {
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, signInOf(server, who));
  return desk;
}

const signInOf = (server: TestServer, who: 'mara' | 'jonas') => ({
  email: server.office[who].email,
  password: TEST_PASSWORD,
});

const feedArgs = (server: TestServer) => ({
  jobId: server.office.job.id,
  filters: noFilters,
  limit: 100,
});

async function post(
  desk: TestDesk,
  server: TestServer,
  text: string,
  audience: 'internal' | 'visible' = 'internal',
) {
  return desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience,
    text,
    files: [],
    seenVersion: 0,
  });
}

/** The texts of a job's feed once nothing of it waits. */
async function settledTexts(desk: TestDesk, server: TestServer, count: number): Promise<string[]> {
  const feed = await desk.until('activity.feed', feedArgs(server), ({ items }) => {
    const texts = items.filter(({ entry }) => entry.kind === 'reply');
    return texts.length >= count && items.every(({ state }) => state === 'confirmed');
  });
  return feed.items.flatMap(({ entry }) => (entry.kind === 'reply' ? [entry.text] : []));
}

describe('(H1) offline', () => {
  test('what is written without a network is on the screen at once, marked as waiting', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    mara.host.wire.cut();
    await post(mara, server, 'Supplier ETA: Friday');
    const feed = await mara.ask('activity.feed', feedArgs(server));
    expect(feed.items.at(-1)).toMatchObject({
      state: 'waiting',
      mine: true,
      entry: { text: 'Supplier ETA: Friday' },
    });
    expect(await mara.until('sync', {}, ({ kind }) => kind === 'offline')).toMatchObject({
      waiting: 1,
      parked: 0,
    });
  });

  test('[F1] a core that is killed with two items waiting goes on with both, each once', async () => {
    const server = await aServer();
    const folder = await tempDir();
    const host = fakeHost(folder, { secrets: memorySecrets() });
    const killed = await startTestDesk(folder, host);
    onTestFinished(() => killed.core.close());
    await killed.signIn(server.url, signInOf(server, 'mara'));
    host.wire.cut();
    await post(killed, server, 'A note');
    await post(killed, server, 'A reply', 'visible');
    // The first core stays cut off and open: it is as good as dead, and its file is as a crash leaves it.
    const started = await startTestDesk(folder, fakeHost(folder, { secrets: host.secrets }));
    onTestFinished(() => started.core.close());
    expect(await settledTexts(started, server, 2)).toEqual(['A note', 'A reply']);
    const jonas = await aDesk(server, 'jonas');
    expect(await settledTexts(jonas, server, 2)).toEqual(['A note', 'A reply']);
  });

  test('[F4] back on the network everything goes out by itself', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    mara.host.wire.cut();
    await post(mara, server, 'One');
    await post(mara, server, 'Two');
    await mara.until('sync', {}, ({ kind }) => kind === 'offline');
    mara.host.wire.restore();
    expect(await settledTexts(jonas, server, 2)).toEqual(['One', 'Two']);
    await mara.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    expect(await mara.ask('outbox', {})).toEqual([]);
  });
});

describe('[P1] exactly once', () => {
  test('an answer that is lost on its way back leads to a replay the server absorbs', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    mara.host.wire.loseAnswerTo('/api/sync/push');
    await post(mara, server, 'Only once');
    expect(await settledTexts(mara, server, 1)).toEqual(['Only once']);
    expect(
      mara.host.wire.sent.filter((line) => line === 'POST /api/sync/push').length,
    ).toBeGreaterThanOrEqual(2);
    const jonas = await aDesk(server, 'jonas');
    expect(await settledTexts(jonas, server, 1)).toEqual(['Only once']);
  });
});

describe('(H8) live', () => {
  test('[L4] what a colleague writes appears without asking', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    await post(mara, server, 'Hello Jonas');
    expect(await settledTexts(jonas, server, 1)).toEqual(['Hello Jonas']);
  });

  test('(F3) opening a job clears it on all devices of the member', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const jonasAtHome = await aDesk(server, 'jonas');
    for (const { id: jobId } of [server.office.job, server.office.hiddenJob])
      await jonas.request('jobs.mark-read', { jobId });
    for (const desk of [jonas, jonasAtHome])
      await desk.until('overview', {}, ({ unreadJobs }) => unreadJobs === 0);
    await post(mara, server, 'News');
    for (const desk of [jonas, jonasAtHome])
      await desk.until('overview', {}, ({ unreadJobs }) => unreadJobs === 1);
    await jonas.request('jobs.mark-read', { jobId: server.office.job.id });
    for (const desk of [jonas, jonasAtHome])
      await desk.until('overview', {}, ({ unreadJobs }) => unreadJobs === 0);
    expect(await mara.ask('activity.feed', feedArgs(server))).toMatchObject({
      firstUnreadId: null,
    });
  });
});

describe('(H5) what meets something newer', () => {
  test('[P3] a stage a colleague moved meanwhile is parked with what stands; retrying moves it, discarding does not', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const [, second, third] = server.office.pipeline.stages;
    mara.host.wire.cut();
    await mara.request('jobs.change-stage', { jobId: server.office.job.id, toStageId: third!.id });
    await jonas.request('jobs.change-stage', {
      jobId: server.office.job.id,
      toStageId: second!.id,
    });
    await jonas.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    mara.host.wire.restore();
    const [item] = await mara.until('outbox', {}, (items) => items[0]?.state.kind === 'conflicted');
    expect(item?.state).toMatchObject({ conflict: { kind: 'stage', standsName: second!.name } });
    const stage = (desk: TestDesk) =>
      desk.ask('jobs.one', { jobId: server.office.job.id }).then((page) => page?.job.stageId);
    expect(await stage(mara)).toBe(second!.id);
    expect(await mara.ask('sync', {})).toMatchObject({ kind: 'needs-you', parked: 1 });
    const isKept = ({ items }: Feed) => items.some(({ entry }) => entry.kind === 'unapplied');
    for (const desk of [mara, jonas]) await desk.until('activity.feed', feedArgs(server), isKept);

    await mara.request('outbox.retry', { mutationId: item!.mutationId });
    await jonas.until(
      'jobs.one',
      { jobId: server.office.job.id },
      (page) => page?.job.stageId === third!.id,
    );
    await mara.until('sync', {}, ({ kind }) => kind === 'up-to-date');
    const { items } = await mara.ask('activity.feed', feedArgs(server));
    expect(items.filter(({ entry }) => entry.kind === 'unapplied')).toMatchObject([
      {
        entry: {
          audience: 'internal',
          wish: { wantedName: third!.name, standsName: second!.name },
        },
        mine: true,
        state: 'confirmed',
      },
    ]);
    expect(items.at(-1)?.entry).toMatchObject({ kind: 'status_change', toStageId: third!.id });
  });

  test('(H5) [P1] a wish stands in the feed once, also where its answer was lost and it was asked again', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const { job } = server.office;
    mara.host.wire.cut();
    await mara.request('jobs.assign', { jobId: job.id, toMemberId: server.office.mara.id });
    await jonas.request('jobs.assign', { jobId: job.id, toMemberId: server.office.jonas.id });
    await jonas.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    mara.host.wire.loseAnswerTo('/api/sync/push');
    mara.host.wire.restore();
    await mara.until('outbox', {}, (items) => items[0]?.state.kind === 'conflicted');
    expect(mara.host.wire.sent.filter((line) => line.endsWith('/sync/push')).length).toBe(2);
    for (const desk of [mara, jonas]) {
      const feed = await desk.until('activity.feed', feedArgs(server), ({ items }) =>
        items.some(({ entry }) => entry.kind === 'unapplied'),
      );
      expect(feed.counts.kinds.unapplied).toBe(1);
    }
  });

  test('[P2] what the server refuses is parked with its reason and blocks nothing behind it', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const { workspace, pipeline, job } = server.office;
    mara.host.wire.cut();
    await mara.request('jobs.change-stage', { jobId: job.id, toStageId: pipeline.stages[2]!.id });
    await post(mara, server, 'Written after it');
    const shorter = { ...pipeline, stages: pipeline.stages.slice(0, 2) };
    await server.data.storage.transact(workspace.id, async (transaction) => {
      const admin = { id: aMutationId(), actorKey: 'member:admin' };
      transaction.settle(admin, applied({ kind: 'pipeline', record: shorter }));
    });
    mara.host.wire.restore();
    const [item] = await mara.until('outbox', {}, (items) => items[0]?.state.kind === 'refused');
    expect(item?.state).toMatchObject({
      refusal: {
        code: 'stage-missing',
        sentence: expect.stringContaining('no longer in “Body and paint”'),
      },
    });
    const jonas = await aDesk(server, 'jonas');
    expect(await settledTexts(jonas, server, 1)).toEqual(['Written after it']);
    expect(await mara.ask('sync', {})).toMatchObject({ kind: 'needs-you', parked: 1, waiting: 1 });
    await mara.request('outbox.discard', { mutationId: item!.mutationId });
    expect(await mara.until('sync', {}, ({ kind }) => kind === 'up-to-date')).toMatchObject({
      parked: 0,
    });
  });
});

describe('(C5) held replies', () => {
  /** Mara answers offline what Anna has meanwhile taken back. */
  async function aHeldReply() {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const { job } = server.office;
    const seenVersion = (await mara.ask('jobs.one', { jobId: job.id }))?.seenVersion ?? 0;
    mara.host.wire.cut();
    const reply = {
      jobId: job.id,
      audience: 'visible',
      text: 'Thursday is fine',
      files: [],
      seenVersion,
    } as const;
    await mara.request('entries.post', { ...reply, entryId: anEntryId() });
    await mara.request('entries.post', {
      ...reply,
      entryId: anEntryId(),
      audience: 'internal',
      text: 'A note beside it',
    });
    await jonas.request('entries.post', {
      ...reply,
      entryId: anEntryId(),
      audience: 'internal',
      text: 'Thursday is full',
    });
    await jonas.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    mara.host.wire.restore();
    const items = await mara.until('outbox', {}, (all) => all[0]?.state.kind === 'held');
    return { server, mara, jonas, item: items[0]! };
  }

  const replies = async (desk: TestDesk, server: TestServer, count: number) =>
    (await settledTexts(desk, server, count)).sort();

  test('[P6] a reply whose job moved on is held with what is new, and the rest goes on', async () => {
    const { server, mara, jonas, item } = await aHeldReply();
    expect(item.state).toMatchObject({
      kind: 'held',
      news: [{ text: 'Thursday is full', preview: { authorName: 'Jonas Ostrowski' } }],
    });
    expect(await replies(jonas, server, 2)).toEqual(['A note beside it', 'Thursday is full']);
    const feed = await mara.ask('activity.feed', feedArgs(server));
    expect(feed.items.at(-1)).toMatchObject({
      state: 'parked',
      entry: { text: 'Thursday is fine', audience: 'visible' },
    });
    const pushed = await server.data.storage.entriesOfJob(
      server.office.workspace.id,
      server.office.job.id,
      'visible',
    );
    expect(JSON.stringify(pushed)).not.toContain('Thursday is fine');
  });

  test('(B3) [P3] a held reply is found by its words, however they are typed', async () => {
    const { server, mara } = await aHeldReply();
    const found = async (search: string) => {
      const args = { ...feedArgs(server), filters: { ...noFilters, search } };
      const { items } = await mara.ask('activity.feed', args);
      return items.filter(({ state }) => state === 'parked').length;
    };
    expect(await found('Thúrsday, fine!')).toBe(1);
    expect(await found('hursday')).toBe(0);
  });

  test('"Send as it is" sends it once, based on what its author has now seen', async () => {
    const { server, mara, jonas, item } = await aHeldReply();
    await mara.request('outbox.retry', { mutationId: item.mutationId });
    expect(await replies(jonas, server, 3)).toEqual([
      'A note beside it',
      'Thursday is fine',
      'Thursday is full',
    ]);
  });

  test('(C2) "Make it an internal note" never reaches the customer', async () => {
    const { server, mara, jonas, item } = await aHeldReply();
    await mara.request('outbox.make-internal', { mutationId: item.mutationId });
    expect(await replies(jonas, server, 3)).toContain('Thursday is fine');
    const visible = await server.data.storage.entriesOfJob(
      server.office.workspace.id,
      server.office.job.id,
      'visible',
    );
    expect(JSON.stringify(visible)).not.toContain('Thursday is fine');
  });

  test('taking it back gives text, audience and files to the draft and leaves nothing in line', async () => {
    const { mara, item } = await aHeldReply();
    const taken = await mara.request('outbox.take-back', { mutationId: item.mutationId });
    expect(taken).toMatchObject({ text: 'Thursday is fine', audience: 'visible', files: [] });
    await mara.until('outbox', {}, (all) => all.length === 0);
  });

  test('[P6] what arrives between the look and the click holds a reply as well', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const { job } = server.office;
    const seenVersion = (await mara.ask('jobs.one', { jobId: job.id }))?.seenVersion ?? 0;
    await post(jonas, server, 'Just now');
    await settledTexts(mara, server, 1);
    await mara.request('entries.post', {
      entryId: anEntryId(),
      jobId: job.id,
      audience: 'visible',
      text: 'Too late',
      files: [],
      seenVersion,
    });
    await mara.until('outbox', {}, ([item]) => item?.state.kind === 'held');
  });
});

test('[P1] a post that is repeated because its answer was lost in the window posts nothing twice', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const args = {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text: 'Clicked twice',
    files: [],
    seenVersion: 0,
  } as const;
  await mara.request('entries.post', args);
  expect(await mara.request('entries.post', args)).toEqual({ entryId: args.entryId });
  expect(await settledTexts(mara, server, 1)).toEqual(['Clicked twice']);
  expect(await mara.request('entries.post', args)).toEqual({ entryId: args.entryId });
  expect(await mara.ask('outbox', {})).toEqual([]);
});

test('[P1] what may be with the server already can be neither discarded nor taken back', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  mara.host.wire.loseAnswerTo('/api/sync/push');
  mara.host.wire.onNextLoss(() => mara.host.wire.cut());
  await post(mara, server, 'Is it there?');
  const [item] = await mara.until(
    'outbox',
    {},
    (all) => all[0]?.isOnItsWay === true && all[0].state.kind === 'waiting',
  );
  const args = { mutationId: item!.mutationId };
  await expect(mara.request('outbox.discard', args)).rejects.toThrow(
    'may be with the server already',
  );
  await expect(mara.request('outbox.take-back', args)).rejects.toThrow(
    'may be with the server already',
  );
  mara.host.wire.restore();
  await mara.request('sync.now', {});
  expect(await settledTexts(mara, server, 1)).toEqual(['Is it there?']);
});

describe('files', () => {
  test('[B2] a file dropped offline reaches a colleague, bytes first, and can be read there', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    mara.host.wire.cut();
    const added = await mara.core.addFile('estimate.txt', bytesOf('1,240 EUR'));
    if (added.kind !== 'added') throw new Error(added.sentence);
    await mara.request('entries.post', {
      entryId: anEntryId(),
      jobId: server.office.job.id,
      audience: 'internal',
      text: 'The estimate',
      files: [{ blobId: added.blobId, name: added.name, audience: 'visible' }],
      seenVersion: 0,
    });
    mara.host.wire.restore();
    const feed = await jonas.until('activity.feed', feedArgs(server), ({ items }) =>
      items.some(({ attachments }) => attachments.length > 0),
    );
    const [attachment] = feed.items.at(-1)!.attachments;
    expect(attachment).toMatchObject({
      name: 'estimate.txt',
      audience: 'visible',
      onDevice: false,
    });
    const opened = await jonas.core.openAttachment(attachment!.id);
    expect(Buffer.concat(await opened.bytes.toArray()).toString()).toBe('1,240 EUR');
    const order = mara.host.wire.sent.filter(
      (line) => line === 'POST /api/uploads' || line.startsWith('POST /api/sync/push'),
    );
    expect(order[0]).toBe('POST /api/uploads');
    await jonas.until(
      'activity.feed',
      feedArgs(server),
      ({ items }) => items.at(-1)?.attachments[0]?.onDevice === true,
    );
  });

  test('the files of an entry stand as its author chose them, here and at a colleague’s', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const jonas = await aDesk(server, 'jonas');
    const names = ['g', 'c', 'a', 'f', 'b', 'e', 'd'].map((letter) => `${letter}.txt`);
    const files = [];
    for (const name of names) {
      const added = await mara.core.addFile(name, bytesOf(`What ${name} says`));
      if (added.kind !== 'added') throw new Error(added.sentence);
      files.push({ blobId: added.blobId, name, audience: 'internal' as const });
    }
    const entryId = anEntryId();
    const { id: jobId } = server.office.job;
    const head = { entryId, jobId, audience: 'internal', text: '', seenVersion: 0 } as const;
    await mara.request('entries.post', { ...head, files });
    for (const desk of [mara, jonas]) {
      const { items } = await desk.until('activity.feed', feedArgs(server), ({ items: all }) =>
        all.some(({ attachments }) => attachments.length > 0),
      );
      expect(items.at(-1)!.attachments.map(({ name }) => name)).toEqual(names);
    }
  });
});

describe('(J1) the session', () => {
  test('a wrong password is said in a sentence and changes nothing', async () => {
    const server = await aServer();
    const desk = await startTestDesk(await tempDir());
    onTestFinished(() => desk.core.close());
    const result = await desk.request('session.sign-in', {
      serverUrl: server.url,
      email: server.office.mara.email,
      password: 'guess',
    });
    expect(result).toEqual({
      kind: 'refused',
      sentence: expect.stringContaining('do not go together'),
    });
    expect(await desk.ask('session', {})).toMatchObject({ kind: 'signed-out' });
  });

  test('no server there, and no address at all, are said in a sentence', async () => {
    const desk = await startTestDesk(await tempDir());
    onTestFinished(() => desk.core.close());
    const signIn = (serverUrl: string) =>
      desk.request('session.sign-in', { serverUrl, email: 'mara@harbour.example', password: 'x' });
    expect(await signIn('http://127.0.0.1:1')).toMatchObject({
      sentence: expect.stringContaining('cannot be reached'),
    });
    expect(await signIn('not an address')).toMatchObject({
      sentence: expect.stringContaining('“not an address”'),
    });
  });

  test('[F4] a device the server signed out asks to sign in and keeps what is unsent', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    mara.host.wire.cut();
    await post(mara, server, 'Still mine');
    const token = (await mara.host.secrets.read(`token-${server.office.mara.id}`)) ?? '';
    await server.data.storage.revokeDevice(hashToken(token), new Date().toISOString());
    mara.host.wire.restore();
    await mara.until('session', {}, ({ kind }) => kind === 'expired');
    await mara.signIn(server.url, signInOf(server, 'mara'));
    expect(await settledTexts(mara, server, 1)).toEqual(['Still mine']);
  });

  test('signing out closes the office; signing in again shows it at once, offline work included', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    await mara.request('session.sign-out', {});
    await expect(mara.request('jobs.mark-read', { jobId: server.office.job.id })).rejects.toThrow(
      'You are signed out',
    );
    await mara.signIn(server.url, signInOf(server, 'mara'));
    expect(await mara.ask('jobs.one', { jobId: server.office.job.id })).toMatchObject({
      job: { title: server.office.job.title },
    });
  });
});

describe('the core trusts nothing from the renderer', () => {
  test.each([
    ['no such request', 'jobs.destroy', {}],
    ['a method of every object', 'toString', {}],
    ['a wrong type', 'jobs.mark-read', { jobId: 7 }],
    ['an unknown field', 'sync.now', { force: true }],
    [
      'a text of a megabyte',
      'entries.post',
      {
        jobId: '01a204bd-15a9-7ffc-9b37-f0461167b662',
        audience: 'internal',
        text: 'x'.repeat(1e6),
        files: [],
        seenVersion: 0,
      },
    ],
    [
      'an audience that is none',
      'entries.post',
      {
        jobId: '01a204bd-15a9-7ffc-9b37-f0461167b662',
        audience: 'everyone',
        text: 'x',
        files: [],
        seenVersion: 0,
      },
    ],
  ])('%s is refused with a sentence', async (_what, name, args) => {
    const desk = await startTestDesk(await tempDir());
    onTestFinished(() => desk.core.close());
    const failed = desk.window.request(name as never, args);
    await expect(failed).rejects.toMatchObject({ kind: 'not-understood' });
  });
});

async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

test('(I2) other users of the computer cannot reach an office on its disk, wherever its folder lies', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await startTestDesk(folder);
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, signInOf(server, 'mara'));
  expect((await stat(join(folder, 'offices'))).mode & 0o077).toBe(0);
});
