// The embedded default: one SQLite file. Another process (an admin command) may write to the same file. (J3)

import { randomUUID } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { isDiskFull } from '../errors.ts';
import { type ChangedRow, ChangeWatch } from './change-watch.ts';
import { KyselyStorage } from './kysely-storage.ts';
import { isUpToDate, migrateToLatest } from './migrate.ts';
import { insertEpoch, selectEpoch } from './queries.ts';
import type { Storage } from './storage.ts';
import type { Tables } from './tables.ts';

/**
 * Opens the file, or makes it, with its tables up to date; what it was before an upgrade stays beside it as a copy. [F3]
 *
 * @throws MigrationError
 */
export async function openSqliteStorage(path: string): Promise<Storage> {
  const sqlite = new Database(path);
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: open(sqlite) }) });
  try {
    await migrateToLatest(database, (toMigration) => {
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      copyFileSync(path, `${path}.before-${toMigration}`);
    });
    if ((await selectEpoch(database)) === undefined) await insertEpoch(database, randomUUID());
  } catch (cause) {
    await database.destroy();
    throw cause;
  }
  // Old rows are overwritten in the file; the log they went through is emptied, and copies from before are dropped. (C10)
  const wipeTraces = () => {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    for (const name of readdirSync(dirname(path)))
      if (name.startsWith(`${basename(path)}.before-`)) rmSync(join(dirname(path), name));
  };
  const changes = watchChanges(sqlite);
  return new KyselyStorage(database, { locksRows: false, wipeTraces, changes });
}

/**
 * A copy of a database as it stands at one moment, whoever writes to it meanwhile; on the disk for good when the call returns.
 *
 * @throws Error with a sentence where it cannot be read
 */
export function copySqlite(from: string, to: string): void {
  const sqlite = new Database(from, { readonly: true });
  try {
    const found = sqlite.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
    sqlite.prepare('VACUUM INTO ?').run(to);
  } catch (cause) {
    throw new Error(
      isDiskFull(cause)
        ? `The disk is full, so ${from} was not copied. Free some space, then try again.`
        : `The database ${from} is damaged or not Docket's, so it was not copied.`,
      { cause },
    );
  } finally {
    sqlite.close();
  }
  const handle = openSync(to, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * A database that nobody else has open, and that nobody else can open until this is closed. Nothing in it is changed.
 *
 * @throws Error with a sentence where a server runs on it, where it is damaged, or of another version
 */
export async function openSqliteAlone(path: string): Promise<Kysely<Tables>> {
  const sqlite = new Database(path, { fileMustExist: true, timeout: 1000 });
  try {
    // Before anything is read: a server has it open for as long as it runs, however quiet it is.
    sqlite.pragma('locking_mode = EXCLUSIVE');
    const found = sqlite.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
  } catch (cause) {
    sqlite.close();
    throw new Error(
      cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY'
        ? `A server runs on ${path}, so nothing was moved. Stop it, then try again.`
        : `The database ${path} is damaged or not Docket's, so nothing was moved.`,
      { cause },
    );
  }
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: open(sqlite) }) });
  if (await isUpToDate(database)) return database;
  await database.destroy();
  throw new Error(
    `The database ${path} is of another version of the server, so nothing was moved. Start this server on it once, stop it, then try again.`,
  );
}

/**
 * Triggers of this connection tell of its own writes, so that nothing that writes a row, now or later, can forget to; of other
 * connections SQLite says no more than that they committed something.
 */
function watchChanges(sqlite: Database.Database): ChangeWatch {
  const byOthers = sqlite.prepare<[], number>('pragma data_version').pluck();
  const changes = new ChangeWatch(() => byOthers.get());
  sqlite.function(
    'docket_note',
    { varargs: true },
    (...[workspaceId, kind, id, customerId, customerOfJob]: ColumnsOf<ChangedRow>) => {
      changes.note({ workspaceId, kind, id, customerId, customerOfJob });
      return null;
    },
  );
  for (const [table, columns] of [
    ['record', recordColumns],
    ['customer_session', sessionColumns],
  ] as const)
    for (const [event, rows] of [
      ['insert', ['new']],
      ['update', ['old', 'new']],
      ['delete', ['old']],
    ] as const)
      sqlite.exec(
        `create temp trigger docket_${table}_${event} after ${event} on main.${table} begin
        ${rows.map((row) => `select docket_note(${columns(row)});`).join(' ')} end`,
      );
  return changes;
}

type ColumnsOf<R extends ChangedRow> = [
  R['workspaceId'],
  R['kind'],
  R['id'],
  R['customerId'],
  R['customerOfJob'],
];

function recordColumns(row: 'old' | 'new'): string {
  return `${row}.workspace_id, ${row}.kind, ${row}.id, ${row}.customer_id, (select job.customer_id from record as job
    where job.workspace_id = ${row}.workspace_id and job.kind = 'job' and job.id = ${row}.job_id)`;
}

function sessionColumns(row: 'old' | 'new'): string {
  return `${row}.workspace_id, 'customer_session', ${row}.id, ${row}.customer_id, null`;
}

function open(sqlite: Database.Database): SqliteDatabase {
  sqlite.pragma('journal_mode = WAL');
  // The build's default is NORMAL, which may lose the last commits at power loss. [F3]
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  // What is deleted or overwritten is gone from the file as well: a text removed for good must not lie in a free page. (C10)
  sqlite.pragma('secure_delete = ON');
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {
      sqlite.close();
    },
    prepare: (sql) => {
      // A transaction that reads before it writes must have the write lock from its first statement: a later upgrade
      // fails at once, whatever the busy timeout, where another process wrote meanwhile.
      const text = sql === 'begin' ? 'begin immediate' : sql;
      // A full disk ends the transaction by itself: a second end would only hide why. [F2]
      if (text === 'rollback' && !sqlite.inTransaction) return sqlite.prepare('select 1');
      const known = prepared.get(text);
      if (known !== undefined) return known;
      const statement = sqlite.prepare(text) as SqliteStatement;
      // Long inserts differ by their number of rows; keeping each of them would only fill memory.
      if (text.length < MAX_KEPT_SQL_LENGTH) prepared.set(text, statement);
      return statement;
    },
  };
}

const MAX_KEPT_SQL_LENGTH = 1500;
