import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../sync-server/storage/sqlite-storage.ts';
import { mailOutboxContract } from '../../contracts/mail-outbox-contract.ts';
import { type OpenedStorage, storageContract } from '../../contracts/storage-contract.ts';
import { makeTempDir, removeTempDir, tempDir } from '../../support/temp-dir.ts';
import { addOffice } from '../../support/test-server.ts';
import { aMutationId } from '../../support/builders.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';

describe('SQLite storage', () => storageContract(openInTempDir));
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
  await expect(openSqliteStorage(path)).rejects.toThrow(/newer server/);
});
