// Desks and the portal against the real server: customers, links, pipelines, the bell, and the preview of what a customer
// sees, which must be what the portal shows. (A5, A6, E8, F3)

import { describe, expect, onTestFinished, test } from 'vitest';
import type { CustomerView } from '../../../electron/core/api/care-contract.ts';
import type { Pipeline } from '../../../sync-server/protocol/records.ts';
import { anEntryId } from '../../support/builders.ts';
import { PortalBrowser, wordsOn } from '../../support/portal-browser.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas'): Promise<TestDesk> {
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  return desk;
}

async function signedIn(server: TestServer, link?: string): Promise<PortalBrowser> {
  const browser = new PortalBrowser(server.app);
  const { pathname } = new URL(link ?? (await server.portalLink()));
  await browser.post(pathname, {});
  return browser;
}

const say = (desk: TestDesk, { office }: TestServer, text: string, seenVersion: number) =>
  desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: office.job.id,
    audience: 'visible',
    text,
    files: [],
    seenVersion,
  });

async function customerWrites(server: TestServer, text: string): Promise<void> {
  const { office } = server;
  const anna = await signedIn(server);
  const path = `/portal/jobs/${office.job.id}`;
  const { body } = await anna.get(path);
  const [, action, form] =
    /<form[^>]*action="([^"]*(?:replies|messages)[^"]*)"[^>]*>(.*?)<\/form>/s.exec(body) ?? [];
  const fields = Object.fromEntries(
    [...(form ?? '').matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value],
    ),
  ) as Record<string, string>;
  const sent = await anna.post((action ?? '').split('#')[0] ?? '', { ...fields, text });
  expect(sent.statusCode).toBe(303);
}

describe('(A6) customers', () => {
  test('(H1, H5) two desks change a customer, one of them offline: fields merge, and the field both changed asks', async () => {
    const server = await aServer();
    const { anna } = server.office;
    const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
    const customerId = anna.id;
    mara.host.wire.cut();
    await mara.request('customers.update', {
      customerId,
      changes: [
        { field: 'notes', from: '', to: 'Rings after five.' },
        { field: 'phone', from: anna.phone, to: '+49 40 1' },
      ],
    });
    expect(await mara.ask('customers.one', { customerId })).toMatchObject({
      customer: { phone: '+49 40 1' },
      waiting: true,
    });
    await jonas.request('customers.update', {
      customerId,
      changes: [{ field: 'phone', from: anna.phone, to: '+49 40 2' }],
    });
    await jonas.until('sync', {}, ({ waiting }) => waiting === 0);
    mara.host.wire.restore();
    const [parked] = await mara.until(
      'outbox',
      {},
      (items) => items[0]?.state.kind === 'conflicted',
    );
    expect(parked).toMatchObject({
      title: 'Customer Anna Berg: notes, phone',
      state: { conflict: { fields: [{ label: 'Phone', standsWords: '+49 40 2' }] } },
    });
    await mara.request('outbox.retry', { mutationId: parked!.mutationId });
    const page = await jonas.until(
      'customers.one',
      { customerId },
      (answer) => answer?.customer.phone === '+49 40 1',
    );
    expect(page?.customer.notes).toBe('Rings after five.');
  });

  test('(E1) a link made offline opens nothing until its desk has reached the server, then once, and both desks see it', async () => {
    const server = await aServer();
    const { anna, mara: member } = server.office;
    const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
    const customerId = anna.id;
    mara.host.wire.cut();
    const made = await mara.request('customers.make-link', { customerId });
    expect(made.url.startsWith(`${server.url}/portal/enter/`)).toBe(true);
    expect((await mara.ask('customers.one', { customerId }))?.links).toMatchObject([
      { state: 'waiting', madeBy: member.name },
    ]);
    const press = () => fetch(made.url, { method: 'POST', redirect: 'manual' });
    expect((await press()).status).toBe(410);
    mara.host.wire.restore();
    await mara.until('customers.one', { customerId }, (page) => page?.links[0]?.state === 'open');
    expect((await press()).status).toBe(303);
    await jonas.until('customers.one', { customerId }, (page) => page?.links[0]?.state === 'used');
    expect((await press()).status).toBe(410);
  });

  test('revoking all offline is told at once, and ends what another desk made meanwhile', async () => {
    const server = await aServer();
    const customerId = server.office.anna.id;
    const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
    const first = await mara.request('customers.make-link', { customerId });
    await mara.until('customers.one', { customerId }, (page) => page?.links[0]?.state === 'open');
    mara.host.wire.cut();
    const second = await jonas.request('customers.make-link', { customerId });
    await jonas.until('sync', {}, ({ waiting }) => waiting === 0);
    await mara.request('customers.revoke-links', { customerId, of: 'all', endSessions: true });
    expect((await mara.ask('customers.one', { customerId }))?.links[0]?.state).toBe('revoked');
    mara.host.wire.restore();
    await jonas.until('customers.one', { customerId }, (page) =>
      (page?.links ?? []).every(({ state }) => state === 'revoked'),
    );
    for (const { url } of [first, second])
      expect((await fetch(url, { method: 'POST', redirect: 'manual' })).status).toBe(410);
  });

  test('the list finds by name, email and phone, and says whose email another customer has too', async () => {
    const server = await aServer();
    const mara = await aDesk(server, 'mara');
    const { customerId } = await mara.request('customers.create', {
      name: 'Zoe Berg',
      email: 'ANNA@berg.example',
      phone: '+49 30 77',
    });
    const list = (search: string) => mara.ask('customers.list', { search, offset: 0, limit: 10 });
    expect((await list('')).rows.map(({ customer }) => customer.name)).toEqual([
      'Anna Berg',
      'Béla Nagy',
      'Zoe Berg',
    ]);
    expect((await list('77')).rows).toMatchObject([
      { customer: { name: 'Zoe Berg' }, jobCount: 0 },
    ]);
    expect((await list('bela')).total).toBe(1);
    expect((await mara.ask('customers.one', { customerId }))?.sharedEmails).toEqual([
      { email: 'anna@berg.example', customerId: server.office.anna.id, name: 'Anna Berg' },
    ]);
  });
});

