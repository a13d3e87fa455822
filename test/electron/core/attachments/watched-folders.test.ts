// Real folders and the real watcher; only waits are shortened.

import type * as Files from 'node:fs/promises';
import { appendFile, chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  allFolders,
  countFiles,
  newFiles,
  setFileState,
  showFilesFromBefore,
} from '../../../../electron/core/attachments/inbox-rows.ts';
import {
  startWatchedFolders,
  suggestFolders,
} from '../../../../electron/core/attachments/watched-folders.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import type { Clock } from '../../../../electron/core/host.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { nextId } from '../../../support/builders.ts';
import { fakeHost, quickClock } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** The folder the system does not let be listed: its administrator, as who tests may run, may list every one. */
const disk = vi.hoisted(() => ({ locked: null as string | null }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof Files>();
  const unlessLocked =
    (list: (path: string, options: never) => Promise<unknown>) =>
    async (path: string, options: never): Promise<unknown> => {
      if (path === disk.locked) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      return list(path, options);
    };
  return { ...real, opendir: unlessLocked(real.opendir), readdir: unlessLocked(real.readdir) };
});

beforeEach(() => {
  disk.locked = null;
});

async function aPlace({ clock = quickClock }: { clock?: Clock } = {}) {
  const home = await tempDir();
  const scans = join(home, 'Scans');
  await mkdir(scans);
  const mirror = openMirror(join(home, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const start = () => {
    const folders = startWatchedFolders({
      host: fakeHost(home, { homeFolder: home, clock }),
      mirror,
      newId: nextId,
      now: () => new Date().toISOString(),
      settleMs: 60,
    });
    onTestFinished(() => folders.close());
    return folders;
  };
  return { home, scans, mirror, start };
}

/** Its time stands still, and what is waited for happens when the test says so. */
class HandClock implements Clock {
  #waiting = new Set<() => void>();
  now = () => 0;

  after = (_delayMs: number, callback: () => void) => {
    this.#waiting.add(callback);
    return () => void this.#waiting.delete(callback);
  };

  waitsFor(count: number): Promise<void> {
    return vi.waitFor(() => expect(this.#waiting.size).toBe(count), { timeout: 10_000 });
  }

  run(): void {
    const due = this.#waiting;
    this.#waiting = new Set();
    for (const callback of due) callback();
  }
}

/** Nothing can be written until it is freed. */
function fillDisk(mirror: Mirror) {
  const { transact } = mirror;
  const refused: string[] = [];
  const run = (sql: string) => {
    refused.push(sql);
    throw new AppError('disk-full');
  };
  mirror.transact = (work) =>
    work({ all: (...query) => mirror.all(...query), get: () => undefined, run, touch: () => {} });
  return {
    refuses: (statement: string) =>
      vi.waitFor(() => expect(refused.join('\n')).toContain(statement), { timeout: 10_000 }),
    free: () => void (mirror.transact = transact),
  };
}

const names = (mirror: Mirror) => newFiles(mirror, 5000).map(({ name }) => name);
const shows = (mirror: Mirror, ...expected: string[]) =>
  vi.waitFor(() => expect(names(mirror).sort()).toEqual(expected), { timeout: 10_000 });
const stateIs = (mirror: Mirror, state: string) =>
  vi.waitFor(() => expect(allFolders(mirror)[0]?.state).toBe(state), { timeout: 10_000 });

describe('(D10) watched folders', () => {
  test('a new file appears; what lay there before is counted and shown on request', async () => {
    const { scans, mirror, start } = await aPlace();
    await writeFile(join(scans, 'old.pdf'), 'old');
    await start().add(scans);
    await writeFile(join(scans, 'scan 1.pdf'), 'one');
    await shows(mirror, 'scan 1.pdf');
    const [folder] = allFolders(mirror);
    expect(countFiles(mirror)).toContainEqual({ folderId: folder?.id, state: 'before', count: 1 });
    mirror.transact((writable) => showFilesFromBefore(writable, folder?.id ?? ''));
    await shows(mirror, 'old.pdf', 'scan 1.pdf');
  });

  test('a file is not there until it is whole', async () => {
    const clock = new HandClock();
    const { scans, mirror, start } = await aPlace({ clock });
    await start().add(scans);
    const path = join(scans, 'slow.pdf');
    await clock.waitsFor(1);
    await writeFile(path, 'x');
    await clock.waitsFor(2);
    for (let part = 0; part < 5; part += 1) {
      await appendFile(path, 'x'.repeat(1000));
      clock.run();
      // It looks again, and at the folder.
      await clock.waitsFor(2);
      expect(names(mirror)).toEqual([]);
    }
    clock.run();
    // Nothing came: what it waits for now is more files to tell of.
    await clock.waitsFor(2);
    clock.run();
    await shows(mirror, 'slow.pdf');
    expect(newFiles(mirror, 1)[0]?.sizeBytes).toBe(5001);
  });

  test('hidden files, locks and half downloads are no files of a person; links and folders are passed over', async () => {
    const { home, scans, mirror, start } = await aPlace();
    await start().add(scans);
    await writeFile(join(home, 'secret.txt'), 'elsewhere');
    for (const name of ['.hidden', '~$plan.docx', 'half.pdf.part', 'film.crdownload', 'Thumbs.db'])
      await writeFile(join(scans, name), 'no');
    await symlink(join(home, 'secret.txt'), join(scans, 'link.txt'));
    await mkdir(join(scans, 'inner'));
    await writeFile(join(scans, 'inner', 'deep.txt'), 'deep');
    await writeFile(join(scans, 'plain.txt'), 'yes');
    await shows(mirror, 'plain.txt');
  });

  test('a program that saves under another name and renames shows once, under the last name', async () => {
    const { scans, mirror, start } = await aPlace();
    await start().add(scans);
    await writeFile(join(scans, 'scan.tmp'), 'half');
    await rename(join(scans, 'scan.tmp'), join(scans, 'scan.pdf'));
    await shows(mirror, 'scan.pdf');
  });

  test('what was taken or dismissed stays away, also after a restart, until it is written anew', async () => {
    const { scans, mirror, start } = await aPlace();
    const folders = start();
    await folders.add(scans);
    await writeFile(join(scans, 'a.txt'), 'a');
    await writeFile(join(scans, 'b.txt'), 'b');
    await shows(mirror, 'a.txt', 'b.txt');
    const ids = newFiles(mirror, 10).map(({ id }) => id);
    mirror.transact((writable) => setFileState(writable, ids, 'taken'));
    await folders.close();
    await writeFile(join(scans, 'while away.txt'), 'new');
    start();
    await shows(mirror, 'while away.txt');
    await writeFile(join(scans, 'a.txt'), 'a, second page');
    await shows(mirror, 'a.txt', 'while away.txt');
  });

  test('a file that is deleted leaves the list, also one deleted while nobody watched', async () => {
    const { scans, mirror, start } = await aPlace();
    const folders = start();
    await folders.add(scans);
    for (const name of ['a.txt', 'b.txt']) await writeFile(join(scans, name), name);
    await shows(mirror, 'a.txt', 'b.txt');
    await rm(join(scans, 'a.txt'));
    await shows(mirror, 'b.txt');
    await folders.close();
    await rm(join(scans, 'b.txt'));
    start();
    await shows(mirror);
  });

  test('a network folder that vanishes is waited for, and its files stay in the list', async () => {
    const { home, scans, mirror, start } = await aPlace();
    await start().add(scans);
    await writeFile(join(scans, 'a.txt'), 'a');
    await shows(mirror, 'a.txt');
    await rename(scans, join(home, 'unplugged'));
    await stateIs(mirror, 'missing');
    expect(names(mirror)).toEqual(['a.txt']);
    await writeFile(join(home, 'unplugged', 'b.txt'), 'b');
    await rename(join(home, 'unplugged'), scans);
    await stateIs(mirror, 'watched');
    await shows(mirror, 'a.txt', 'b.txt');
  });

  test('[F2] on a full disk nothing ends, and what came and went meanwhile is shown once there is room', async () => {
    const { scans, mirror, start } = await aPlace();
    await start().add(scans);
    for (const name of ['goes.txt', 'stays.txt']) await writeFile(join(scans, name), name);
    await shows(mirror, 'goes.txt', 'stays.txt');
    const disk = fillDisk(mirror);
    await rm(join(scans, 'goes.txt'));
    await disk.refuses('DELETE FROM inbox_file');
    await writeFile(join(scans, 'comes.txt'), 'new');
    await disk.refuses('INSERT INTO inbox_file');
    expect(names(mirror).sort()).toEqual(['goes.txt', 'stays.txt']);
    disk.free();
    await shows(mirror, 'comes.txt', 'stays.txt');
  });

  test('[F2] a folder that could not be noted on a full disk is watched once there is room', async () => {
    const { scans, mirror, start } = await aPlace();
    const before = start();
    await before.add(scans);
    await writeFile(join(scans, 'gone.txt'), 'gone');
    await shows(mirror, 'gone.txt');
    await before.close();
    await rm(join(scans, 'gone.txt'));
    const disk = fillDisk(mirror);
    start();
    await disk.refuses('DELETE FROM inbox_file');
    disk.free();
    await writeFile(join(scans, 'scan.txt'), 'new');
    await shows(mirror, 'scan.txt');
  });

  test('a folder that may no longer be listed says so, keeps its files, and is watched again when it may', async () => {
    const { scans, mirror, start } = await aPlace();
    await start().add(scans);
    await writeFile(join(scans, 'a.txt'), 'a');
    await shows(mirror, 'a.txt');
    disk.locked = scans;
    await stateIs(mirror, 'unreadable');
    await writeFile(join(scans, 'b.txt'), 'b');
    expect(names(mirror)).toEqual(['a.txt']);
    disk.locked = null;
    await stateIs(mirror, 'watched');
    await shows(mirror, 'a.txt', 'b.txt');
  });

  test('a folder that may not be listed is refused with a sentence', async () => {
    const { scans, start } = await aPlace();
    disk.locked = scans;
    await expect(start().add(scans)).rejects.toMatchObject({
      kind: 'not-there',
      message: `Docket may not look into “${scans}”. Change its permissions, then add it again.`,
    });
  });

  test('a thousand files at once all appear, in a few changes', async () => {
    const { scans, mirror, start } = await aPlace();
    await start().add(scans);
    let commits = 0;
    mirror.onCommit(() => (commits += 1));
    const all = Array.from({ length: 1000 }, (_, index) => `scan ${index}.txt`);
    await Promise.all(all.map((name) => writeFile(join(scans, name), name)));
    await vi.waitFor(() => expect(names(mirror)).toHaveLength(1000), { timeout: 15_000 });
    expect(commits).toBeLessThan(500);
  });

  test('a folder that is taken off is forgotten with its files; the files stay on the disk', async () => {
    const { scans, mirror, start } = await aPlace();
    const folders = start();
    await folders.add(scans);
    await writeFile(join(scans, 'a.txt'), 'a');
    await shows(mirror, 'a.txt');
    await folders.remove(allFolders(mirror)[0]?.id ?? '');
    expect(allFolders(mirror)).toEqual([]);
    expect(names(mirror)).toEqual([]);
    await utimes(join(scans, 'a.txt'), 1, 1);
  });

  test.each([
    ['no path', 'Scans', 'is not a whole path'],
    ['nothing there', '~/Nowhere', 'There is no folder'],
    ['a file', '~/file.txt', 'There is no folder'],
    ['the disk', '/', 'is the whole disk'],
    ['everything', '~', 'whole home folder'],
  ])('%s is refused with a sentence', async (_case, path, sentence) => {
    const { home, start } = await aPlace();
    await writeFile(join(home, 'file.txt'), 'x');
    await expect(start().add(path)).rejects.toThrow(sentence);
  });

  test('a folder is watched once, however it is written', async () => {
    const { scans, mirror, start } = await aPlace();
    const folders = start();
    await folders.add('~/Scans');
    await expect(folders.add(`${scans}/.`)).rejects.toThrow('is watched already');
    expect(allFolders(mirror)).toHaveLength(1);
  });

  test('folders are suggested by the beginning of their names; hidden ones are not', async () => {
    const { home, scans } = await aPlace();
    for (const name of ['Scans 2', 'Pictures', '.cache']) await mkdir(join(home, name));
    expect(await suggestFolders('~/sca', home)).toEqual([scans, join(home, 'Scans 2')]);
    expect(await suggestFolders('', home)).toEqual([
      join(home, 'Pictures'),
      scans,
      join(home, 'Scans 2'),
    ]);
    expect(await suggestFolders('/nowhere/at/all', home)).toEqual([]);
    await chmod(home, 0o700);
  });
});
