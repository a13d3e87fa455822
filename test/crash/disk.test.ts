// A disk that is full and a database that is damaged: each ends in a clear sentence, and what was accepted is still there.

import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { startCore } from '../../electron/core/core.ts';
import { AppError } from '../../electron/core/errors.ts';
import { watchDamage } from '../../electron/core/mirror/damage-watch.ts';
import { type Mirror, openMirror } from '../../electron/core/mirror/database.ts';
import { anEntryId } from '../support/builders.ts';
import { type FakeHost, fakeHost } from '../support/fake-host.ts';
import { PRINT_PROGRAM } from '../support/print-program.ts';
import { tempDir } from '../support/temp-dir.ts';
import { RequestFailed, startTestDesk, type TestDesk, TestWindow } from '../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../support/test-server.ts';
import { mirrorFile } from './desk-folder.ts';

const SMALL_DISK_MB = 4;
/** A server’s log grows to four before it is written into the database. */
const SERVER_DISK_MB = 8;
const MOST_NOTES = 20_000;
const NOTES_AT_ONCE = 40;
const LONG_TEXT = 'The part arrives on Monday. '.repeat(100);

test('[F2] a full disk says so, loses nothing accepted and goes on once there is room', async (context) => {
  const server = await aServer();
  const disk = smallDisk(await tempDir());
  if (disk === undefined) {
    context.skip('This machine lets nobody mount a small disk.');
    return;
  }
  const desk = await aDesk(server, join(disk, 'desk'));
  desk.host.wire.cut();
  const accepted: string[] = [];
  const refusal = await writeUntilRefused(desk, server, accepted);
  expect(refusal).toMatchObject({ kind: 'disk-full' });
  expect(refusal?.message).toBe(
    'The disk is full, so this was not saved. Free some space, then try again.',
  );
  expect(accepted.length).toBeGreaterThan(10);
  expect(await idsInLine(desk)).toHaveLength(accepted.length);
  execFileSync('mount', ['-o', `remount,size=${SMALL_DISK_MB * 8}m`, disk]);
  desk.host.wire.restore();
  await desk.request('sync.now', {});
  await desk.until('outbox', {}, (items) => items.length === 0);
  expect(await arrivedOf(server, accepted)).toEqual(accepted.toSorted());
  await note(desk, server);
}, 60_000);

test('[F2] a server whose disk is full says so, and once there is room everything arrives exactly once', async (context) => {
  const disk = smallDisk(await tempDir(), SERVER_DISK_MB);
  if (disk === undefined) {
    context.skip('This machine lets nobody mount a small disk.');
    return;
  }
  const server = await startTestServer({ folder: disk });
  onTestFinished(() => server.stop({ keepFolder: true }));
  const desk = await aDesk(server, await tempDir());
  const accepted: string[] = [];
  let said: string | null = null;
  while (said === null && accepted.length < MOST_NOTES) {
    for (let count = 0; count < NOTES_AT_ONCE; count += 1)
      accepted.push(await note(desk, server, LONG_TEXT));
    const isSettled = await desk.until(
      'sync',
      {},
      ({ trouble, waiting }) => trouble !== null || waiting === 0,
    );
    said = isSettled.trouble;
  }
  expect(said).toBe(
    'The server’s disk is full, so this was not kept. Tell who runs your server; Docket tries again by itself.',
  );
  // What is written meanwhile is on this disk, and waits.
  accepted.push(await note(desk, server, LONG_TEXT));
  execFileSync('mount', ['-o', `remount,size=${SERVER_DISK_MB * 8}m`, disk]);
  await desk.request('sync.now', {});
  await desk.until('outbox', {}, (items) => items.length === 0);
  expect(await arrivedOf(server, accepted)).toEqual(accepted.toSorted());
}, 60_000);

test('[F2] (G4) an export that finds the disk full says so and leaves nothing half made', async (context) => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder, { printProgram: PRINT_PROGRAM });
  const exportsFolder = join(mirrorFile(folder), '..', 'exports');
  await mkdir(exportsFolder);
  if (smallDisk(exportsFolder, '8k') === undefined) {
    context.skip('This machine lets nobody mount a small disk.');
    return;
  }
  const { exportId } = await desk.request('exports.begin', {
    jobId: server.office.job.id,
    copy: 'full',
    format: 'pdf',
    timeZone: 'UTC',
  });
  const state = await desk.until('exports.one', { exportId }, (now) => now?.kind === 'failed');
  expect(state).toMatchObject({
    sentence:
      'The disk is full, so the copy was not made and nothing of it was kept. Free some space, then export the job again.',
  });
  expect(await readdir(exportsFolder)).toEqual([]);
}, 60_000);

