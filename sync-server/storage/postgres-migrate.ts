// The tables on PostgreSQL: those of every dialect, and what only PostgreSQL needs beside them. (J3) [H9]

import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { MIGRATIONS, MigrationError } from './migrate.ts';
import * as changes from './postgres-migrations/001-changes.ts';
import { insertEpoch, selectEpoch } from './queries.ts';
import type { Tables } from './tables.ts';

/** Append only, like those of every dialect, which come first. */
const POSTGRES_MIGRATIONS: Readonly<Record<string, Migration>> = { '001-changes': changes };

/** Of all processes that start at once one brings the tables up to date; the others wait and find it done. */
const MIGRATING = 4_810_001;

/**
 * Brings the tables up to date, all steps or none. A database a newer server has written is refused, never touched.
 *
 * @throws MigrationError
 */
export async function migratePostgres(
  database: Kysely<Tables>,
  newEpoch: () => string,
  migrations = MIGRATIONS,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${MIGRATING})`.execute(transaction);
    const hasChanged = await runAll(transaction, migrations, 'kysely_migration');
    if (hasChanged) await likeSqlite(transaction);
    await runAll(transaction, POSTGRES_MIGRATIONS, 'postgres_migration');
    if ((await selectEpoch(transaction)) === undefined) await insertEpoch(transaction, newEpoch());
  });
}

/** Answers whether there was anything to do. */
async function runAll(
  database: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
  table: string,
): Promise<boolean> {
  const done = await migrationsIn(database, table);
  const names = Object.keys(migrations);
  if (done.some((name) => !names.includes(name)))
    throw new MigrationError(
      'The database was written by a newer server. Update this server, or restore what pg_dump wrote before the newer one was started.',
    );
  if (names.every((name) => done.includes(name))) return false;
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableName: table,
    migrationLockTableName: `${table}_lock`,
  }).migrateToLatest();
  if (error !== undefined)
    throw new MigrationError(
      'The database could not be brought up to date and is as it was before. Start the server you had before, and report this.',
      { cause: error },
    );
  return true;
}

async function migrationsIn(database: Kysely<Tables>, table: string): Promise<readonly string[]> {
  const found = await sql<{
    is_there: boolean;
  }>`select to_regclass(${table}) is not null as is_there`.execute(database);
  if (found.rows[0]?.is_there !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)}`.execute(
    database,
  );
  return rows.map(({ name }) => name);
}

/**
 * Text is ordered and compared byte by byte, whatever language the database was made for, and whole numbers have 64 bits, as
 * in SQLite: ids decide order, and a day's bytes are more than 32 bits hold. Asked of the columns there are, so that no
 * migration of every dialect has to think of it.
 */
async function likeSqlite(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table_name: string; column_name: string; data_type: string }>`
    select table_name, column_name, data_type from information_schema.columns
    where table_schema = current_schema() and table_name in (
        select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE')
      and table_name not like '%\_migration%'
      and (data_type = 'integer' or (data_type = 'text' and collation_name is distinct from 'C'))
    order by table_name, column_name`.execute(database);
  for (const [table, columns] of Map.groupBy(rows, (row) => row.table_name)) {
    const changes = columns.map(({ column_name: column, data_type }) =>
      data_type === 'text'
        ? sql`alter column ${sql.id(column)} type text collate "C"`
        : sql`alter column ${sql.id(column)} type bigint`,
    );
    await sql`alter table ${sql.table(table)} ${sql.join(changes)}`.execute(database);
  }
}
