import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const PROJECT = join(import.meta.dirname, '../..');
const PLACES = ['electron', 'renderer', 'sync-server', 'scripts', 'test'];

/** One forbidden import of each family: the file it stands in, what it imports, the rule that must say no. */
const FORBIDDEN = [
  ['renderer/jobs/list.ts', '../../electron/core/mirror/jobs.ts', 'layer-renderer'],
  ['renderer/jobs/page.ts', '../../sync-server/protocol/records.ts', 'layer-renderer'],
  ['renderer/bridge.ts', '../electron/core/api/contract.ts', 'renderer-contract-types-only'],
  ['renderer/files.ts', 'node:fs', 'renderer-is-a-page'],
  ['renderer/jobs/store.ts', 'dexie', 'fence-dexie'],
  ['renderer/window.ts', 'electron', 'fence-electron'],
  ['electron/core/sync/push.ts', 'electron', 'fence-electron'],
  ['electron/core/sync/pull.ts', 'axios', 'fence-axios'],
  ['electron/core/host.ts', 'axios', 'fence-axios-type'],
  ['electron/core/mirror/entries.ts', 'better-sqlite3', 'fence-better-sqlite3'],
  ['electron/core/mirror/migrate.ts', '../outbox/outbox.ts', 'layer-core-mirror'],
  ['electron/core/mirror/search.ts', '../api/contract.ts', 'contract-types-only'],
  ['electron/core/session/session.ts', '../outbox/outbox.ts', 'layer-core-session'],
  ['electron/core/outbox/release.ts', '../attachments/upload.ts', 'layer-core-outbox'],
  ['electron/core/attachments/cache.ts', '../sync/live.ts', 'layer-core-attachments'],
  ['electron/core/sync/digest.ts', '../api/watch.ts', 'layer-core-sync'],
  ['electron/core/api/handlers.ts', '../core.ts', 'layer-core-api'],
  ['electron/core/api/contract.ts', '../mirror/jobs.ts', 'layer-contract'],
  ['electron/core/errors.ts', './mirror/jobs.ts', 'layer-core-floor'],
  ['electron/core/core.ts', '../../sync-server/storage/storage.ts', 'layer-core'],
  ['electron/loopback/server.ts', '../core/mirror/jobs.ts', 'layer-loopback'],
  ['electron/shell/menu.ts', '../core/sync/live.ts', 'layer-shell'],
  ['electron/shell/host.ts', '../loopback/guard.ts', 'layer-shell'],
  ['electron/main.ts', './core/mirror/jobs.ts', 'layer-electron-entries'],
  ['electron/tools/stray.ts', 'node:fs', 'known-place'],
  ['sync-server/protocol/parse.ts', 'node:crypto', 'protocol-is-pure'],
  ['sync-server/protocol/ids.ts', 'fastify', 'protocol-is-pure'],
  ['sync-server/protocol/sync.ts', '../storage/storage.ts', 'layer-protocol'],
  ['sync-server/storage/queries.ts', 'pg', 'fence-pg'],
  ['sync-server/blobs/s3-blob-store.ts', '@aws-sdk/client-s3', 'fence-s3'],
  ['sync-server/storage/queries-two.ts', 'better-sqlite3', 'fence-better-sqlite3'],
  ['sync-server/storage/migrate.ts', '../auth/staff.ts', 'layer-server-storage'],
  ['sync-server/auth/customer.ts', '../blobs/blob-store.ts', 'layer-server-auth'],
  ['sync-server/blobs/routes.ts', '../sync/push.ts', 'layer-server-blobs'],
  ['sync-server/sync/routes.ts', '../portal/pages.ts', 'layer-server-sync'],
  ['sync-server/mail/sender.ts', '../sync/push.ts', 'layer-server-mail'],
  ['sync-server/portal/routes.ts', '../sync/push.ts', 'layer-server-portal'],
  ['sync-server/app.ts', './main.ts', 'layer-server-app'],
  ['sync-server/main.ts', './admin/backup.ts', 'layer-server-main'],
  ['sync-server/admin/seed.ts', '../app.ts', 'layer-server-admin'],
  ['sync-server/errors.ts', './app.ts', 'layer-server-floor'],
  ['sync-server/portal/pages.ts', '../../test/support/builders.ts', 'layer-server-portal'],
  ['sync-server/portal/cycle-one.ts', './cycle-two.ts', 'no-cycles'],
  ['sync-server/mail/missing.ts', './nowhere.ts', 'resolvable'],
  ['scripts/start.mjs', '../sync-server/main.ts', 'layer-scripts'],
  ['scripts/setup.mjs', 'axios', 'scripts-run-bare'],
] as const;

