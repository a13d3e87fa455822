// A device that somebody else signed out: what is the office's goes, what its owner had not sent stays and arrives once. (J1)

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../../electron/core/errors.ts';
import { openMirror } from '../../../electron/core/mirror/database.ts';
import { aClientId, anEntryId } from '../../support/builders.ts';
import { type FakeHost, fakeHost } from '../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { signInDevice, type TestDevice } from '../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' };
const THEIRS = 'Wrote the colleague of the Kestrel';
const THEIR_BYTES = 'Appendix of the Kestrel file.';
const UNSENT = 'Not sent from the Heron';
const UNSENT_BYTES = 'Photo of the Heron.';
const DRAFT_BYTES = 'Draft about the Plover.';

interface Desk {
  readonly desk: TestDesk;
  readonly folder: string;
  readonly host: FakeHost;
}

async function anOffice(): Promise<{ server: TestServer; admin: TestDevice }> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return { server, admin: await signInDevice(server, { clientId: aClientId() }) };
}

async function aDesk(server: TestServer, who: 'mara' | 'jonas', disk = openMirror): Promise<Desk> {
  const folder = await tempDir();
  const host = fakeHost(folder);
  const desk = await startTestDesk(folder, host, disk);
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, signInOf(server, who));
  return { desk, folder, host };
}

const signInOf = ({ office }: TestServer, who: 'mara' | 'jonas') => ({
  email: office[who].email,
  password: TEST_PASSWORD,
});

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

async function addFile(desk: TestDesk, name: string, bytes: string) {
  const file = await desk.core.addFile(name, bytesOf(bytes));
  if (file.kind !== 'added') throw new Error(file.sentence);
  return { blobId: file.blobId, name: file.name, audience: 'internal' as const };
}

async function post(desk: TestDesk, server: TestServer, text: string, bytes?: string) {
  const files = bytes === undefined ? [] : [await addFile(desk, 'file.txt', bytes)];
  const { id: jobId } = server.office.job;
  const what = { jobId, audience: 'internal', text, files, seenVersion: 0 } as const;
  await desk.request('entries.post', { ...what, entryId: anEntryId() });
}

const feedOf = (desk: TestDesk, server: TestServer, isEnough: (texts: string[]) => boolean) =>
  desk.until(
    'activity.feed',
    { jobId: server.office.job.id, filters: noFilters, limit: 100 },
    ({ items }) =>
      isEnough(items.flatMap(({ entry }) => (entry.kind === 'reply' ? entry.text : []))),
  );
const isSettled = (desk: TestDesk) =>
  desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const hits: string[] = [];
  for (const file of found.filter((each) => each.isFile())) {
    // Half a file is cleared away whenever the desk comes to it.
    const bytes = await readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes(text)) hits.push(file.name);
  }
  return hits;
}

const officeFolder = (
  { folder }: Pick<Desk, 'folder'>,
  { office }: TestServer,
  who = office.jonas,
) => join(folder, 'offices', `${office.workspace.id}-${who.id}`);

const clientIdOf = ({ folder }: Desk): string =>
  (JSON.parse(readFileSync(join(folder, 'device.json'), 'utf8')) as { clientId: string }).clientId;

async function signOut(server: TestServer, admin: TestDevice, desk: Desk): Promise<void> {
  const url = `/api/members/${server.office.jonas.id}/devices/${clientIdOf(desk)}/sign-out`;
  const answer = await server.app.inject({ method: 'POST', url, headers: admin.headers });
  expect(answer.statusCode).toBe(204);
}

/** What a colleague wrote and sent is read here, and then what is written offline is not sent. */
async function aFullDesk(server: TestServer, disk = openMirror): Promise<Desk> {
  const mara = await aDesk(server, 'mara');
  await post(mara.desk, server, THEIRS, THEIR_BYTES);
  await isSettled(mara.desk);
  const jonas = await aDesk(server, 'jonas', disk);
  const feed = await feedOf(jonas.desk, server, (texts) => texts.includes(THEIRS));
  const file = feed.items.flatMap(({ attachments }) => attachments)[0];
  const opened = await jonas.desk.core.openAttachment(file?.id ?? '');
  opened.bytes.resume();
  await expect.poll(() => filesWith(jonas.folder, THEIR_BYTES)).not.toEqual([]);
  const own = officeFolder(jonas, server);
  await mkdir(join(own, 'opened', 'one'), { recursive: true });
  await mkdir(join(own, 'dragged', 'two'), { recursive: true });
  for (const copy of [
    'docket.sqlite.before-v3',
    'docket.sqlite.damaged-1',
    'opened/one/letter.txt',
    'dragged/two/letter.txt',
    'blobs/arriving/half',
  ])
    await writeFile(join(own, copy), THEIR_BYTES);
  jonas.host.wire.cut();
  await post(jonas.desk, server, UNSENT, UNSENT_BYTES);
  return jonas;
}

