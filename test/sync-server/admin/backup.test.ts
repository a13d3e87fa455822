// A copy of all offices is made while the server runs, and a server is made of the copy. (J4) [L6]

import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { backUp, restore } from '../../../sync-server/admin/data-copy.ts';
import { anEntryId, blobIdOf } from '../../support/builders.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk } from '../../support/test-desk.ts';
import { signInDevice } from '../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

const PHOTO = Buffer.from('the bytes of a photo');
const run = promisify(execFile);

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

const blobFile = ({ office }: TestServer, folder: string, bytes: Buffer) => {
  const blobId = blobIdOf(bytes);
  return join(folder, 'blobs', office.workspace.id, blobId.slice(0, 2), blobId);
};

test('(J4) [L6] [F1] what a desk wrote before and after the backup is on the restored server once, with its files', async () => {
  const server = await aServer();
  const { mara, job } = server.office;
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: mara.email, password: TEST_PASSWORD });
  const post = (text: string) =>
    desk.request('entries.post', {
      jobId: job.id,
      entryId: anEntryId(),
      audience: 'internal',
      text,
      files: [],
      seenVersion: 0,
    });
  const isSent = () =>
    desk.until('sync', {}, ({ waiting, kind }) => waiting === 0 && kind === 'up-to-date');
  await desk.until('jobs.one', { jobId: job.id }, (page) => page !== null);
  await post('Before the backup');
  await isSent();
  const device = await signInDevice(server, { email: mara.email });
  await device.putBlob(blobIdOf(PHOTO), PHOTO);

  const copy = await tempDir();
  const folder = await tempDir();
  const program = async (name: string, ...args: string[]) => {
    const { stdout } = await run(process.execPath, [`sync-server/admin/${name}.ts`, ...args]);
    return JSON.parse(stdout) as unknown;
  };
  expect(await program('backup', '--data', server.config.dataFolder, '--to', copy)).toEqual({
    event: 'backed-up',
    to: copy,
    files: 1,
    copied: 1,
    damaged: [],
  });
  await post('After the backup');
  await isSent();
  desk.host.wire.cut();
  await post('While the server was away');
  await server.stop({ keepFolder: true });

  const restored = join(folder, 'server');
  expect(await program('restore', '--from', copy, '--data', restored)).toMatchObject({
    event: 'restored',
    files: 1,
  });
  expect(await readFile(blobFile(server, restored, PHOTO))).toEqual(PHOTO);
  const again = await startTestServer({ folder, office: server.office, port: server.port });
  onTestFinished(() => again.stop());
  desk.host.wire.restore();
  await desk.request('sync.now', {});
  await isSent();
  const jonas = await signInDevice(again, { email: server.office.jonas.email });
  const texts = (await jonas.pullAll()).changes.flatMap((change) => {
    const record = 'record' in change ? (change.record as { text?: string }) : {};
    return record.text ?? [];
  });
  const ofDesk = ['Before the backup', 'While the server was away'];
  for (const text of ofDesk) expect(texts.filter((each) => each === text)).toHaveLength(1);
});

test('(J4) again into the same folder only what is new is copied, and what was removed goes from it', async () => {
  const server = await aServer();
  const device = await signInDevice(server, { email: server.office.mara.email });
  const more = Buffer.from('another photo');
  await device.putBlob(blobIdOf(PHOTO), PHOTO);
  const copy = await tempDir();
  const { dataFolder } = server.config;
  expect(await backUp(dataFolder, copy)).toMatchObject({ files: 1, copied: 1 });
  await device.putBlob(blobIdOf(more), more);
  expect(await backUp(dataFolder, copy)).toMatchObject({ files: 2, copied: 1 });
  await rm(blobFile(server, dataFolder, PHOTO));
  expect(await backUp(dataFolder, copy)).toMatchObject({ files: 1, copied: 0 });
  await expect(readFile(blobFile(server, copy, PHOTO))).rejects.toThrow('ENOENT');
});

test('(J4) [B1] a file whose bytes are no longer its own is told of and left out', async () => {
  const server = await aServer();
  const device = await signInDevice(server, { email: server.office.mara.email });
  await device.putBlob(blobIdOf(PHOTO), PHOTO);
  await writeFile(blobFile(server, server.config.dataFolder, PHOTO), 'other bytes');
  const copy = await tempDir();
  expect(await backUp(server.config.dataFolder, copy)).toEqual({
    files: 0,
    copied: 0,
    damaged: [blobIdOf(PHOTO)],
  });
});

test('(J4) what was begun and not ended is begun anew, and no server starts on it', async () => {
  const server = await aServer();
  const copy = await tempDir();
  await backUp(server.config.dataFolder, copy);
  await writeFile(join(copy, 'server.sqlite.new'), 'half');
  await backUp(server.config.dataFolder, copy);
  expect((await readdir(copy)).toSorted()).toEqual(['blobs', 'server.sqlite']);
  const folder = await tempDir();
  await writeFile(join(folder, 'server.sqlite.restoring'), 'half');
  await writeFile(join(folder, 'server.sqlite.restoring-wal'), 'half');
  await restore(copy, folder, Date.now());
  expect((await readdir(folder)).toSorted()).toEqual(['blobs', 'server.sqlite']);
});

test('(J4) says why it does nothing, and does nothing', async () => {
  const server = await aServer();
  const [empty, copy] = [await tempDir(), await tempDir()];
  const { dataFolder } = server.config;
  await expect(backUp(empty, copy)).rejects.toThrow(/There is no Docket database in/);
  await expect(restore(empty, copy, Date.now())).rejects.toThrow(/There is no copy of Docket in/);
  await backUp(dataFolder, copy);
  await expect(restore(copy, dataFolder, Date.now())).rejects.toThrow(/holds offices already/);
  await writeFile(join(copy, 'server.sqlite'), 'no database');
  await expect(restore(copy, empty, Date.now())).rejects.toThrow(/damaged or not Docket's/);
  expect(await readdir(empty)).toEqual([]);
  const failed = run(process.execPath, ['sync-server/admin/backup.ts', '--data', dataFolder]);
  await expect(failed).rejects.toThrow('Say where the copy goes: --to FOLDER.');
});
