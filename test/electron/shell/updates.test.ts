// A newer Docket: looked for, fetched beside the work, put in its place when a person says so. (I1)

import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { updateAddress } from '../../../electron/shell/update-address.ts';
import { type Updater, Updates } from '../../../electron/shell/updates.ts';
import type { LogLine } from '../../../electron/core/host.ts';
import { HandClock } from '../../support/hand-clock.ts';

/** electron-updater, as far as it is used: an event for what it finds, an answer for each look. */
class FakeUpdater extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  logger: unknown = console;
  looks = 0;
  replaced: boolean[][] = [];
  /** What the next look comes to. */
  find: () => void = () => this.emit('update-not-available', { version: '0.1.0' });

  async checkForUpdates(): Promise<null> {
    this.looks += 1;
    try {
      this.find();
    } catch (error) {
      // Both, as electron-updater does.
      this.emit('error', error);
      throw error;
    }
    return null;
  }

  quitAndInstall(...args: boolean[]): void {
    this.replaced.push(args);
  }
}

function someUpdates({ isOff = false, asksForPassword = false } = {}) {
  const updater = new FakeUpdater();
  const clock = new HandClock();
  const logged: LogLine[] = [];
  const states: string[] = [];
  let notReplaced = 0;
  let loads = 0;
  const updates: Updates = new Updates({
    load: isOff
      ? undefined
      : async () => {
          loads += 1;
          return updater as unknown as Updater;
        },
    after: (delayMs, callback) => void clock.after(delayMs, callback),
    now: () => '2026-11-28T08:00:00.000Z',
    asksForPassword,
    log: (line) => logged.push(line),
    onChange: () => states.push(updates.state.kind),
    onNotReplaced: () => {
      notReplaced += 1;
    },
  });
  const counts = { notReplaced: () => notReplaced, loads: () => loads };
  return { updater, clock, logged, states, updates, ...counts };
}

test('(I1) it looks soon after the start and every four hours, and says when', async () => {
  const { updater, clock, updates, states } = someUpdates();
  expect(updater.looks).toBe(0);
  clock.pass(10_000);
  await vi.waitFor(() => expect(updates.state).toMatchObject({ kind: 'idle', failedAt: null }));
  expect(updates.state).toMatchObject({ lookedAt: '2026-11-28T08:00:00.000Z' });
  expect(states).toEqual(['looking', 'idle']);
  clock.pass(4 * 60 * 60 * 1000);
  await vi.waitFor(() => expect(updater.looks).toBe(2));
});

test('(I1) what is newer is fetched by itself, and then looked for no more', async () => {
  const { updater, clock, updates, states } = someUpdates();
  updater.find = () => {
    updater.emit('update-available', { version: '0.2.0' });
  };
  await updates.look();
  expect(updates.state).toEqual({ kind: 'fetching', version: '0.2.0' });
  expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: true, logger: null });
  updater.emit('update-downloaded', { version: '0.2.0' });
  expect(updates.state).toEqual({ kind: 'ready', version: '0.2.0' });
  clock.pass(24 * 60 * 60 * 1000);
  await updates.look();
  expect(updater.looks).toBe(1);
  expect(states).toEqual(['looking', 'fetching', 'ready']);
  await updates.replace();
  expect(updater.replaced).toEqual([[true, true]]);
});

test('(I1) what goes wrong is one line in the log, and is tried again', async () => {
  const { updater, logged, updates } = someUpdates();
  updater.find = () => {
    throw new Error('net::ERR_NAME_NOT_RESOLVED');
  };
  await updates.look();
  expect(logged).toEqual([
    {
      level: 'warn',
      event: 'update-failed',
      details: { error: 'Error: net::ERR_NAME_NOT_RESOLVED' },
    },
  ]);
  expect(updates.state).toMatchObject({ kind: 'idle', failedAt: '2026-11-28T08:00:00.000Z' });
  updater.find = () => updater.emit('update-downloaded', { version: '0.2.0' });
  await updates.look();
  expect(updates.state.kind).toBe('ready');
});

test('(I1) nothing is replaced before it is here', async () => {
  const { updater, updates } = someUpdates();
  await updates.replace();
  expect(updater.replaced).toEqual([]);
});

test('(I1) where an update cannot be put in its place, Docket comes back as it was', async () => {
  const { updater, updates, notReplaced, logged } = someUpdates();
  updater.find = () => updater.emit('update-downloaded', { version: '0.2.0' });
  await updates.look();
  updater.quitAndInstall = () => updater.emit('error', new Error('EACCES'));
  await updates.replace();
  expect(notReplaced()).toBe(1);
  expect(logged.map(({ event }) => event)).toEqual(['update-not-replaced']);
});

test('(I1) where the system asks for a password, quitting does not begin it', async () => {
  const { updater, updates } = someUpdates({ asksForPassword: true });
  await updates.look();
  expect(updater.autoInstallOnAppQuit).toBe(false);
});

test('(I1) a Docket that is not installed never even loads what looks', async () => {
  const { updater, clock, updates, loads } = someUpdates({ isOff: true });
  clock.pass(24 * 60 * 60 * 1000);
  await updates.look();
  await updates.replace();
  expect(updates.state).toEqual({ kind: 'off' });
  expect([loads(), updater.looks]).toEqual([0, 0]);
});

describe('(I1) the address of updates', () => {
  const config = (provider: string, url: string) =>
    `provider: ${provider}\nurl: ${url}\nupdaterCacheDirName: docket-updater\n`;
  test.each([
    [config('generic', 'https://office.example/docket'), 'https://office.example/docket'],
    [config('generic', "'https://office.example/docket'"), 'https://office.example/docket'],
    [config('generic', 'http://office.example/docket'), undefined],
    [config('generic', 'file:///tmp/docket'), undefined],
    [config('generic', 'nowhere'), undefined],
    [config('github', 'https://office.example/docket'), undefined],
    ['provider: generic\n', undefined],
    ['', undefined],
  ])('%j is %s', (text, expected) => {
    expect(updateAddress(text)).toBe(expected);
  });
});
