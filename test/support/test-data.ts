// Where the offices of a test file are kept: in folders, unless the file has a PostgreSQL for them.

import { afterEach } from 'vitest';
import { openData } from '../../sync-server/blobs/open-data.ts';
import { type OpenData, openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import type { PostgresCluster, TestDatabase } from './postgres.ts';

interface Kept {
  readonly database: TestDatabase;
  openCount: number;
}

let keptIn: PostgresCluster | undefined;
const byFolder = new Map<string, Kept>();

/** From now on `openTestData` opens databases of this cluster; files stay in folders. */
export function keepTestDataIn(cluster: PostgresCluster): void {
  keptIn = cluster;
  afterEach(async () => {
    for (const [folder, { database, openCount }] of byFolder) {
      if (openCount > 0) continue;
      byFolder.delete(folder);
      await database.giveBack();
    }
  });
}

/** What is in a folder; within a test it is the same each time. */
export async function openTestData(folder: string): Promise<OpenData> {
  if (keptIn === undefined) return openDataFolder(folder);
  const kept = byFolder.get(folder) ?? { database: await keptIn.freshDatabase(), openCount: 0 };
  byFolder.set(folder, kept);
  const databaseUrl = kept.database.url;
  const data = await openData({ dataFolder: folder, databaseUrl, s3: null });
  kept.openCount += 1;
  const close = data.storage.close.bind(data.storage);
  data.storage.close = async () => {
    await close();
    kept.openCount -= 1;
  };
  return data;
}
