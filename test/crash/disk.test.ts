// A disk that is full and a database that is damaged: each ends in a clear sentence, and what was accepted is still there.

import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { anEntryId } from '../support/builders.ts';
import { fakeHost } from '../support/fake-host.ts';
import { tempDir } from '../support/temp-dir.ts';
import { RequestFailed, startTestDesk, type TestDesk } from '../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../support/test-server.ts';
import { mirrorFile } from './desk-folder.ts';

const SMALL_DISK_MB = 4;
const MOST_NOTES = 20_000;
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
  const { storage } = server.data;
  const entries = await storage.entriesOfJob(server.office.workspace.id, server.office.job.id);
  const arrived = entries.map(({ record }) => record.id as string);
  expect(arrived.filter((id) => accepted.includes(id)).toSorted()).toEqual(accepted.toSorted());
  await note(desk, server);
}, 60_000);

test('[F2] a damaged page of the mirror says so, and what waits is still in line', async () => {
  const server = await aServer();
  const folder = await tempDir();
  const desk = await aDesk(server, folder);
  for (let count = 0; count < 50; count += 1) await note(desk, server, LONG_TEXT);
  await desk.until('outbox', {}, (items) => items.length === 0);
  desk.host.wire.cut();
  const waiting = [await note(desk, server), await note(desk, server)];
  await desk.core.close();
  damage(mirrorFile(folder), 'entry');

  const again = await startTestDesk(folder, fakeHost(folder, { secrets: desk.host.secrets }));
  onTestFinished(() => again.core.close());
  const feed = { jobId: server.office.job.id, filters: NO_FILTERS, limit: 200 };
  const shown = await firstAnswer(again, feed);
  expect(shown).toBe(
    'The local database is damaged; nothing on the server is. Copy what stands under Waiting to send, then ask who runs your server.',
  );
  expect(await idsInLine(again)).toEqual(waiting);
});

const NO_FILTERS = { kinds: [], authorIds: [], audiences: [], search: '' };

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, folder: string): Promise<TestDesk> {
  await mkdir(folder, { recursive: true });
  const desk = await startTestDesk(folder);
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return desk;
}

/** A file system of a few megabytes; undefined where it may not be mounted. */
function smallDisk(folder: string): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
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
function damage(file: string, table: string): void {
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
  for (const page of pages)
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
