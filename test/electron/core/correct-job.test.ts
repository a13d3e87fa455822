// A job whose title, customer or pipeline was wrong, corrected at desks that are offline, and what that does to what waits. (A1)

import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { JobFacts } from '../../../electron/core/api/jobs-contract.ts';
import { anEntryId } from '../../support/builders.ts';
import { fakeHost } from '../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas') {
  const host = fakeHost(await tempDir());
  const desk = await startTestDesk(host.dataFolder, host);
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  await isSettled(desk);
  const cut = async () => {
    host.wire.cut();
    await desk.until('sync', {}, ({ kind }) => kind === 'offline');
  };
  const comeBack = async () => {
    host.wire.restore();
    await desk.request('sync.now', {});
  };
  return { ...desk, cut, comeBack };
}

const isSettled = (desk: TestDesk) =>
  desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);

/** A job that nothing was shared on, and somebody else it should have been for. */
async function anotherJob(desk: TestDesk, { office }: TestServer) {
  const { customerId: belaId } = await desk.request('customers.create', {
    name: 'Bela Kun',
    email: '',
    phone: '',
  });
  const { customerId, pipelineId, stageId } = office.job;
  const facts = { title: 'Golf', customerId, pipelineId, stageId };
  const { jobId } = await desk.request('jobs.create', { ...facts, assigneeId: null });
  await isSettled(desk);
  return { jobId, belaId, facts };
}
type Another = Awaited<ReturnType<typeof anotherJob>>;

const correct = (desk: TestDesk, { jobId, facts }: Another, change: Partial<JobFacts>) =>
  desk.request('jobs.correct', { jobId, from: facts, to: { ...facts, ...change } });

async function reply(desk: TestDesk, { jobId }: Another, text: string) {
  const page = await desk.ask('jobs.one', { jobId });
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience: 'visible',
    text,
    files: [],
    seenVersion: page?.seenVersion ?? 0,
  });
}

const kindsOf = async (desk: TestDesk, { jobId }: Another) => {
  const filters = { kinds: [], authorIds: [], audiences: [], search: '' };
  const { items } = await desk.ask('activity.feed', { jobId, filters, limit: 50 });
  return items.map(({ entry }) => entry.kind);
};

test('(A1) corrected offline it shows at once, and every desk has it afterwards, each change told once', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
  const another = await anotherJob(mara, server);
  const { jobId, belaId } = another;
  await mara.cut();
  await correct(mara, another, { title: ' Golf 8 ', customerId: belaId });
  const here = await mara.ask('jobs.one', { jobId });
  expect([here?.job.title, here?.customer.name]).toEqual(['Golf 8', 'Bela Kun']);
  await mara.comeBack();
  await jonas.until('jobs.one', { jobId }, (page) => page?.customer.id === belaId);
  await isSettled(mara);
  expect(await kindsOf(jonas, another)).toEqual(['status_change', 'job_change', 'job_change']);
});

test('(A1) what is as it was changes nothing', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const another = await anotherJob(mara, server);
  await correct(mara, another, { title: ' Golf ' });
  expect(await mara.ask('outbox', {})).toEqual([]);
  expect(await kindsOf(mara, another)).toEqual(['status_change']);
});

test('[P6] a reply written for one customer is held where a colleague gave the job to another one meanwhile', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
  const another = await anotherJob(mara, server);
  await jonas.until('jobs.one', { jobId: another.jobId }, (page) => page !== null);
  await mara.cut();
  await reply(mara, another, 'Dear Anna');
  await correct(jonas, another, { customerId: another.belaId });
  await isSettled(jonas);
  await mara.comeBack();
  const [item] = await mara.until('outbox', {}, ([one]) => one?.state.kind === 'held');
  expect(item?.title).toBe('Reply to Bela Kun');
  expect(item?.state).toMatchObject({ news: [{ preview: { kind: 'job_change' } }] });
  if (item === undefined) throw new Error('Nothing was held.');
  await mara.request('outbox.retry', { mutationId: item.mutationId });
  await isSettled(mara);
  expect(await kindsOf(jonas, another)).not.toContain('unapplied');
});

test('[P6] so is one that waited while its own author gave the job away', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
  const another = await anotherJob(mara, server);
  await jonas.until('jobs.one', { jobId: another.jobId }, (page) => page !== null);
  // A colleague writes: Mara's reply is held, and shows no effect while she decides.
  await mara.cut();
  await reply(mara, another, 'Dear Anna');
  await jonas.request('entries.post', {
    entryId: anEntryId(),
    jobId: another.jobId,
    audience: 'internal',
    text: 'Wrong customer!',
    files: [],
    seenVersion: 0,
  });
  await isSettled(jonas);
  await mara.comeBack();
  await mara.until('outbox', {}, ([one]) => one?.state.kind === 'held');
  await correct(mara, another, { customerId: another.belaId });
  const [held] = await mara.until('outbox', {}, (items) => items.length === 1);
  expect(held?.state).toMatchObject({
    kind: 'held',
    news: [{ preview: { kind: 'reply' } }, { preview: { kind: 'job_change' } }],
  });
});

