import { describe } from 'vitest';
import { openPostgresStorage } from '../../../sync-server/storage/postgres-storage.ts';
import { changeWatchContract } from '../../contracts/change-watch-contract.ts';
import { mailOutboxContract } from '../../contracts/mail-outbox-contract.ts';
import { memberContract } from '../../contracts/member-contract.ts';
import { type OpenedStorage, storageContract } from '../../contracts/storage-contract.ts';
import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres((cluster) => {
  async function openFresh(): Promise<OpenedStorage> {
    const database = await cluster.freshDatabase();
    let storage = await openPostgresStorage(database.url);
    return {
      storage,
      reopen: async () => {
        await storage.close();
        storage = await openPostgresStorage(database.url);
        return storage;
      },
      remove: async () => {
        await storage.close();
        await database.giveBack();
      },
    };
  }

  describe('(J3) PostgreSQL storage', () => storageContract(openFresh));
  describe('(J1, J3) PostgreSQL members and devices', () => memberContract(openFresh));
  describe('(J3) changes of a PostgreSQL database', () => {
    changeWatchContract(async () => {
      const database = await cluster.freshDatabase();
      const storage = await openPostgresStorage(database.url);
      const other = await openPostgresStorage(database.url);
      return {
        storage,
        other,
        whoseByOthers: 'anna',
        remove: async () => {
          await storage.close();
          await other.close();
          await database.giveBack();
        },
      };
    });
  });
  describe('(J3) PostgreSQL mail outbox', () => mailOutboxContract(openFresh));
});