describe('(A5) pipelines', () => {
  test('(H1) a stage made internal offline takes its jobs out of the portal once it is sent, and the desk knew how many', async () => {
    const server = await aServer();
    const { pipeline, job } = server.office;
    const mara = await aDesk(server, 'mara');
    const anna = await signedIn(server);
    const path = `/portal/jobs/${job.id}`;
    expect((await anna.get(path)).statusCode).toBe(200);
    mara.host.wire.cut();
    const stages = pipeline.stages.map((stage) =>
      stage.id === job.stageId ? { ...stage, visibleToCustomer: false } : stage,
    );
    const { fields, customerCanReply, customerCanUpload } = pipeline;
    const draft = { stages, fields, customerCanReply, customerCanUpload, moves: [] };
    const pipelineId = pipeline.id;
    expect(await mara.ask('pipelines.effects', { pipelineId, ...draft })).toMatchObject({
      effects: { vanish: [{ stageName: 'Booked', jobs: 1 }], appear: [], isWider: false },
      jobsByStage: { [job.stageId]: 1 },
    });
    await mara.request('pipelines.update', {
      pipelineId,
      changes: [{ field: 'stages', from: pipeline.stages, to: stages }],
      moves: [],
    });
    expect(await mara.ask('jobs.as-customer', { jobId: job.id })).toMatchObject({ page: null });
    expect((await anna.get(path)).statusCode).toBe(200);
    mara.host.wire.restore();
    await mara.until('sync', {}, ({ waiting, kind }) => waiting === 0 && kind === 'up-to-date');
    expect((await anna.get(path)).statusCode).toBe(404);
  });

  test('a removed stage moves its jobs where the person said, and logs it on each', async () => {
    const server = await aServer();
    const { pipeline, hiddenJob } = server.office;
    const [booked, estimate, ready] = pipeline.stages as [
      Pipeline['stages'][0],
      Pipeline['stages'][0],
      Pipeline['stages'][0],
    ];
    const mara = await aDesk(server, 'mara');
    await mara.request('pipelines.update', {
      pipelineId: pipeline.id,
      changes: [{ field: 'stages', from: pipeline.stages, to: [booked, ready] }],
      moves: [{ fromStageId: estimate.id, toStageId: ready.id }],
    });
    const jonas = await aDesk(server, 'jonas');
    const page = await jonas.until(
      'jobs.one',
      { jobId: hiddenJob.id },
      (answer) => answer?.job.stageId === ready.id,
    );
    expect(page?.entryCount).toBe(2);
  });

  test('a member who is no admin is told so, and nothing waits', async () => {
    const server = await aServer();
    const jonas = await aDesk(server, 'jonas');
    const { pipeline } = server.office;
    await expect(
      jonas.request('pipelines.update', {
        pipelineId: pipeline.id,
        changes: [{ field: 'name', from: pipeline.name, to: 'Mine' }],
        moves: [],
      }),
    ).rejects.toThrow('Only an admin can change pipelines');
    expect(await jonas.ask('outbox', {})).toEqual([]);
  });
});

