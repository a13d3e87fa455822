// What the system is to tell a member, on real desks against the real server and portal. (F4)

import { describe, expect, onTestFinished, test } from 'vitest';
import type { NoticeChoices } from '../../../electron/core/api/notices-contract.ts';
import type { Clock } from '../../../electron/core/host.ts';
import { systemClock } from '../../../electron/loopback/node-host.ts';
import { SESSION_COOKIE } from '../../../sync-server/portal/visitor.ts';
import type { JobId } from '../../../sync-server/protocol/ids.ts';
import { anEntryId } from '../../support/builders.ts';
import { enterPortal } from '../../support/enter-portal.ts';
import { fakeHost, quickClock } from '../../support/fake-host.ts';
import { formTo, PortalBrowser } from '../../support/portal-browser.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

/** Waits are shortened, but not what a window said of where it looks. */
const leaseClock: Clock = {
  now: quickClock.now,
  after: (delayMs, callback) =>
    (delayMs >= 20_000 ? systemClock : quickClock).after(delayMs, callback),
};

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(
  { url, office }: TestServer,
  { folder, who = office.mara }: { folder?: string; who?: { email: string } } = {},
): Promise<TestDesk> {
  const dataFolder = folder ?? (await tempDir());
  const desk = await startTestDesk(dataFolder, fakeHost(dataFolder, { clock: leaseClock }));
  onTestFinished(() => desk.core.close());
  await desk.signIn(url, { email: who.email, password: TEST_PASSWORD });
  return desk;
}

async function annaWrites({ app, data, office }: TestServer, text: string, job = office.job) {
  const deps = { storage: data.storage, now: () => Date.now() };
  const who = { workspaceId: office.workspace.id, customerId: office.anna.id };
  const browser = new PortalBrowser(app);
  browser.cookies.set(SESSION_COOKIE, (await enterPortal(deps, who)).sessionToken);
  const { body } = await browser.get(`/portal/jobs/${job.id}`);
  const reply = formTo(body, 'replies');
  await browser.postFiles(reply.action, { ...reply.fields, text }, []);
}

/** As a front does: it takes when there is something. */
async function taken(desk: TestDesk) {
  await desk.until('notices', {}, ({ fresh }) => fresh > 0);
  return desk.request('notices.take', {});
}

const count = (desk: TestDesk, many: number) =>
  desk.until('notices', {}, (state) => state.count === many);

const feedOf = (jobId: JobId) => ({
  jobId,
  filters: { kinds: [], authorIds: [], audiences: [], search: '' },
  limit: 10,
});

const CHOICES: NoticeChoices = {
  isOn: true,
  text: 'customers',
  quiet: { isOn: false, from: 0, until: 0, days: [] },
};

test('(F4) what a customer wrote is told once: to one front, and not again after a restart or a fresh copy', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, { folder });
  expect(await desk.ask('notices', {})).toEqual({ count: 0, fresh: 0, jobIds: [] });
  await annaWrites(server, 'Is it ready?');
  const { id: jobId, title, reference } = server.office.job;
  await desk.until('notices', {}, ({ fresh }) => fresh > 0);
  const [one, other] = await Promise.all([
    desk.request('notices.take', {}),
    desk.request('notices.take', {}),
  ]);
  expect([...one, ...other]).toMatchObject([
    {
      id: jobId,
      title: `${server.office.anna.name} wrote`,
      body: `${reference} · ${title}\nIs it ready?`,
      reply: { placeholder: `Reply to ${server.office.anna.name} – customer reply` },
    },
  ]);
  expect(await desk.ask('notices', {})).toEqual({ count: 1, fresh: 0, jobIds: [jobId] });
  await desk.request('sync.heal-again', {});
  await desk.until('sync', {}, ({ kind }) => kind === 'up-to-date');
  expect((await desk.ask('notices', {})).fresh).toBe(0);
  await desk.core.close();
  const again = await startTestDesk(folder, desk.host);
  onTestFinished(() => again.core.close());
  await again.until('sync', {}, ({ kind }) => kind === 'up-to-date');
  expect(await again.ask('notices', {})).toEqual({ count: 1, fresh: 0, jobIds: [jobId] });
  expect(await again.request('notices.take', {})).toEqual([]);
});

test('(F4) the number is the bell’s, and what is read on another device is over', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const other = await aDesk(server);
  await annaWrites(server, 'One');
  await annaWrites(server, 'Two');
  await count(desk, 2);
  expect((await desk.ask('bell', {})).count).toBe(2);
  await other.until('notices', {}, (state) => state.count === 2);
  await other.request('jobs.mark-read', { jobId: server.office.job.id });
  expect(await count(desk, 0)).toEqual({ count: 0, fresh: 0, jobIds: [] });
});

