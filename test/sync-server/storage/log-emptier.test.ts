import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { logEmptier } from '../../../sync-server/storage/log-emptier.ts';
import { tempDir } from '../../support/temp-dir.ts';

async function openLog() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const sqlite = new BetterSqlite(join(await tempDir(), 'server.sqlite'));
  onTestFinished(() => void sqlite.close());
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('wal_autocheckpoint = 8192');
  sqlite.exec('CREATE TABLE note (text)');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const insert = sqlite.prepare('INSERT INTO note VALUES (?)');
  const committed = logEmptier(sqlite);
  return {
    sqlite,
    write: (bytes: number) => {
      insert.run('x'.repeat(bytes));
      committed();
    },
    pagesLeft: () => {
      const [at] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      return at === undefined ? Number.NaN : at.log - at.checkpointed;
    },
  };
}

test('[F3] a long log is written into the database once nobody has committed for a second', async () => {
  const { write, pagesLeft } = await openLog();
  write(6 * 1024 * 1024);
  vi.advanceTimersByTime(999);
  write(10);
  vi.advanceTimersByTime(999);
  expect(pagesLeft()).toBeGreaterThan(1500);
  vi.advanceTimersByTime(1);
  expect(pagesLeft()).toBe(0);
});

test('a short log stays, and a database that was closed meanwhile is left alone', async () => {
  const { sqlite, write, pagesLeft } = await openLog();
  write(10);
  vi.advanceTimersByTime(60_000);
  expect(pagesLeft()).toBeGreaterThan(0);
  write(6 * 1024 * 1024);
  sqlite.close();
  expect(() => vi.advanceTimersByTime(60_000)).not.toThrow();
});