describe('(F3) the bell', () => {
  test('a muted job never rings, a followed or assigned one does where only followed ones ring, on every device of the member', async () => {
    const server = await aServer();
    const { job } = server.office;
    const mara = await aDesk(server, 'mara');
    await customerWrites(server, 'Is it ready?');
    const rung = await mara.until('bell', {}, ({ count }) => count === 1);
    expect(rung.jobs).toMatchObject([{ unreadCount: 1, follow: 'neither' }]);
    await mara.request('jobs.follow', { jobId: job.id, state: 'muted' });
    expect(await mara.ask('bell', {})).toMatchObject({ count: 0, jobs: [] });
    expect((await mara.ask('overview', {})).bellCount).toBe(0);
    const second = await aDesk(server, 'mara');
    expect(await second.until('bell', {}, ({ jobs }) => jobs.length === 0)).toMatchObject({
      count: 0,
    });
    await mara.request('jobs.follow', { jobId: job.id, state: 'neither' });
    await mara.request('bell.set-scope', { bellScope: 'followed' });
    expect(await mara.ask('bell', {})).toMatchObject({ count: 0, scope: 'followed' });
    await mara.request('jobs.follow', { jobId: job.id, state: 'following' });
    expect(await mara.ask('bell', {})).toMatchObject({ count: 1 });
    await mara.request('jobs.follow', { jobId: job.id, state: 'neither' });
    await mara.request('jobs.assign', { jobId: job.id, toMemberId: server.office.mara.id });
    expect(await mara.ask('bell', {})).toMatchObject({ count: 1 });
    await second.until('bell', {}, ({ count, scope }) => count === 1 && scope === 'followed');
    expect((await mara.ask('outbox', {})).every(({ title }) => title.startsWith('Assigned'))).toBe(
      true,
    );
  });

  test('“mark all read” clears what rings and leaves what only colleagues did', async () => {
    const server = await aServer();
    const { job, hiddenJob } = server.office;
    const [mara, jonas] = [await aDesk(server, 'mara'), await aDesk(server, 'jonas')];
    await jonas.request('entries.post', {
      entryId: anEntryId(),
      jobId: hiddenJob.id,
      audience: 'internal',
      text: 'Ask the insurer',
      files: [],
      seenVersion: 0,
    });
    await customerWrites(server, 'Is it ready?');
    await mara.until('overview', {}, ({ unreadJobs }) => unreadJobs === 2);
    await mara.request('bell.mark-all-read', {});
    expect(await mara.ask('overview', {})).toMatchObject({ unreadJobs: 1, bellCount: 0 });
    const unread = await mara.ask('jobs.list', {
      scope: { kind: 'unread' },
      stageId: null,
      assigneeId: null,
      unreadOnly: false,
      search: '',
      offset: 0,
      limit: 5,
    });
    expect(unread.rows.map(({ jobId }) => jobId)).toEqual([hiddenJob.id]);
    expect(unread.rows[0]?.jobId).not.toBe(job.id);
  });
});

