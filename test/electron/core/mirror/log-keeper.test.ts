import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import {
  emptyLog,
  isLogLong,
  startLogKeeper,
} from '../../../../electron/core/mirror/log-keeper.ts';
import { writeMeta } from '../../../../electron/core/mirror/meta.ts';
import { HandClock } from '../../../support/hand-clock.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const SIX_MEGABYTES = 'x'.repeat(6 * 1024 * 1024);

async function keptMirror() {
  const clock = new HandClock();
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  const stop = startLogKeeper({ clock, log: () => undefined }, mirror);
  onTestFinished(() => mirror.close());
  const write = (text: string) =>
    mirror.transact((writable) => writeMeta(writable, 'rescue', text));
  return { clock, mirror, stop, write };
}

test('[F3] a long log is written into the database once nobody has written for a second', async () => {
  const { clock, mirror, write } = await keptMirror();
  write(SIX_MEGABYTES);
  clock.pass(999);
  write('a click in between');
  clock.pass(999);
  expect(mirror.logPages()).toBeGreaterThan(1500);
  clock.pass(1);
  expect(mirror.logPages()).toBe(0);
});

test('a short log stays where it is: clicks are not worth two waits for the disk', async () => {
  const { clock, mirror, write } = await keptMirror();
  write('a click');
  const pages = mirror.logPages();
  clock.pass(60_000);
  expect(pages).toBeGreaterThan(0);
  expect(mirror.logPages()).toBe(pages);
});

test('nothing is written any more once it was stopped', async () => {
  const { clock, mirror, stop, write } = await keptMirror();
  write(SIX_MEGABYTES);
  stop();
  clock.pass(60_000);
  expect(mirror.logPages()).toBeGreaterThan(1500);
});

test('[F3] a first sync leaves a long log, which can be written into the database at once', async () => {
  const { mirror, write } = await keptMirror();
  write(SIX_MEGABYTES);
  expect(isLogLong(mirror)).toBe(false);
  const page = 'x'.repeat(40 * 1024 * 1024);
  mirror.transact((writable) => writeMeta(writable, 'rescue', page), 'soon');
  expect(isLogLong(mirror)).toBe(true);
  emptyLog({ log: () => undefined }, mirror);
  expect(isLogLong(mirror)).toBe(false);
  expect(mirror.logPages()).toBe(0);
});