async function expectWiped(jonas: Desk, server: TestServer): Promise<void> {
  const own = officeFolder(jonas, server);
  const { anna, bela, job, hiddenJob, mara, pipeline } = server.office;
  for (const word of [
    ...[THEIRS, THEIR_BYTES, anna.name, bela.name, job.title, hiddenJob.title, mara.email],
    ...pipeline.stages.map(({ name }) => name),
  ])
    expect([word, await filesWith(own, word)]).toEqual([word, []]);
  const left = (await readdir(own)).toSorted();
  expect(left).toEqual(['blobs', 'docket.sqlite', 'signed-out.json']);
  expect(await filesWith(own, UNSENT)).not.toEqual([]);
  expect(await filesWith(own, UNSENT_BYTES)).not.toEqual([]);
}

const untilEnded = ({ desk }: Desk) =>
  desk.until('session', {}, (session) => session.kind === 'ended' && session.unsent !== null);

test('(J1) [F5] at its next contact a device that an admin signed out keeps nothing but what was not sent, which arrives once after signing in again', async () => {
  const { server, admin } = await anOffice();
  const jonas = await aFullDesk(server);
  const draft = await addFile(jonas.desk, 'draft.txt', DRAFT_BYTES);
  await signOut(server, admin, jonas);
  expect(await filesWith(jonas.folder, THEIRS)).not.toEqual([]);
  jonas.host.wire.restore();
  expect(await untilEnded(jonas)).toEqual({
    kind: 'ended',
    by: 'admin',
    officeName: server.office.workspace.name,
    email: server.office.jonas.email,
    serverUrl: server.url,
    unsent: 1,
    problem: null,
  });
  await expectWiped(jonas, server);
  expect(await jonas.host.secrets.read(`token-${server.office.jonas.id}`)).toBeUndefined();
  await expect(jonas.desk.request('sync.now', {})).rejects.toThrow('signed out');

  await jonas.desk.signIn(server.url, signInOf(server, 'jonas'));
  await isSettled(jonas.desk);
  const feed = await feedOf(jonas.desk, server, (texts) => texts.includes(UNSENT));
  const texts = feed.items.flatMap(({ entry }) => (entry.kind === 'reply' ? [entry.text] : []));
  expect(texts.toSorted()).toEqual([UNSENT, THEIRS].toSorted());
  expect(await jonas.desk.ask('session', {})).toMatchObject({ kind: 'signed-in' });
  // A draft’s file was kept as well, and can be posted.
  const { id: jobId } = server.office.job;
  const what = {
    jobId,
    audience: 'internal',
    text: 'Late',
    files: [draft],
    seenVersion: 0,
  } as const;
  await jonas.desk.request('entries.post', { ...what, entryId: anEntryId() });
  await isSettled(jonas.desk);
  const other = await aDesk(server, 'mara');
  const seen = await feedOf(other.desk, server, (all) => all.includes('Late'));
  const names = seen.items.flatMap(({ attachments }) => attachments.map(({ name }) => name));
  expect(names.toSorted()).toEqual(['draft.txt', 'file.txt', 'file.txt']);
});

test('(J1) [P3] what the server refused and a person has not decided about stays parked, with its reason', async () => {
  const { server, admin } = await anOffice();
  const mara = await aDesk(server, 'mara');
  const jonas = await aDesk(server, 'jonas');
  const { job, pipeline } = server.office;
  const change = (desk: TestDesk, index: number) =>
    desk.request('jobs.change-stage', { jobId: job.id, toStageId: pipeline.stages[index]!.id });
  jonas.host.wire.cut();
  await change(jonas.desk, 1);
  await change(mara.desk, 2);
  await isSettled(mara.desk);
  jonas.host.wire.restore();
  const [parked] = await jonas.desk.until(
    'outbox',
    {},
    (items) => items[0]?.state.kind === 'conflicted',
  );
  await signOut(server, admin, jonas);
  await jonas.desk.request('sync.now', {});
  expect(await untilEnded(jonas)).toMatchObject({ unsent: 1 });
  await jonas.desk.request('session.sign-in', {
    serverUrl: server.url,
    ...signInOf(server, 'jonas'),
  });
  const [kept] = await jonas.desk.until('outbox', {}, (items) => items[0]?.title === parked?.title);
  expect(kept?.state).toEqual(parked?.state);
});