test('(F4) nobody is told of what they did, nor of what they look at', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const { job } = server.office;
  await desk.request('entries.post', {
    jobId: job.id,
    entryId: anEntryId(),
    audience: 'visible',
    text: 'It is.',
    files: [],
    seenVersion: 0,
  });
  await desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
  expect((await desk.ask('notices', {})).fresh).toBe(0);
  const looking = (jobId: JobId | null) =>
    desk.request('notices.looking', { windowId: 'a window', jobId });
  await looking(job.id);
  await annaWrites(server, 'Thank you');
  expect(await taken(desk)).toEqual([]);
  await looking(null);
  await annaWrites(server, 'And the keys?');
  expect((await taken(desk)).map(({ body }) => body)).toEqual([
    expect.stringContaining('And the keys?'),
  ]);
});

test('(F4) a device that is new to what is unread tells of it once, together', async () => {
  const server = await aServer();
  const { office } = server;
  const first = await aDesk(server);
  await annaWrites(server, 'One');
  await first.request('jobs.change-stage', {
    jobId: office.hiddenJob.id,
    toStageId: office.job.stageId,
  });
  await first.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
  await annaWrites(server, 'Two', office.hiddenJob);
  const second = await aDesk(server);
  expect(await taken(second)).toMatchObject([
    { id: 'summary', title: '2 new on 2 jobs', place: null, reply: null },
  ]);
});

test('(F4) what piled up while a desk was away is one summary', async () => {
  const server = await aServer();
  const { anna, pipeline, job } = server.office;
  const desk = await aDesk(server);
  const jobIds = [job.id];
  for (const title of ['Door', 'Roof', 'Window'])
    jobIds.push(
      (
        await desk.request('jobs.create', {
          title,
          customerId: anna.id,
          pipelineId: pipeline.id,
          stageId: job.stageId,
          assigneeId: null,
        })
      ).jobId,
    );
  await desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
  await desk.request('notices.take', {});
  desk.host.wire.cut();
  for (const id of jobIds) await annaWrites(server, 'Is it ready?', { ...job, id });
  desk.host.wire.restore();
  await desk.request('sync.now', {});
  await count(desk, 4);
  expect(await taken(desk)).toMatchObject([{ id: 'summary', title: '4 new on 4 jobs' }]);
});

test('(F4) (C1) a message on a job in an internal stage cannot be answered from a notice', async () => {
  const server = await aServer();
  const { job, pipeline } = server.office;
  const desk = await aDesk(server);
  await annaWrites(server, 'Is it ready?');
  await count(desk, 1);
  const internal = pipeline.stages.find(({ visibleToCustomer }) => !visibleToCustomer)!;
  await desk.request('jobs.change-stage', { jobId: job.id, toStageId: internal.id });
  expect((await taken(desk))[0]?.reply).toBeNull();
});

test.each([
  ['while they are off', { ...CHOICES, isOn: false }],
  [
    'in quiet hours',
    {
      ...CHOICES,
      quiet: { isOn: true, from: 0, until: 24 * 60 - 1, days: [0, 1, 2, 3, 4, 5, 6] },
    },
  ],
] as const)(
  '(F4) %s nothing is told, not afterwards either, and the number stands',
  async (_when, choices) => {
    const server = await aServer();
    const desk = await aDesk(server);
    await desk.request('notices.set', choices);
    await annaWrites(server, 'Is it ready?');
    await count(desk, 1);
    // A front takes while they are quiet; while they are off none needs to.
    if (choices.isOn) expect(await taken(desk)).toEqual([]);
    await desk.request('notices.set', CHOICES);
    expect(await desk.request('notices.take', {})).toEqual([]);
    await annaWrites(server, 'Hello?');
    expect(await taken(desk)).toHaveLength(1);
  },
);