test('[F2] [L3] a damaged mirror is replaced by a fresh copy; what waits is saved, and a person is told', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder);
  for (let count = 0; count < 50; count += 1) await note(desk, server, LONG_TEXT);
  await desk.until('outbox', {}, (items) => items.length === 0);
  desk.host.wire.cut();
  const waiting = [await note(desk, server), await note(desk, server)];
  await desk.core.close();
  const again = await reopenDamaged(desk, 'entry');
  const feed = { jobId: server.office.job.id, filters: NO_FILTERS, limit: 200 };
  expect(await firstAnswer(again, feed)).toBe(
    'The local database is damaged; nothing on the server is. Docket saves what waits on this device and fetches the rest again.',
  );
  const { items } = await again.until(
    'activity.feed',
    feed,
    ({ items: shown }) => shown.length === 53 && shown.every(({ state }) => state === 'confirmed'),
  );
  expect(items.slice(-2).map(({ entry }) => entry.id)).toEqual(waiting);
  const { rescue } = await again.until('sync', {}, ({ kind }) => kind === 'up-to-date');
  expect(rescue).toMatchObject({ savedMutations: 2, lostMutations: 0, isReadable: true });
  expect(existsSync(`${mirrorFile(folder)}.damaged-1`)).toBe(true);
  await again.request('sync.rescue-seen', {});
  expect((await again.ask('sync', {})).rescue).toBeNull();
  const log = await again.ask('sync.log', {});
  expect(log).toContainEqual(expect.objectContaining({ event: 'rescued' }));
});

test('[F2] of an outbox that is damaged itself all that can be read is saved, and the rest is counted', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder);
  desk.host.wire.cut();
  for (let count = 0; count < 40; count += 1) await note(desk, server, LONG_TEXT);
  await desk.core.close();
  const again = await reopenDamaged(desk, 'outbox', (pages) => pages.slice(3, 4));
  const { rescue } = await again.until('sync', {}, (sync) => sync.rescue !== null);
  expect(rescue?.isReadable).toBe(true);
  expect(rescue?.lostMutations).toBeGreaterThan(0);
  expect(rescue?.savedMutations).toBe(40 - (rescue?.lostMutations ?? 0));
  expect(rescue?.savedMutations).toBeGreaterThan(30);
  await again.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
  const entries = await server.data.storage.entriesOfJob(
    server.office.workspace.id,
    server.office.job.id,
  );
  expect(entries).toHaveLength(1 + (rescue?.savedMutations ?? 0));
});

test('[F2] a file that is no database any more is set aside, and nobody claims that nothing was lost', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder);
  await desk.core.close();
  const rubbish = Buffer.alloc(8192, 0xff);
  writeFileSync(mirrorFile(folder), rubbish);
  const again = await startAgain(desk);
  const { rescue } = await again.until('sync', {}, ({ kind }) => kind === 'up-to-date');
  expect(rescue).toMatchObject({ savedMutations: 0, isReadable: false });
  expect(readFileSync(`${mirrorFile(folder)}.damaged-1`).equals(rubbish)).toBe(true);
});

test('[F2] a disk that damages the new database as well is said, and not worked on for ever', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder);
  await desk.core.close();
  let opened = 0;
  const core = await startCore(startAgainHost(desk), '', (file) => {
    opened += 1;
    const mirror = openMirror(file);
    const damaged = () => {
      throw new AppError('database-damaged');
    };
    return file.endsWith('.rescuing') ? mirror : { ...tellingAll(mirror), get: damaged };
  });
  onTestFinished(() => core.close());
  const window = new TestWindow();
  core.connect(window.port);
  const session = await window.until('session', {}, ({ kind }) => kind === 'closed');
  expect(session).toMatchObject({ sentence: expect.stringContaining('disk') as string });
  expect(opened).toBeLessThanOrEqual(5);
});

test('[F1] [F2] killed between any two steps of the exchange, the next start finishes it', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder);
  desk.host.wire.cut();
  const waiting = [await note(desk, server)];
  await desk.core.close();
  const file = mirrorFile(folder);
  const whole = readFileSync(file);
  // The new file is complete; of the damaged one the log is aside already, and the file itself not yet.
  writeFileSync(`${file}.rescued`, whole);
  writeFileSync(`${file}.rescuing`, 'begun and left');
  writeFileSync(`${file}.damaged-1-wal`, 'the log of the damaged one');
  writeFileSync(file, Buffer.alloc(8192, 0xff));
  const again = await startAgain(desk);
  again.host.wire.cut();
  expect(await idsInLine(again)).toEqual(waiting);
  expect(existsSync(`${file}.rescued`)).toBe(false);
  expect(existsSync(`${file}.damaged-1`)).toBe(true);
});

