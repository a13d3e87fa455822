// Who was here is not looked for again until something changes, and a session never outlives what ends it. (E1)

import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashToken } from '../../../sync-server/auth/tokens.ts';
import { KnownVisitors } from '../../../sync-server/portal/known-visitors.ts';
import {
  SESSION_COOKIE,
  type VisitorDeps,
  visitorOf,
} from '../../../sync-server/portal/visitor.ts';
import type { CustomerSession } from '../../../sync-server/storage/customer-sessions.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';
import { openSqliteStorage } from '../../../sync-server/storage/sqlite-storage.ts';
import type { Storage } from '../../../sync-server/storage/storage.ts';
import { addSession } from '../../support/add-session.ts';
import * as build from '../../support/builders.ts';
import { makeTempDir, removeTempDir } from '../../support/temp-dir.ts';

const NOW = '2026-11-12T11:00:00.000Z';
const workspace = build.aWorkspace();
const customer = build.aCustomer();
const session: CustomerSession = {
  id: build.nextId(),
  workspaceId: workspace.id,
  customerId: customer.id,
  tokenHash: hashToken('now'),
  tokenSince: NOW,
  previousHash: hashToken('before'),
  previousUntil: '2026-11-12T11:01:00.000Z',
  device: 'A test',
  createdAt: NOW,
  lastUsedAt: NOW,
  expiresAt: '2026-11-13T11:00:00.000Z',
};

let folder: string;
let storage: Storage;
let deps: VisitorDeps;
let nowMs: number;
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
  await addSession(storage, session);
  nowMs = Date.parse(NOW);
  deps = {
    storage,
    known: new KnownVisitors(storage.sessions),
    config: { publicUrl: null },
    now: () => nowMs,
  };
  for (const token of ['now', 'before']) {
    const visitor = await visitorOf(deps, requestWith(token));
    expect(visitor?.session.id).toBe(session.id);
    expect(visitorOf(deps, requestWith(token))).toBe(visitor);
  }
});
afterEach(async () => {
  await storage.close();
  await other.close();
  await removeTempDir(folder);
});

const requestWith = (token: string) =>
  ({ cookies: { [SESSION_COOKIE]: token } }) as unknown as FastifyRequest;

/** Of another process nothing can be heard in the turn in which it commits: whoever knows of the commit comes later. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

const isKnown = async (token: string) => (await visitorOf(deps, requestWith(token))) !== undefined;

test('who was here is looked for again when something of theirs changes, and bears their new name', async () => {
  const put = { kind: 'customer' as const, record: { ...customer, name: 'Anna Weiss' } };
  await storage.transact(workspace.id, async (transaction) => {
    transaction.settle({ id: build.aMutationId(), actorKey: 'test' }, applied(put));
    await Promise.resolve();
  });
  expect((await visitorOf(deps, requestWith('now')))?.customerName).toBe('Anna Weiss');
});

test('a session that ends is ended at once, whoever asks for it with whatever token', async () => {
  await storage.sessions.end(session, session, NOW);
  expect(await isKnown('now')).toBe(false);
  expect(await isKnown('before')).toBe(false);
});

test('a session that another process ends is ended at once', async () => {
  await other.sessions.end(session, session, NOW);
  await nextTurn();
  expect(await isKnown('now')).toBe(false);
  expect(await isKnown('before')).toBe(false);
});

test('a token that another process replaced is known no more', async () => {
  const replaced = { tokenHash: hashToken('next'), previousHash: hashToken('now') };
  await other.sessions.change(session, replaced);
  await nextTurn();
  expect(await isKnown('before')).toBe(false);
  const visitor = await visitorOf(deps, requestWith('now'));
  expect(visitor?.session.tokenHash).toBe(hashToken('next'));
});

test('a session ends by the clock, known or not', async () => {
  nowMs = Date.parse(session.expiresAt) - 1;
  expect(await isKnown('now')).toBe(true);
  nowMs += 1;
  expect(await isKnown('now')).toBe(false);
});

test('who has something due is looked for each time until it is done', async () => {
  nowMs += 6 * 60_000;
  const visitor = await visitorOf(deps, requestWith('now'));
  expect(visitor?.quietUntilMs).toBe(0);
  const again = visitorOf(deps, requestWith('now'));
  expect(again).toBeInstanceOf(Promise);
  expect((await again)?.session.id).toBe(session.id);
});

test('a look that an end overtakes leaves nothing behind', async () => {
  const { known } = deps;
  deps = { ...deps, known: new KnownVisitors(storage.sessions) };
  const [, visitor] = await Promise.all([
    storage.sessions.end(session, session, NOW),
    visitorOf(deps, requestWith('now')),
  ]);
  expect(visitor === undefined || visitor.session.id === session.id).toBe(true);
  expect(await isKnown('now')).toBe(false);
  deps = { ...deps, known };
  expect(await isKnown('now')).toBe(false);
});
