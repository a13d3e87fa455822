// The command line where offices are in PostgreSQL: what is left to pg_dump says so, and what is ours to do is done. (J3, J4)

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openPostgresStorage } from '../../../sync-server/storage/postgres-storage.ts';
import { onPostgres } from '../../support/on-postgres.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { addOffice } from '../../support/test-server.ts';

await onPostgres((cluster) => {
  const command = async (databaseUrl: string, name: string, ...args: readonly string[]) => {
    const file = join('sync-server/admin', name);
    const env = { ...process.env, DOCKET_DATABASE_URL: databaseUrl };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { env });
      return stdout;
    } catch (error) {
      return String((error as { stderr?: string }).stderr);
    }
  };

  test('[L6] after pg_restore a new epoch begins, with versions no earlier history has reached', async () => {
    const database = await cluster.freshDatabase();
    const storage = await openPostgresStorage(database.url);
    const { workspace } = await addOffice({ storage });
    const epoch = await storage.epoch();
    const folder = await tempDir();
    const said = await command(database.url, 'restore.ts', '--new-epoch', '--data', folder);
    expect(JSON.parse(said)).toEqual({ event: 'epoch-begun', offices: 1 });
    expect(await storage.epoch()).not.toBe(epoch);
    expect(await storage.headVersion(workspace.id)).toBeGreaterThan(1_700_000_000_000);
    await storage.close();
    await database.giveBack();
  });

  test('(J4) backup and restore of a folder say what to use instead, and change nothing', async () => {
    const database = await cluster.freshDatabase();
    const folder = await tempDir();
    const backup = await command(
      database.url,
      'backup.ts',
      '--data',
      folder,
      '--to',
      `${folder}/b`,
    );
    expect(backup).toMatch(/pg_dump/);
    const restore = await command(database.url, 'restore.ts', '--from', folder, '--data', folder);
    expect(restore).toMatch(/pg_restore.*--new-epoch/);
    expect(await command('', 'restore.ts', '--new-epoch', '--data', folder)).toMatch(
      /There is no DOCKET_DATABASE_URL/,
    );
    await database.giveBack();
  });
});
