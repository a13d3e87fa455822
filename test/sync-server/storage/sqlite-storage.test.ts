import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { recordSchemas } from '../../../sync-server/protocol/records.ts';
import { MIGRATIONS, migrateToLatest } from '../../../sync-server/storage/migrate.ts';
import { openSqliteStorage } from '../../../sync-server/storage/sqlite-storage.ts';
import type { Tables } from '../../../sync-server/storage/tables.ts';
import { mailOutboxContract } from '../../contracts/mail-outbox-contract.ts';
import { memberContract } from '../../contracts/member-contract.ts';
import { type OpenedStorage, storageContract } from '../../contracts/storage-contract.ts';
import { makeTempDir, removeTempDir, tempDir } from '../../support/temp-dir.ts';
import { addOffice } from '../../support/test-server.ts';
import { aMutationId } from '../../support/builders.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';

describe('SQLite storage', () => storageContract(openInTempDir));
describe('(J1) SQLite members and devices', () => memberContract(openInTempDir));
describe('SQLite mail outbox', () => mailOutboxContract(openInTempDir));

async function openInTempDir(): Promise<OpenedStorage> {
  const folder = await makeTempDir();
  const path = join(folder, 'server.sqlite');
  let storage = await openSqliteStorage(path);
  return {
    storage,
    reopen: async () => {
      await storage.close();
      storage = await openSqliteStorage(path);
      return storage;
    },
    remove: async () => {
      await storage.close();
      await removeTempDir(folder);
    },
  };
}

it('[F3] what was answered is in the files, without any close', async () => {
  const path = join(await tempDir(), 'server.sqlite');
  const storage = await openSqliteStorage(path);
  const office = await addOffice({ storage });
  // What a machine that loses power leaves behind: the files as they are, without a close.
  const copy = join(await tempDir(), 'server.sqlite');
  await copyFile(path, copy);
  await copyFile(`${path}-wal`, `${copy}-wal`);
  await storage.close();
  const rescued = await openSqliteStorage(copy);
  expect(await rescued.headVersion(office.workspace.id)).toBe(10);
  await rescued.close();
});

it('another process writes to the same file without either failing', async () => {
  const path = join(await tempDir(), 'server.sqlite');
  const storage = await openSqliteStorage(path);
  const other = await openSqliteStorage(path);
  const { workspace, job } = await addOffice({ storage });
  const touch = (by: typeof storage) =>
    by.transact(workspace.id, async (transaction) => {
      await transaction.find({ kind: 'job', id: job.id });
      transaction.settle(
        { id: aMutationId(), actorKey: 'test' },
        applied({ kind: 'job', record: job }),
      );
    });
  for (let round = 0; round < 20; round += 1) {
    await touch(storage);
    await touch(other);
  }
  expect(await storage.headVersion(workspace.id)).toBe(50);
  await other.close();
  await storage.close();
});

it('[H9] a database that a newer server wrote is refused and not touched', async () => {
  const path = join(await tempDir(), 'server.sqlite');
  await (await openSqliteStorage(path)).close();
  const database = new Database(path);
  const insert = 'insert into kysely_migration (name, timestamp) values (?, ?)';
  database.prepare(insert).run('999-from-the-future', '2031-01-01T00:00:00.000Z');
  database.close();
  const before = await readFile(path);
  await expect(openSqliteStorage(path)).rejects.toThrow(/newer server/);
  expect((await readFile(path)).equals(before)).toBe(true);
});

/** As a server of an older version left it: `names` are its migrations, the rows those of the first. */
async function anOlderDatabase(names: readonly string[]): Promise<string> {
  const path = join(await tempDir(), 'server.sqlite');
  const sqlite = new Database(path);
  sqlite.pragma('journal_mode = WAL');
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  const steps = Object.entries(MIGRATIONS);
  const upTo = (count: number) => Object.fromEntries(steps.slice(0, count));
  await migrateToLatest(database, () => undefined, upTo(1));
  sqlite.exec(await readFile(FIRST_ROWS, 'utf8'));
  await migrateToLatest(database, () => undefined, upTo(names.length));
  await database.destroy();
  return path;
}

const FIRST_ROWS = new URL('../../fixtures/server-version-1.sql', import.meta.url);
const MIGRATION_NAMES = Object.keys(MIGRATIONS);
const UPGRADES = MIGRATION_NAMES.slice(1).map((name, index) => [name, index + 1] as const);

describe.each(UPGRADES)('[H9] [F3] the upgrade to %s', (name, count) => {
  it('keeps every row, and a copy of the file as it was', async () => {
    const path = await anOlderDatabase(MIGRATION_NAMES.slice(0, count));
    const before = await readFile(path);
    const storage = await openSqliteStorage(path);
    const [workspaceId] = await storage.workspaceIds();
    expect(await storage.headVersion(workspaceId!)).toBe(14);
    const { rows } = await storage.changesAfter({
      workspaceId: workspaceId!,
      memberId: '' as never,
      afterVersion: 0,
      limitRows: 100,
    });
    for (const { kind, data } of rows) recordSchemas[kind].parse(JSON.parse(data));
    expect(rows).toHaveLength(14);
    await storage.close();
    expect((await readFile(`${path}.before-${name}`)).equals(before)).toBe(true);
  });

  it('that fails midway leaves the file as it was, and says so', async () => {
    const path = await anOlderDatabase(MIGRATION_NAMES.slice(0, count));
    const rowsOf = () => {
      const sqlite = new Database(path, { readonly: true });
      const tables = sqlite.prepare('select name, sql from sqlite_schema order by name').all();
      const rows = sqlite.prepare('select * from record order by id').all();
      sqlite.close();
      return { tables, rows };
    };
    const before = rowsOf();
    const sqlite = new Database(path);
    const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
    const broken = {
      up: async (half: Kysely<unknown>) => {
        await half.schema.createTable('half').addColumn('id', 'text').execute();
        await half.schema.dropTable('not_there').execute();
      },
    };
    const upgrade = migrateToLatest(database, () => undefined, {
      ...MIGRATIONS,
      'z-broken': broken,
    });
    await expect(upgrade).rejects.toThrow(/as it was before/);
    await database.destroy();
    expect(rowsOf()).toEqual(before);
  });
});