const startAgainHost = (desk: TestDesk) =>
  fakeHost(desk.host.dataFolder, { secrets: desk.host.secrets });

async function startAgain(desk: TestDesk): Promise<TestDesk> {
  const again = await startTestDesk(desk.host.dataFolder, startAgainHost(desk));
  onTestFinished(() => again.core.close());
  return again;
}

function reopenDamaged(
  desk: TestDesk,
  table: string,
  which: (pages: number[]) => number[] = (pages) => pages,
): Promise<TestDesk> {
  damage(mirrorFile(desk.host.dataFolder), table, which);
  return startAgain(desk);
}

/** A mirror's methods, so that some of them can be replaced. */
function tellingAll(mirror: Mirror): Mirror {
  return watchDamage(mirror, () => undefined);
}

const NO_FILTERS = { kinds: [], authorIds: [], audiences: [], search: '' };

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(
  server: TestServer,
  folder: string,
  overrides: Partial<FakeHost> = {},
): Promise<TestDesk> {
  await mkdir(folder, { recursive: true });
  const desk = await startTestDesk(folder, fakeHost(folder, overrides));
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return desk;
}

/** Which of these entries the server has, as often as it has them. */
async function arrivedOf({ data, office }: TestServer, ids: readonly string[]): Promise<string[]> {
  const entries = await data.storage.entriesOfJob(office.workspace.id, office.job.id);
  const arrived = entries.map(({ record }) => record.id as string);
  return arrived.filter((id) => ids.includes(id)).toSorted();
}

/** A file system of a few megabytes; undefined where it may not be mounted. */
function smallDisk(folder: string, size: number | string = SMALL_DISK_MB): string | undefined {
  try {
    execFileSync(
      'mount',
      [
        '-t',
        'tmpfs',
        '-o',
        `size=${typeof size === 'number' ? `${size}m` : size}`,
        'tmpfs',
        folder,
      ],
      {
        stdio: 'ignore',
      },
    );
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

async function note(desk: TestDesk, { office }: TestServer, text = 'A note'): Promise<string> {
  const entryId = anEntryId();
  const post = { entryId, jobId: office.job.id, audience: 'internal', text, files: [] } as const;
  await desk.request('entries.post', { ...post, seenVersion: 0 });
  return entryId;
}

async function writeUntilRefused(
  desk: TestDesk,
  server: TestServer,
  accepted: string[],
): Promise<RequestFailed | undefined> {
  for (let count = 0; count < MOST_NOTES; count += 1)
    try {
      accepted.push(await note(desk, server, LONG_TEXT));
    } catch (error) {
      if (error instanceof RequestFailed) return error;
      throw error;
    }
  return undefined;
}

/** The entries that wait, read as the window reads them: in the order they were written. */
async function idsInLine(desk: TestDesk): Promise<string[]> {
  const { dataFolder } = desk.host;
  const database = new BetterSqlite(mirrorFile(dataFolder), { readonly: true });
  const ids = database
    .prepare<[], string>(
      `SELECT args ->> '$.entryId' FROM outbox WHERE state = 'pending' ORDER BY seq`,
    )
    .pluck()
    .all();
  database.close();
  expect(await desk.ask('outbox', {})).toHaveLength(ids.length);
  return ids;
}

/** Overwrites every leaf of a table; what is in other tables stays whole. */
function damage(file: string, table: string, which: (pages: number[]) => number[]): void {
  const database = new BetterSqlite(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const pageSize = database.pragma('page_size', { simple: true }) as number;
  const pages = database
    .prepare<[string], number>(
      `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno`,
    )
    .pluck()
    .all(table);
  database.close();
  const handle = openSync(file, 'r+');
  for (const page of which(pages))
    writeSync(handle, Buffer.alloc(pageSize, 0xff), 0, pageSize, (page - 1) * pageSize);
  closeSync(handle);
}

function firstAnswer(desk: TestDesk, feed: object): Promise<string> {
  return new Promise((resolve) => {
    desk.core.connect({
      post: (message) => resolve(message.kind === 'failed' ? message.sentence : 'an answer'),
      onMessage: (listener) =>
        listener({ kind: 'watch', id: 1, name: 'activity.feed', args: feed }),
      onClose: () => undefined,
    });
  });
}