test('(J1) a member who was removed, and one whose password was changed elsewhere, hear how it was', async () => {
  const { server, admin } = await anOffice();
  const { jonas: member } = server.office;
  const jonas = await aDesk(server, 'jonas');
  const other = await aDesk(server, 'jonas');
  const password = 'tide-lamp-corner-moss';
  await server.app.inject({
    method: 'POST',
    url: '/api/password',
    headers: {
      'docket-protocol': '2',
      authorization: `Bearer ${await jonas.host.secrets.read(`token-${member.id}`)}`,
    },
    payload: { oldPassword: TEST_PASSWORD, newPassword: password, signOutOthers: true },
  });
  await other.desk.request('sync.now', {});
  expect(await untilEnded(other)).toMatchObject({ by: 'password', unsent: 0 });
  expect(await jonas.desk.ask('session', {})).toMatchObject({ kind: 'signed-in' });
  await server.app.inject({
    method: 'POST',
    url: `/api/members/${member.id}/remove`,
    headers: admin.headers,
    payload: { assignTo: null },
  });
  // The removal is news to every device: nobody has to ask.
  expect(await untilEnded(jonas)).toMatchObject({ by: 'removal' });
});

test('(J1) [F4] what merely ran out keeps all it has', async () => {
  let nowMs = Date.now();
  const server = await startTestServer({ now: () => nowMs });
  onTestFinished(() => server.stop());
  const jonas = await aDesk(server, 'jonas');
  nowMs += 366 * 24 * 60 * 60 * 1000;
  await jonas.desk.request('sync.now', {});
  await jonas.desk.until('session', {}, ({ kind }) => kind === 'expired');
  expect(await filesWith(jonas.folder, server.office.job.title)).not.toEqual([]);
});

test('(J1) one member’s sign-out leaves another one’s copy on the same device alone', async () => {
  const { server, admin } = await anOffice();
  const desk = await aDesk(server, 'mara');
  await desk.desk.request('session.sign-out', {});
  await desk.desk.signIn(server.url, signInOf(server, 'jonas'));
  await signOut(server, admin, desk);
  await desk.desk.request('sync.now', {});
  await untilEnded(desk);
  const { mara, jonas, job } = server.office;
  expect(await filesWith(officeFolder(desk, server, jonas), job.title)).toEqual([]);
  expect(await filesWith(officeFolder(desk, server, mara), job.title)).not.toEqual([]);
  await desk.desk.signIn(server.url, signInOf(server, 'mara'));
  expect(await desk.desk.ask('session', {})).toMatchObject({ kind: 'signed-in' });
});

/** Each what a program that was killed in the middle of it leaves behind. */
const KILLED: Readonly<Record<string, (own: string) => void>> = {
  'right after it was noted': () => undefined,
  'while the new file was written': (own) => {
    writeFileSync(join(own, 'docket.sqlite.keeping'), 'half a database');
  },
  'before the old file went': (own) => {
    moveToKept(own);
  },
  'while the old file was written over': (own) => {
    moveToKept(own);
    const old = readFileSync(join(own, 'docket.sqlite'));
    writeFileSync(join(own, 'docket.sqlite'), old.fill(0, 0, 4096));
  },
  'between the old file and the new one': (own) => {
    moveToKept(own);
    for (const part of ['', '-wal', '-shm'])
      rmSync(join(own, `docket.sqlite${part}`), { force: true });
  },
};

/** As the finished run of another copy has it. */
function moveToKept(own: string): void {
  cpSync(join(own, '..', '..', 'kept.sqlite'), join(own, 'docket.sqlite.kept'));
}