describe('(E8) view as customer', () => {
  /** What stands in the portal's thread, in its order, without the times: they are said in the reader's own zone. */
  const portalThings = (body: string): string[] =>
    [...body.matchAll(/<li class="thing[^"]*"[^>]*>(.*?)<\/li>/gs)].map(([, inner]) =>
      (inner ?? '')
        .replace(/<time.*?<\/time>/gs, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .replace(' :', ':')
        .trim(),
    );
  const previewThings = ({ page }: CustomerView): string[] =>
    (page?.things ?? []).map(({ who, what }) => {
      if (what.kind === 'stage') return what.words;
      const said = what.kind === 'message' ? what.text : '';
      return `${who} ${said}`.trim();
    });

  test('[V4] shows what the portal shows, the same things in the same order, offline too', async () => {
    const server = await aServer();
    const { job, pipeline, anna } = server.office;
    const mara = await aDesk(server, 'mara');
    await say(mara, server, 'We begin on Thursday.', 99);
    await mara.request('entries.post', {
      entryId: anEntryId(),
      jobId: job.id,
      audience: 'internal',
      text: 'Do not mention the dent',
      files: [],
      seenVersion: 99,
    });
    await mara.until('sync', {}, ({ waiting }) => waiting === 0);
    await customerWrites(server, 'Thank you, that suits me.');
    const [, estimate, ready] = pipeline.stages;
    for (const stage of [estimate!, ready!])
      await mara.request('jobs.change-stage', { jobId: job.id, toStageId: stage.id });
    const settled = await mara.until(
      'jobs.as-customer',
      { jobId: job.id },
      (view) =>
        (view?.page?.things ?? []).length === 3 &&
        !view?.page?.things.some((thing) => thing.isWaiting),
    );
    const body = (await (await signedIn(server)).get(`/portal/jobs/${job.id}`)).body;
    expect(portalThings(body)).toHaveLength(3);
    expect(previewThings(settled!)).toEqual(portalThings(body));
    expect(wordsOn(body)).toContain(settled!.page!.title);
    expect(settled).toMatchObject({
      customerName: anna.name,
      page: { stage: { name: 'Ready' }, canReply: true, canUpload: false },
    });
    expect(settled!.seenAt).not.toBeNull();

    mara.host.wire.cut();
    await say(mara, server, 'It is ready.', 99);
    const waiting = await mara.ask('jobs.as-customer', { jobId: job.id });
    expect(waiting!.page!.things.map(({ isWaiting }) => isWaiting)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    mara.host.wire.restore();
    await mara.until(
      'jobs.as-customer',
      { jobId: job.id },
      (view) => view?.page?.things.every((thing) => !thing.isWaiting) ?? false,
    );
    const after = (await (await signedIn(server)).get(`/portal/jobs/${job.id}`)).body;
    expect(portalThings(after)).toEqual(previewThings(waiting!));
  });

  test('[V4] (J1) names who has left the office as the portal does', async () => {
    const server = await aServer();
    const { job, jonas } = server.office;
    const onJonas = await aDesk(server, 'jonas');
    await say(onJonas, server, 'We begin on Thursday.', 99);
    await onJonas.until('sync', {}, ({ waiting }) => waiting === 0);
    const mara = await aDesk(server, 'mara');
    await mara.request('members.remove', { memberId: jonas.id, assignTo: null });
    await mara.until('overview', {}, ({ members }) => members.every(({ id }) => id !== jonas.id));
    const view = await mara.ask('jobs.as-customer', { jobId: job.id });
    const body = (await (await signedIn(server)).get(`/portal/jobs/${job.id}`)).body;
    expect(portalThings(body).join()).toContain('Jonas');
    expect(previewThings(view!)).toEqual(portalThings(body));
  });

  test('a job in an internal stage is told to be in no portal at all', async () => {
    const server = await aServer();
    const { hiddenJob } = server.office;
    const mara = await aDesk(server, 'mara');
    expect(await mara.ask('jobs.as-customer', { jobId: hiddenJob.id })).toMatchObject({
      page: null,
      stageName: 'Estimate',
    });
    const anna = await signedIn(server);
    expect((await anna.get(`/portal/jobs/${hiddenJob.id}`)).statusCode).toBe(404);
  });
});