test('(F4) a pause is kept on the device, and ended by hand', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  await desk.request('notices.pause', { until: 'in-an-hour' });
  const paused = await desk.ask('notices.settings', {});
  expect(Date.parse(paused.pausedUntil ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
  // Choosing something else ends no pause.
  await desk.request('notices.set', CHOICES);
  expect((await desk.ask('notices.settings', {})).pausedUntil).toBe(paused.pausedUntil);
  await annaWrites(server, 'Is it ready?');
  expect(await taken(desk)).toEqual([]);
  await desk.request('notices.pause', { until: null });
  await annaWrites(server, 'Hello?');
  expect(await taken(desk)).toHaveLength(1);
});

test('(F4) (C7) of a note that mentions the member no word stands in a notice unless they chose so', async () => {
  const server = await aServer();
  const { mara, jonas, job } = server.office;
  const desk = await aDesk(server);
  const his = await aDesk(server, { who: jonas });
  const note = () =>
    his.request('entries.post', {
      jobId: job.id,
      entryId: anEntryId(),
      audience: 'internal',
      text: `@${mara.name} she will not pay`,
      files: [],
      seenVersion: 0,
    });
  await note();
  const [hidden] = await taken(desk);
  expect(hidden?.title).toBe(`${jonas.name} mentions you in an internal note`);
  expect(hidden?.body).not.toContain('pay');
  expect(hidden?.reply).toBeNull();
  await desk.request('notices.set', { ...CHOICES, text: 'everything' });
  await note();
  expect((await taken(desk))[0]?.body).toContain('she will not pay');
});

test('(F4) (C7) (C10) a mention that an edit added to a note they had read is told, counted and over like any other', async () => {
  const server = await aServer();
  const { mara, jonas, job } = server.office;
  const desk = await aDesk(server);
  const his = await aDesk(server, { who: jonas });
  const entryId = anEntryId();
  const text = 'She will not pay';
  await his.request('entries.post', {
    jobId: job.id,
    entryId,
    audience: 'internal',
    text,
    files: [],
    seenVersion: 0,
  });
  await desk.until('jobs.one', { jobId: job.id }, (page) => page?.entryCount === 2);
  await desk.request('jobs.mark-read', { jobId: job.id });
  const { items } = await his.until('activity.feed', feedOf(job.id), (feed) =>
    feed.items.some(({ entry, state }) => entry.id === entryId && state === 'confirmed'),
  );
  const { editBasis } = items.find(({ entry }) => entry.id === entryId)!;
  await his.request('entries.edit', {
    entryId,
    text: `${text}, @${mara.name}`,
    basedOn: editBasis!,
  });
  const [notice] = await taken(desk);
  expect(notice).toMatchObject({
    title: `${jonas.name} mentions you in an internal note`,
    place: { jobId: job.id, entryId },
    reply: null,
  });
  expect(notice?.body).not.toContain('pay');
  expect(await desk.ask('notices', {})).toEqual({ count: 1, fresh: 0, jobIds: [job.id] });
  await desk.request('jobs.mark-read', { jobId: job.id });
  expect((await count(desk, 0)).jobIds).toEqual([]);
});

describe('(F4) a reply typed into a notice', () => {
  const reply = (desk: TestDesk, jobId: JobId, text: string, seenVersion: number) =>
    desk.request('notices.reply', { jobId, entryId: anEntryId(), text, seenVersion });

  test('(C2) is a customer reply, goes the way of all others, and marks read what it answers', async () => {
    const server = await aServer();
    const { id: jobId } = server.office.job;
    const desk = await aDesk(server);
    await annaWrites(server, 'Is it ready?');
    const seenVersion = (await taken(desk))[0]?.reply?.seenVersion ?? -1;
    expect(await reply(desk, jobId, '  Yes, come by. ', seenVersion)).toEqual({ kind: 'posted' });
    await desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    const { items } = await desk.ask('activity.feed', feedOf(jobId));
    expect(items.at(-1)?.entry).toMatchObject({ audience: 'visible', text: 'Yes, come by.' });
    expect((await desk.ask('notices', {})).count).toBe(0);
  });

  test('(C5) is held where the customer wrote again meanwhile', async () => {
    const server = await aServer();
    const { id: jobId } = server.office.job;
    const desk = await aDesk(server);
    await annaWrites(server, 'Is it ready?');
    const seenVersion = (await taken(desk))[0]?.reply?.seenVersion ?? -1;
    await annaWrites(server, 'Forget it, I sold the car.');
    await count(desk, 2);
    expect(await reply(desk, jobId, 'Yes, come by.', seenVersion)).toEqual({ kind: 'held' });
    expect((await desk.ask('outbox', {}))[0]).toMatchObject({ text: 'Yes, come by.' });
    expect((await desk.ask('notices', {})).count).toBe(2);
  });

  test('(C9) that the leak check would ask about waits for the composer, also over a restart', async () => {
    const server = await aServer();
    const { office } = server;
    const { id: jobId } = office.job;
    const folder = await tempDir();
    const desk = await aDesk(server, { folder });
    const leak = `As I told ${office.bela.name} yesterday`;
    expect(await reply(desk, jobId, leak, 0)).toEqual({ kind: 'asks' });
    expect(await reply(desk, jobId, `@${office.jonas.name} look`, 0)).toEqual({ kind: 'asks' });
    expect(await desk.ask('outbox', {})).toEqual([]);
    await desk.core.close();
    const again = await startTestDesk(folder, desk.host);
    onTestFinished(() => again.core.close());
    expect(await again.ask('notices.unsent-reply', { jobId })).toEqual({
      text: `${leak}\n\n@${office.jonas.name} look`,
    });
    expect(await again.ask('notices.unsent-reply', { jobId: office.hiddenJob.id })).toBeNull();
    await again.request('notices.settle-reply', { jobId });
    expect(await again.ask('notices.unsent-reply', { jobId })).toBeNull();
  });
});
