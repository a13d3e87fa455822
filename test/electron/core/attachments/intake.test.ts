// Files on their way in, on disks and under names that go wrong. The disk's refusals are put in where files are opened.

import { execFileSync } from 'node:child_process';
import type * as Files from 'node:fs/promises';
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { addFile } from '../../../../electron/core/attachments/add-file.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { findBlob } from '../../../../electron/core/attachments/blobs.ts';
import { findFile, putFile } from '../../../../electron/core/attachments/inbox-rows.ts';
import { takeFromDisk } from '../../../../electron/core/attachments/take-from-disk.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { BUILT_AT, nextId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { startTestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** What the disk does wrong next: which files it is about, at which step, and the system's word for it. */
interface Fault {
  readonly isAbout: (path: string, flags: unknown) => boolean;
  readonly at: 'open' | 'writeFile' | 'sync';
  readonly code: string;
}

const disk = vi.hoisted(() => ({ faults: [] as Fault[] }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof Files>();
  const open: typeof real.open = async (path, flags, mode) => {
    const index = disk.faults.findIndex(({ isAbout }) => isAbout(String(path), flags));
    const [fault] = index < 0 ? [] : disk.faults.splice(index, 1);
    const refuse = () =>
      Promise.reject(Object.assign(new Error(fault?.code), { code: fault?.code, syscall: 'x' }));
    if (fault?.at === 'open') return refuse();
    const file = await real.open(path, flags, mode);
    if (fault !== undefined) file[fault.at] = refuse;
    return file;
  };
  return { ...real, open };
});

const isIncoming = (path: string) => path.includes('/incoming/');
const FULL = 'The disk is full, so this was not saved. Free some space, then try again.';

beforeEach(() => {
  disk.faults.length = 0;
});

async function aDoor() {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  const parts = { mirror, blobs, now: () => BUILT_AT };
  return { parts, folder, files: () => filesIn(join(folder, 'blobs')) };
}

async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map(({ name }) => name);
}

async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

const sentenceOf = (result: Awaited<ReturnType<typeof addFile>>) =>
  result.kind === 'refused' ? result.sentence : result.kind;

describe('[F2] (D2) a disk that is full while a file is taken in', () => {
  test.each(['open', 'writeFile', 'sync'] as const)(
    'says so at its “%s”, nothing half stays, and the next file is taken',
    async (at) => {
      const { parts, files } = await aDoor();
      await addFile(parts, 'before.txt', bytesOf('Before'));
      disk.faults.push({ isAbout: isIncoming, at, code: 'ENOSPC' });
      await expect(addFile(parts, 'scan.txt', bytesOf('A scan'))).rejects.toMatchObject({
        kind: 'disk-full',
        message: FULL,
      });
      expect(await files()).toHaveLength(1);
      expect(await addFile(parts, 'scan.txt', bytesOf('A scan'))).toMatchObject({ kind: 'added' });
      expect(await files()).toHaveLength(2);
    },
  );

  test('keeps no bytes the database had no room to note; bytes it knows already stay', async () => {
    const { parts, files } = await aDoor();
    const known = await addFile(parts, 'before.txt', bytesOf('Before'));
    const noRoom = () => {
      throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    };
    const { transact } = parts.mirror;
    parts.mirror.transact = noRoom;
    await expect(addFile(parts, 'scan.txt', bytesOf('A scan'))).rejects.toThrow('full');
    await expect(addFile(parts, 'again.txt', bytesOf('Before'))).rejects.toThrow('full');
    parts.mirror.transact = transact;
    expect(await files()).toEqual([known.kind === 'added' ? known.blobId : '']);
    expect(findBlob(parts.mirror, (await files())[0] ?? '')).toBeDefined();
  });

  test('keeps one file of the Inbox out, by name; it stays there, and the others are taken', async () => {
    const { desk, files, ids, scans } = await anInbox(['a.txt', 'b.txt', 'c.txt', 'd.txt']);
    let opened = 0;
    // Once written, what came in is opened again to see what it is.
    const isSecond = (path: string, flags: unknown) =>
      isIncoming(path) && flags === 'wx' && (opened += 1) === 2;
    disk.faults.push({ isAbout: isSecond, at: 'writeFile', code: 'ENOSPC' });
    const isThird = (path: string) => path === join(scans, 'c.txt');
    disk.faults.push({ isAbout: isThird, at: 'open', code: 'EIO' });
    const { results } = await desk.request('inbox.take', { fileIds: ids });
    expect(results.map(sentenceOf)).toEqual([
      'added',
      `“b.txt” was not added. ${FULL}`,
      '“c.txt” could not be read, so it was not added.',
      'added',
    ]);
    const left = await desk.until('inbox', {}, ({ count }) => count === 2);
    expect(left.files.map(({ name }) => name).toSorted()).toEqual(['b.txt', 'c.txt']);
    expect(await files()).toHaveLength(2);
    const again = await desk.request('inbox.take', { fileIds: ids.slice(1, 3) });
    expect(again.results.map(sentenceOf)).toEqual(['added', 'added']);
  });

  test('keeps in the Inbox whatever it had no room to note as taken, and says so of each', async () => {
    const { desk, mirror, ids } = await anInbox(['a.txt', 'b.txt', 'c.txt']);
    const { transact } = mirror;
    let isFull = false;
    mirror.transact = (work, durable) => {
      if (isFull) throw new AppError('disk-full');
      const done = transact.call(mirror, work, durable) as ReturnType<typeof work>;
      isFull = mirror.all('SELECT id FROM blob').length === 2;
      return done;
    };
    const { results } = await desk.request('inbox.take', { fileIds: ids });
    mirror.transact = transact;
    expect(results.map(sentenceOf)).toEqual(
      ['a.txt', 'b.txt', 'c.txt'].map((name) => `“${name}” was not added. ${FULL}`),
    );
    expect((await desk.ask('inbox', {})).count).toBe(3);
    const again = await desk.request('inbox.take', { fileIds: ids });
    expect(again.results.map(sentenceOf)).toEqual(['added', 'added', 'added']);
    expect((await desk.ask('inbox', {})).count).toBe(0);
  });
});