test.each(Object.keys(KILLED))(
  '(J1) [F1] [F5] killed %s, it is wiped before a window shows anything',
  async (moment) => {
    const { server, admin } = await anOffice();
    const jonas = await aFullDesk(server);
    await signOut(server, admin, jonas);
    // As a crash leaves it: what was written last stands in the log alone.
    const before = await tempDir();
    cpSync(jonas.folder, before, { recursive: true });
    await jonas.desk.core.close();
    const finished = await startTestDesk(
      jonas.folder,
      fakeHost(jonas.folder, { secrets: jonas.host.secrets }),
    );
    onTestFinished(() => finished.core.close());
    await untilEnded({ ...jonas, desk: finished });
    const own = officeFolder({ folder: before }, server);
    cpSync(join(officeFolder(jonas, server), 'docket.sqlite'), join(before, 'kept.sqlite'));
    const noted = readFileSync(join(officeFolder(jonas, server), 'signed-out.json'), 'utf8');
    const unfinished = { ...(JSON.parse(noted) as object), unsent: null };
    writeFileSync(join(own, 'signed-out.json'), JSON.stringify(unfinished));
    KILLED[moment]?.(own);

    const host = fakeHost(before, { secrets: jonas.host.secrets });
    host.wire.cut();
    const started = await startTestDesk(before, host);
    onTestFinished(() => started.core.close());
    await expectWiped({ folder: before, desk: started, host }, server);
    expect(existsSync(join(own, 'docket.sqlite.kept'))).toBe(false);
    expect(await started.ask('session', {})).toMatchObject({ kind: 'ended', unsent: 1 });
    host.wire.restore();
    await started.signIn(server.url, signInOf(server, 'jonas'));
    await isSettled(started);
    const feed = await feedOf(started, server, (texts) => texts.includes(UNSENT));
    expect(feed.items.filter(({ entry }) => entry.kind === 'reply')).toHaveLength(2);
  },
);

/** A disk without room for the file that what is unsent would go into. */
const fullDisk = (file: string) => {
  if (file.endsWith('.keeping')) throw new AppError('disk-full');
  return openMirror(file);
};

test('(J1) [F2] where a full disk is in the way it is said, and done at the next start', async () => {
  const { server, admin } = await anOffice();
  const full = await aFullDesk(server, fullDisk);
  await signOut(server, admin, full);
  full.host.wire.restore();
  const ended = await full.desk.until(
    'session',
    {},
    (session) => session.kind === 'ended' && session.problem !== null,
  );
  expect(ended).toMatchObject({ unsent: null, problem: expect.stringContaining('disk is full') });
  expect(await full.host.secrets.read(`token-${server.office.jonas.id}`)).toBeUndefined();
  await full.desk.core.close();
  const host = fakeHost(full.folder, { secrets: full.host.secrets });
  host.wire.cut();
  const started = await startTestDesk(full.folder, host);
  onTestFinished(() => started.core.close());
  await expectWiped(full, server);
  expect(await started.ask('session', {})).toMatchObject({ unsent: 1, problem: null });
});

test('(J1) whoever signs in again before all could be removed goes on with what there is', async () => {
  const { server, admin } = await anOffice();
  const full = await aFullDesk(server, fullDisk);
  await signOut(server, admin, full);
  full.host.wire.restore();
  await full.desk.until(
    'session',
    {},
    (session) => session.kind === 'ended' && session.problem !== null,
  );
  await full.desk.signIn(server.url, signInOf(server, 'jonas'));
  await isSettled(full.desk);
  const feed = await feedOf(full.desk, server, (texts) => texts.includes(UNSENT));
  expect(feed.items.filter(({ entry }) => entry.kind === 'reply')).toHaveLength(2);
  expect(await full.desk.ask('session', {})).toMatchObject({ kind: 'signed-in' });
});

test('(J1) [F1] killed before it forgot its token, a device that was wiped does not go on with it', async () => {
  const { server, admin } = await anOffice();
  const jonas = await aFullDesk(server);
  const name = `token-${server.office.jonas.id}`;
  const token = (await jonas.host.secrets.read(name)) ?? '';
  await signOut(server, admin, jonas);
  jonas.host.wire.restore();
  await untilEnded(jonas);
  await jonas.desk.core.close();
  await jonas.host.secrets.write(name, token);
  const again = await startTestDesk(
    jonas.folder,
    fakeHost(jonas.folder, { secrets: jonas.host.secrets }),
  );
  onTestFinished(() => again.core.close());
  expect(await again.ask('session', {})).toMatchObject({ kind: 'ended', by: 'admin', unsent: 1 });
  expect(await jonas.host.secrets.read(name)).toBeUndefined();
});