/** What the rule is for: these must pass beside the forbidden ones. */
const ALLOWED = [
  ['renderer/use-query.ts', `import type {} from '../electron/core/api/contract.ts';`],
  ['renderer/drafts/drafts.ts', `import 'dexie';`],
  ['electron/preload.ts', `import './shell/window.ts';`],
  ['electron/shell/window.ts', `import 'electron'; import '../core/core.ts';`],
  ['electron/core/mirror/database.ts', `import 'better-sqlite3';`],
  ['electron/core/mirror/jobs.ts', `import type {} from '../api/contract.ts';`],
  ['electron/core/sync/live.ts', `import '../session/server-client.ts'; import '../host.ts';`],
  ['electron/core/session/server-client.ts', `import 'axios'; import '../mirror/database.ts';`],
  ['sync-server/storage/postgres-connection.ts', `import 'pg';`],
  ['sync-server/blobs/s3-bucket.ts', `import '@aws-sdk/client-s3';`],
  ['sync-server/auth/staff.ts', `import '../storage/storage.ts'; import 'node:crypto';`],
  ['sync-server/protocol/records.ts', `import 'zod';`],
  ['scripts/lib/options.mjs', `import 'node:path';`],
  ['test/support/builders.ts', `import '../../sync-server/protocol/records.ts';`],
] as const;

/** Files that exist only to be imported. */
const TARGETS = [
  'electron/core/outbox/outbox.ts',
  'electron/core/attachments/upload.ts',
  'electron/core/api/watch.ts',
  'electron/loopback/guard.ts',
  'sync-server/storage/storage.ts',
  'sync-server/blobs/blob-store.ts',
  'sync-server/sync/push.ts',
  'sync-server/admin/backup.ts',
];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string; readonly severity: string };
}

interface Cruise {
  readonly exitCode: number;
  readonly violations: readonly Violation[];
}

/** Runs dependency-cruiser as `npm run check` does. */
async function cruise(folder: string): Promise<Cruise> {
  const cruiser = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(PROJECT, '.dependency-cruiser.mjs');
  const run = async (format: string) =>
    promisify(execFile)(
      process.execPath,
      [cruiser, '--config', config, '--output-type', format, ...PLACES],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
    ).then(
      ({ stdout }) => ({ stdout, exitCode: 0 }),
      (failure: unknown) => ({
        stdout: (failure as { stdout: string }).stdout,
        exitCode: (failure as { code: number }).code,
      }),
    );
  const [json, plain] = await Promise.all([run('json'), run('err')]);
  const report = JSON.parse(json.stdout) as { summary: { violations: readonly Violation[] } };
  return { exitCode: plain.exitCode, violations: report.summary.violations };
}

async function writeTree(folder: string): Promise<void> {
  const files: [string, string][] = [
    ...FORBIDDEN.map(([file, target]): [string, string] => [file, `import '${target}';`]),
    ...ALLOWED.map(([file, source]): [string, string] => [file, source]),
    ...TARGETS.map((file): [string, string] => [file, 'export {};']),
    ['sync-server/portal/cycle-two.ts', `import './cycle-one.ts';`],
    ['tsconfig.json', '{}'],
  ];
  for (const [file, source] of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${source}\n`);
  }
}

describe('the import rule', () => {
  let folder: string;
  let found: Cruise;

  beforeAll(async () => {
    folder = await makeTempDir();
    await writeTree(folder);
    found = await cruise(folder);
  }, 60_000);
  afterAll(() => removeTempDir(folder));

  test('a tree with forbidden imports fails the check', () => {
    expect(found.exitCode).toBeGreaterThan(0);
  });

  test.each(FORBIDDEN)('%s may not import %s', (file, _target, rule) => {
    const broken = found.violations
      .filter((violation) => violation.from === file && violation.rule.severity === 'error')
      .map((violation) => violation.rule.name);
    expect(broken).toContain(rule);
  });

  test.each(ALLOWED)('%s keeps the rule', (file) => {
    // The made-up tree has no packages installed, so an allowed package is unresolvable there and nowhere else.
    const broken = found.violations.filter(
      ({ from, rule }) =>
        from === file &&
        !['resolvable', 'no-cycles', 'no-development-packages'].includes(rule.name),
    );
    expect(broken).toEqual([]);
  });
});

test('the project itself keeps the import rule', async () => {
  const { exitCode, violations } = await cruise(PROJECT);
  expect(violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  expect(exitCode).toBe(0);
}, 60_000);
