// Killed while bringing an older database up to date, with an office in it. [F1, F3, H9]

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS as MIRROR_MIGRATIONS, migrate } from '../../electron/core/mirror/migrate.ts';
import {
  MIGRATIONS as SERVER_MIGRATIONS,
  migrateToLatest,
} from '../../sync-server/storage/migrate.ts';
import type { Tables } from '../../sync-server/storage/tables.ts';
import { tempDir } from '../support/temp-dir.ts';
import { startVictim } from './victim.ts';

const PATIENCE_MS = 60_000;
const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/${name}-version-1.sql`, import.meta.url), 'utf8');

async function aMirrorOfVersion1(): Promise<string> {
  const file = join(await tempDir(), 'docket.sqlite');
  const database = new BetterSqlite(file);
  database.pragma('journal_mode = WAL');
  migrate(database, () => undefined, MIRROR_MIGRATIONS.slice(0, 1));
  database.exec(fixture('mirror'));
  database.close();
  return file;
}

async function aServerOfVersion1(): Promise<string> {
  const file = join(await tempDir(), 'server.sqlite');
  const sqlite = new BetterSqlite(file);
  sqlite.pragma('journal_mode = WAL');
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  const first = Object.fromEntries(Object.entries(SERVER_MIGRATIONS).slice(0, 1));
  await migrateToLatest(database, () => undefined, first);
  sqlite.exec(fixture('server'));
  await database.destroy();
  return file;
}

/** Tables and how many rows each has, but for what a program writes down on every start. */
function contentOf(file: string): Record<string, unknown> {
  const database = new BetterSqlite(file, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  const names = database
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all();
  const counts = names.map((name) => [
    name,
    database.prepare(`SELECT count(*) FROM ${name}`).pluck().get(),
  ]);
  database.close();
  return Object.fromEntries(counts) as Record<string, unknown>;
}

/** How it ended: null where it was killed. */
function open(
  kind: 'mirror' | 'server',
  file: string,
  diesAtLayer: number,
): Promise<number | null> {
  const args = ['--import', './test/crash/die-migrating.ts', 'test/crash/open-database.ts'];
  return startVictim([...args, kind, file], { DOCKET_DIES_AT_LAYER: String(diesAtLayer) }).ended;
}

describe.each([
  ['mirror', aMirrorOfVersion1],
  ['server', aServerOfVersion1],
] as const)('[F1] [F3] a %s killed while it is brought up to date', (kind, anOlderOne) => {
  test.each([1, 2, 4, 7])(
    'at step %i, is whole at the next start, as if nothing had happened',
    async (layer) => {
      const [killed, spared] = [await anOlderOne(), await anOlderOne()];
      expect(await open(kind, spared, Number.POSITIVE_INFINITY)).toBe(0);
      expect(await open(kind, killed, layer)).toBeNull();
      expect(await open(kind, killed, Number.POSITIVE_INFINITY)).toBe(0);
      expect(contentOf(killed)).toEqual(contentOf(spared));
    },
    PATIENCE_MS,
  );
});