/** A desk whose watched folder holds these, each with content of its own; `ids` in the order given. */
async function anInbox(names: readonly string[]) {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const folder = await tempDir();
  const scans = join(folder, 'Scans');
  await mkdir(scans);
  const mirrors: Mirror[] = [];
  const host = fakeHost(folder, { homeFolder: folder });
  const desk = await startTestDesk(folder, host, (file) => {
    const mirror = openMirror(file);
    mirrors.push(mirror);
    return mirror;
  });
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  const [mirror] = mirrors;
  if (mirror === undefined) throw new Error('no office is open');
  await desk.request('watched-folders.add', { path: '~/Scans' });
  for (const name of names) await writeFile(join(scans, name), `Scan ${name}`);
  const shown = await desk.until('inbox', {}, ({ count }) => count === names.length);
  const ids = names.map((name) => shown.files.find((file) => file.name === name)?.fileId ?? '');
  const files = async () => (await filesIn(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  return { desk, mirror, scans, ids, files };
}

test('(D10) what is written again while the others are taken stays in the Inbox', async () => {
  const { desk, mirror, scans, ids } = await anInbox(['a.txt', 'b.txt']);
  const first = findFile(mirror, ids[0] ?? '');
  if (first === undefined) throw new Error('a.txt is not there');
  const writeAgain = (path: string) => {
    const written = { ...first, sizeBytes: first.sizeBytes + 1 };
    if (path === join(scans, 'b.txt')) mirror.transact((writable) => putFile(writable, written));
    return false;
  };
  disk.faults.push({ isAbout: writeAgain, at: 'open', code: '' });
  const { results } = await desk.request('inbox.take', { fileIds: ids });
  expect(results.map(sentenceOf)).toEqual(['added', 'added']);
  expect((await desk.ask('inbox', {})).files.map(({ name }) => name)).toEqual(['a.txt']);
});

describe('(D2, D10) what lies on the disk and is no file to take', () => {
  test('a link is not followed, also where the file stood when it was seen', async () => {
    const { parts, folder, files } = await aDoor();
    await writeFile(join(folder, 'secret.txt'), 'Of another folder');
    await symlink(join(folder, 'secret.txt'), join(folder, 'scan.txt'));
    expect(sentenceOf(await takeFromDisk(parts, join(folder, 'scan.txt')))).toBe(
      '“scan.txt” is a link to another place. Add the file it points at instead.',
    );
    expect(await files()).toEqual([]);

    const { desk, scans, ids } = await anInbox(['bill.txt']);
    await rename(join(scans, 'bill.txt'), join(scans, '../bill.txt'));
    await symlink(join(scans, '../bill.txt'), join(scans, 'bill.txt'));
    const { results } = await desk.request('inbox.take', { fileIds: ids });
    expect(results.map(({ kind }) => kind)).toEqual(['refused']);
  });

  test('a pipe nobody writes into is refused at once, a folder and a socket too', async () => {
    const { parts, folder, files } = await aDoor();
    execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
    await mkdir(join(folder, 'folder.txt'));
    const socket = createServer().listen(join(folder, 'socket.txt'));
    onTestFinished(() => void socket.close());
    for (const name of ['pipe.txt', 'folder.txt', 'socket.txt'])
      expect(sentenceOf(await takeFromDisk(parts, join(folder, name)))).toBe(
        `“${name}” is not a plain file, so it was not added.`,
      );
    expect(await files()).toEqual([]);
  });

  test.each([
    ['EACCES', 'Docket may not read “scan.txt”. Change the file’s permissions, then add it again.'],
    ['EPERM', 'Docket may not read “scan.txt”. Change the file’s permissions, then add it again.'],
    ['EBUSY', '“scan.txt” is locked by another program. Close it there, then add it again.'],
    ['EIO', '“scan.txt” could not be read, so it was not added.'],
  ])('a file the system does not open (%s) is told why', async (code, sentence) => {
    const { parts, folder, files } = await aDoor();
    await writeFile(join(folder, 'scan.txt'), 'A scan');
    disk.faults.push({ isAbout: (path) => path.endsWith('scan.txt'), at: 'open', code });
    expect(sentenceOf(await takeFromDisk(parts, join(folder, 'scan.txt')))).toBe(sentence);
    expect(await files()).toEqual([]);
  });

  test('a file that vanished, or whose folder became a file, is told so', async () => {
    const { parts, folder } = await aDoor();
    await writeFile(join(folder, 'scan.txt'), 'A scan');
    await rm(join(folder, 'scan.txt'));
    const gone = '“scan.txt” is no longer where it was. Look for it, then add it again.';
    expect(sentenceOf(await takeFromDisk(parts, join(folder, 'scan.txt')))).toBe(gone);
    await writeFile(join(folder, 'Scans'), 'No folder any more');
    expect(sentenceOf(await takeFromDisk(parts, join(folder, 'Scans/scan.txt')))).toBe(gone);
  });
});

describe('(D2) names that trick', () => {
  test.each([
    ['emoji', '🚗💥 Schaden.txt', '🚗💥 Schaden.txt'],
    ['right-to-left marks', 'left-\u202Etxt.exe', 'left-txt.exe'],
    ['isolates', '\u2066plan\u2069.txt', 'plan.txt'],
    ['words that are written right to left', 'תוכנית.txt', 'תוכנית.txt'],
    ['300 characters', `${'n'.repeat(296)}.txt`, `${'n'.repeat(195)}….txt`],
    ['a device of Windows', 'CON.txt', 'CON.txt'],
    ['a path up', '../../etc/passwd', 'passwd'],
    ['a path of Windows', 'C:\\Windows\\system32\\a.txt', 'a.txt'],
    ['a path that ends in nothing', 'folder/', 'Unnamed file'],
    ['a null byte', 'a.txt\u0000.exe', 'a.txt.exe'],
    ['half a character', 'plan\uD83D.txt', 'plan\uFFFD.txt'],
  ])(
    '%s: it is added under a name a person can read, and its bytes lie under their hash',
    async (_what, given, shown) => {
      const { parts, files } = await aDoor();
      const result = await addFile(parts, given, bytesOf('content'));
      expect(result).toMatchObject({ kind: 'added', name: shown });
      expect(await files()).toEqual([result.kind === 'added' ? result.blobId : '']);
    },
  );
});
