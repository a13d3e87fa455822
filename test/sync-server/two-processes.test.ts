// Two server processes on one PostgreSQL and one S3 store, a desk at each, a customer at either. (J3)

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Feed } from '../../electron/core/api/jobs-contract.ts';
import { openData } from '../../sync-server/blobs/open-data.ts';
import type { OpenData } from '../../sync-server/blobs/open-data-folder.ts';
import type { Audience } from '../../sync-server/protocol/values.ts';
import { aClientId, anEntryId, blobIdOf } from '../support/builders.ts';
import { type CutProxy, startCutProxy } from '../support/cut-proxy.ts';
import { enterPortal } from '../support/enter-portal.ts';
import { fakeHost } from '../support/fake-host.ts';
import { MailServer } from '../support/mail-server.ts';
import { onPostgres } from '../support/on-postgres.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { type S3Store, startS3Store } from '../support/s3-store.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../support/test-desk.ts';
import {
  addOffice,
  deviceHeaders,
  TEST_PASSWORD,
  type TestOffice,
} from '../support/test-server.ts';

await onPostgres((cluster) => {
  let folder: string;
  let database: TestDatabase;
  let store: S3Store;
  let mailServer: MailServer;
  /** The same data, as a third process has it: for looking, and to make the office. */
  let data: OpenData;
  let office: TestOffice;
  let servers: [Program, Program];
  let start: (name: string) => Promise<Program>;
  let ends: (() => Promise<unknown>)[];

  beforeAll(async () => {
    folder = await makeTempDir();
    database = await cluster.freshDatabase();
    store = await startS3Store();
    mailServer = new MailServer();
    await mailServer.start();
    data = await openData({
      dataFolder: `${folder}/third`,
      databaseUrl: database.url,
      s3: store.config,
    });
    start = async (name) =>
      startProgram('sync-server/main.ts', [], {
        DOCKET_DATA: `${folder}/${name}`,
        DOCKET_PORT: String(await freePort()),
        DOCKET_LOG: 'warn',
        DOCKET_DATABASE_URL: database.url,
        ...store.environment,
        DOCKET_SMTP_URL: mailServer.url,
        DOCKET_MAIL_FROM: 'office@harbour.example',
      });
    servers = await Promise.all([start('one'), start('two')]);
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await data.storage.close();
    await mailServer.stop();
    await store.remove();
    await removeTempDir(folder);
  });
  let offices = 0;
  beforeEach(async () => {
    ends = [];
    offices += 1;
    office = await addOffice(data, `office-${offices}.example`);
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
  });
  /** No warning, no clean-up. The next test has another one. */
  const killFirst = async () => {
    await servers[0].kill();
    ends.push(async () => {
      servers[0] = await start('one');
    });
  };

  /** A desk behind a line that can lead elsewhere. */
  async function deskAt(url: string, { email }: { email: string }) {
    const line: CutProxy = await startCutProxy(url);
    const home = await makeTempDir();
    const desk = await startTestDesk(
      home,
      fakeHost(home, { randomBytes: (count) => randomBytes(count) }),
    );
    ends.push(async () => {
      await desk.core.close();
      await line.close();
      await removeTempDir(home);
    });
    await desk.signIn(line.url, { email, password: TEST_PASSWORD });
    return { desk, line };
  }
  const post = async (desk: TestDesk, text: string, audience: Audience = 'internal') =>
    desk.request('entries.post', {
      jobId: office.job.id,
      entryId: anEntryId(),
      audience,
      text,
      files: [],
      seenVersion: (await data.storage.headVersion(office.workspace.id)) ?? 0,
    });
  const feed = { filters: { kinds: [], authorIds: [], audiences: [], search: '' }, limit: 100 };
  const textsOf = async (desk: TestDesk, isEnough: (texts: readonly string[]) => boolean) => {
    const textsIn = ({ items }: Feed) =>
      items.flatMap(({ entry }) => ('text' in entry && entry.text !== '' ? [entry.text] : []));
    const args = { jobId: office.job.id, ...feed };
    return textsIn(await desk.until('activity.feed', args, (each) => isEnough(textsIn(each))));
  };
  const customer = async () => {
    const who = { workspaceId: office.workspace.id, customerId: office.anna.id };
    const { storage } = data;
    const { sessionToken } = await enterPortal({ storage, now: () => Date.now() }, who);
    return async ({ url }: Program) => {
      const cookie = `docket_portal=${sessionToken}`;
      const answer = await fetch(`${url}/portal/jobs/${office.job.id}`, { headers: { cookie } });
      return { status: answer.status, page: await answer.text() };
    };
  };

  test('[L4] [V1] what is written at one is at the other at once, and what is hidden at one is hidden at the other', async () => {
    const { desk: mara } = await deskAt(servers[0].url, office.mara);
    const { desk: jonas } = await deskAt(servers[1].url, office.jonas);
    const look = await customer();
    await post(mara, 'Your car is ready.', 'visible');
    await textsOf(jonas, (texts) => texts.includes('Your car is ready.'));
    for (const server of servers) expect((await look(server)).page).toContain('Your car is ready.');
    await mara.request('presence.here', {
      windowId: 'a window',
      place: { jobId: office.job.id, isWriting: true },
    });
    await jonas.until('presence', { jobId: office.job.id }, (people) =>
      people.some(({ memberId, isWriting }) => memberId === office.mara.id && isWriting),
    );
    const estimate = office.pipeline.stages[1]!;
    await mara.request('jobs.change-stage', { jobId: office.job.id, toStageId: estimate.id });
    await mara.until('outbox', {}, (waiting) => waiting.length === 0);
    // The desk was told that it is done: from now on nobody may be shown it, whatever was kept where.
    expect((await look(servers[1])).status).toBe(404);
    expect((await look(servers[0])).status).toBe(404);
  });

  test('[P1] [O1] a desk whose server is killed while it pushes goes on at the other, and everything is there once', async () => {
    const { desk: mara, line } = await deskAt(servers[0].url, office.mara);
    const { desk: jonas } = await deskAt(servers[1].url, office.jonas);
    const notes = Array.from({ length: 24 }, (_, index) => `Note ${index}.`);
    const before = (await data.storage.headVersion(office.workspace.id))!;
    const posting = Promise.all(notes.map((text) => post(mara, text)));
    await textsOf(jonas, (texts) => texts.length > 0);
    await killFirst();
    line.leadTo(servers[1].url);
    await posting;
    await post(jonas, 'Written meanwhile.');
    const all = [...notes, 'Written meanwhile.'];
    for (const desk of [mara, jonas]) {
      const texts = await textsOf(desk, (each) => each.length >= all.length);
      expect(texts.toSorted()).toEqual(all.toSorted());
    }
    await mara.until('outbox', {}, (waiting) => waiting.length === 0);
    const { rows } = await data.storage.changesAfter({
      workspaceId: office.workspace.id,
      memberId: office.mara.id,
      afterVersion: before,
      limitRows: 1000,
    });
    const versions = [...new Set(rows.map(({ version }) => version))];
    expect(versions.length).toBeGreaterThanOrEqual(all.length);
    expect((await data.storage.headVersion(office.workspace.id))!).toBe(versions.at(-1));
  });

  test('(F2) [F1] the mail a customer gets of it is one, whichever process sends it', async () => {
    const { desk: mara } = await deskAt(servers[0].url, office.mara);
    await post(mara, 'Your car is ready.', 'visible');
    await mara.until('outbox', {}, (waiting) => waiting.length === 0);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    // The window in which more may join it is over, and everybody hears of it at the same moment.
    const { rowCount } = await client.query(
      "update queued_mail set due_at = '2020-01-01T00:00:00.000Z' where workspace_id = $1",
      [office.workspace.id],
    );
    expect(rowCount).toBe(1);
    const told = JSON.stringify({ from: 'the test', news: { kind: 'mail' } });
    await client.query("select pg_notify('docket', $1)", [told]);
    await expect.poll(() => mailServer.taken.length).toBe(1);
    const queued = () =>
      client
        .query<{ id: string }>('select id from queued_mail where workspace_id = $1', [
          office.workspace.id,
        ])
        .then(({ rows }) => rows);
    await expect.poll(queued).toEqual([]);
    await client.query("select pg_notify('docket', $1)", [told]);
    await client.end();
    expect(mailServer.taken).toHaveLength(1);
  });

  test('[B1, B3] a file that one began to take is ended by the other, and both hand it out', async () => {
    const text = Buffer.from('Two litres of LY7W.\n'.repeat(300_000));
    const blobId = blobIdOf(text);
    const signIn = await fetch(`${servers[0].url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { ...deviceHeaders(), 'content-type': 'application/json' },
      body: JSON.stringify({
        email: office.mara.email,
        password: TEST_PASSWORD,
        clientId: aClientId(),
        deviceName: 'A test',
      }),
    });
    const { token } = (await signIn.json()) as { token: string };
    const tus = { ...deviceHeaders(token), 'tus-resumable': '1.0.0' };
    const part = { ...tus, 'content-type': 'application/offset+octet-stream' };
    const ask = (server: Program, path: string, init: RequestInit) =>
      fetch(`${server.url}${path}`, init);
    const begun = await ask(servers[0], '/api/uploads', {
      method: 'POST',
      headers: {
        ...part,
        'upload-length': String(text.length),
        'upload-metadata': `sha256 ${Buffer.from(blobId).toString('base64')}`,
      },
      body: text.subarray(0, 2_000_000),
    });
    expect([begun.status, begun.headers.get('upload-offset')]).toEqual([201, '2000000']);
    await killFirst();
    const asked = await ask(servers[1], `/api/uploads/${blobId}`, { method: 'HEAD', headers: tus });
    expect(asked.headers.get('upload-offset')).toBe('2000000');
    const ended = await ask(servers[1], `/api/uploads/${blobId}`, {
      method: 'PATCH',
      headers: { ...part, 'upload-offset': '2000000' },
      body: text.subarray(2_000_000),
    });
    expect([ended.status, ended.headers.get('upload-offset')]).toEqual([204, String(text.length)]);
    const range = { ...deviceHeaders(token), range: 'bytes=5-9' };
    const got = await ask(servers[1], `/api/blobs/${blobId}`, { headers: range });
    expect([got.status, await got.text()]).toEqual([206, text.subarray(5, 10).toString()]);
    expect(await data.blobs.sizeOf({ workspaceId: office.workspace.id, blobId })).toBe(text.length);
    // Without a device's token there is nothing, and the store hands out nothing by itself.
    expect(
      (await ask(servers[1], `/api/blobs/${blobId}`, { headers: deviceHeaders() })).status,
    ).toBe(401);
  });
});