test('[V1] once something was shared the job stays with its customer, and the sentence says so', async () => {
  const server = await aServer();
  const mara = await aDesk(server, 'mara');
  const another = await anotherJob(mara, server);
  const { jobId } = another;
  expect(await mara.ask('jobs.is-shared', { jobId })).toEqual({ isShared: false });
  await mara.cut();
  await reply(mara, another, 'Dear Anna');
  expect(await mara.ask('jobs.is-shared', { jobId })).toEqual({ isShared: true });
  await expect(
    correct(mara, another, { title: 'Other', customerId: another.belaId }),
  ).rejects.toThrow(/no other customer may read that/);
  const page = await mara.ask('jobs.one', { jobId });
  expect([page?.job.title, page?.customer.id]).toEqual(['Golf', another.facts.customerId]);
});

test('[V1] a file that was visible stays shared when it is internal again, to every desk and to the server', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
  const another = await anotherJob(mara, server);
  const { jobId, belaId } = another;
  await jonas.until('jobs.one', { jobId }, (page) => page !== null);
  await jonas.cut();
  await correct(jonas, another, { customerId: belaId });
  const bytes = Buffer.from('estimate');
  const taken = await mara.core.addFile('estimate.txt', Readable.from([bytes]));
  if (taken.kind !== 'added') throw new Error(taken.sentence);
  const file = { blobId: taken.blobId, name: 'estimate.txt', audience: 'visible' } as const;
  await mara.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience: 'internal',
    text: 'The estimate',
    files: [file],
    seenVersion: 0,
  });
  await isSettled(mara);
  const sieve = { sort: 'name', isAscending: true, types: [], audiences: [], search: '' } as const;
  const { rows } = await mara.ask('files.list', { jobId, sieve, offset: 0, limit: 1 });
  await mara.request('files.change-audience', {
    attachmentId: rows[0]!.id,
    audience: 'internal',
    fromName: 'estimate.txt',
    keepsLocation: false,
    seenVersion: 0,
  });
  expect(await mara.ask('jobs.is-shared', { jobId })).toEqual({ isShared: true });
  await isSettled(mara);
  expect(await mara.ask('jobs.is-shared', { jobId })).toEqual({ isShared: true });
  await jonas.comeBack();
  const [late] = await jonas.until('outbox', {}, ([one]) => one?.state.kind === 'refused');
  expect(late?.state).toMatchObject({ refusal: { code: 'already-shared' } });
  expect((await mara.ask('jobs.one', { jobId }))?.customer.id).toBe(another.facts.customerId);
});

test('[O2] a job that was given away stays when its first customer is deleted right after, in one push', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
  const { customerId: wrongId } = await mara.request('customers.create', {
    name: 'Wrong One',
    email: '',
    phone: '',
  });
  const another = await anotherJob(mara, server);
  const { jobId, belaId } = another;
  const { pipelineId, stageId } = another.facts;
  const facts = { title: 'Van', customerId: wrongId, pipelineId, stageId };
  const { jobId: vanId } = await mara.request('jobs.create', { ...facts, assigneeId: null });
  await isSettled(mara);
  await jonas.until('jobs.one', { jobId: vanId }, (page) => page !== null);
  await mara.cut();
  await correct(mara, { jobId: vanId, belaId, facts }, { customerId: belaId });
  await mara.request('customers.delete', {
    customerId: wrongId,
    fromName: 'Wrong One',
    withJobs: true,
  });
  await mara.comeBack();
  await jonas.until('customers.one', { customerId: wrongId }, (page) => page === null);
  await isSettled(mara);
  for (const desk of [mara, jonas]) {
    expect((await desk.ask('jobs.one', { jobId: vanId }))?.customer.id).toBe(belaId);
    expect(await kindsOf(desk, { jobId: vanId, belaId, facts })).toContain('job_change');
    expect(await desk.ask('jobs.one', { jobId })).not.toBeNull();
  }
});

test('(H5) two titles from the same one are asked about, and either can stand', async () => {
  const server = await aServer();
  const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
  const another = await anotherJob(mara, server);
  const { jobId } = another;
  await jonas.until('jobs.one', { jobId }, (page) => page !== null);
  await mara.cut();
  await correct(mara, another, { title: 'Golf of Mara' });
  await correct(jonas, another, { title: 'Golf of Jonas' });
  await isSettled(jonas);
  await mara.comeBack();
  const [item] = await mara.until('outbox', {}, ([one]) => one?.state.kind === 'conflicted');
  expect((await mara.ask('jobs.one', { jobId }))?.job.title).toBe('Golf of Jonas');
  if (item === undefined) throw new Error('Nothing conflicted.');
  await mara.request('outbox.retry', { mutationId: item.mutationId });
  await jonas.until('jobs.one', { jobId }, (page) => page?.job.title === 'Golf of Mara');
});
