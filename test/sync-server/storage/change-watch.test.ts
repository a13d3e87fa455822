import { join } from 'node:path';
import { describe } from 'vitest';
import { openSqliteStorage } from '../../../sync-server/storage/sqlite-storage.ts';
import { changeWatchContract } from '../../contracts/change-watch-contract.ts';
import { makeTempDir, removeTempDir } from '../../support/temp-dir.ts';

describe('changes of an SQLite database', () => {
  changeWatchContract(async () => {
    const folder = await makeTempDir();
    const path = join(folder, 'server.sqlite');
    const [storage, other] = [await openSqliteStorage(path), await openSqliteStorage(path)];
    return {
      storage,
      other,
      whoseByOthers: 'anna, yusuf, elsewhere',
      remove: async () => {
        await storage.close();
        await other.close();
        await removeTempDir(folder);
      },
    };
  });
});
