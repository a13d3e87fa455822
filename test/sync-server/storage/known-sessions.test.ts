// Sessions that were found are not read again until something changes, and never outlive what ends them. (E1)

import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CustomerSession } from '../../../sync-server/storage/customer-sessions.ts';
import { openSqliteStorage } from '../../../sync-server/storage/sqlite-storage.ts';
import type { Storage } from '../../../sync-server/storage/storage.ts';
import * as build from '../../support/builders.ts';
import { makeTempDir, removeTempDir } from '../../support/temp-dir.ts';

const NOW = '2026-11-12T11:00:00.000Z';
const workspace = build.aWorkspace();
const customer = build.aCustomer();
const session: CustomerSession = {
  id: build.nextId(),
  workspaceId: workspace.id,
  customerId: customer.id,
  tokenHash: 'now',
  tokenSince: NOW,
  previousHash: 'before',
  previousUntil: null,
  device: 'A test',
  createdAt: NOW,
  lastUsedAt: NOW,
  expiresAt: '2026-11-13T11:00:00.000Z',
};

let folder: string;
let storage: Storage;
/** Another process on the same file. */
let other: Storage;
beforeEach(async () => {
  folder = await makeTempDir();
  storage = await openSqliteStorage(join(folder, 'server.sqlite'));
  other = await openSqliteStorage(join(folder, 'server.sqlite'));
  await storage.createWorkspace({
    workspaceId: workspace.id,
    records: [
      { kind: 'workspace', record: workspace },
      { kind: 'customer', record: customer },
    ],
    signIns: [],
    blobs: [],
    references: { prefix: 'J-', next: 1 },
  });
  await storage.sessions.add(session);
  for (const hash of ['now', 'before']) {
    const found = await storage.sessions.find(hash, NOW);
    expect(found?.session.id).toBe(session.id);
    expect(await storage.sessions.find(hash, NOW)).toBe(found);
  }
});
afterEach(async () => {
  await storage.close();
  await other.close();
  await removeTempDir(folder);
});

/** Of another process nothing can be heard in the turn in which it commits: whoever knows of the commit comes later. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

const isFound = async (hash: string, now = NOW) =>
  (await storage.sessions.find(hash, now)) !== undefined;

test('a session that ends is ended at once, whoever asks for it with whatever token', async () => {
  await storage.sessions.end(session, session, NOW);
  expect(await isFound('now')).toBe(false);
  expect(await isFound('before')).toBe(false);
});

test('a session that another process ends is ended at once', async () => {
  await other.sessions.end(session, session, NOW);
  await nextTurn();
  expect(await isFound('now')).toBe(false);
  expect(await isFound('before')).toBe(false);
});

test('a token that another process replaced is known no more', async () => {
  await other.sessions.change(session, { tokenHash: 'next', previousHash: 'now' });
  await nextTurn();
  expect(await isFound('before')).toBe(false);
  expect((await storage.sessions.find('now', NOW))?.session.tokenHash).toBe('next');
});

test('a session ends by the clock, known or not', async () => {
  expect(await isFound('now', '2026-11-13T10:59:59.999Z')).toBe(true);
  expect(await isFound('now', session.expiresAt)).toBe(false);
});

test('a question that an end overtakes leaves nothing behind', async () => {
  const [, found] = await Promise.all([
    storage.sessions.end(session, session, NOW),
    storage.sessions.find('now', NOW),
  ]);
  expect(found === undefined || found.session.id === session.id).toBe(true);
  expect(await isFound('now')).toBe(false);
});
