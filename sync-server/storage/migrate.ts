import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type { Tables } from './tables.ts';
import * as first from './migrations/001-first.ts';
import * as claims from './migrations/002-claims.ts';
import * as mails from './migrations/003-mails.ts';
import * as broughtBlobs from './migrations/004-brought-blobs.ts';
import * as portalLinkKeys from './migrations/005-portal-link-keys.ts';
import * as customerDoor from './migrations/006-customer-door.ts';
import * as cleanedBlobs from './migrations/007-cleaned-blobs.ts';
import * as deletions from './migrations/008-deletions.ts';
import * as customerDays from './migrations/009-customer-days.ts';
import * as mailEpochs from './migrations/010-mail-epochs.ts';
import * as deviceEnds from './migrations/011-device-ends.ts';
import * as dueReplies from './migrations/014-due-replies.ts';

/** Append only: a migration that left the house is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-first': first,
  '002-claims': claims,
  '003-mails': mails,
  '004-brought-blobs': broughtBlobs,
  '005-portal-link-keys': portalLinkKeys,
  '006-customer-door': customerDoor,
  '007-cleaned-blobs': cleanedBlobs,
  '008-deletions': deletions,
  '009-customer-days': customerDays,
  '010-mail-epochs': mailEpochs,
  '011-device-ends': deviceEnds,
  '014-due-replies': dueReplies,
};

/** The message is a sentence for the person who started the server. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings the tables up to date, all steps or none. A database a newer server has written is refused, never touched. [H9]
 *
 * @param beforeUpgrade called before a database that holds anything is changed; copies it. [F3]
 * @throws MigrationError
 */
export async function migrateToLatest(
  database: Kysely<Tables>,
  beforeUpgrade: (toMigration: string) => void,
  migrations = MIGRATIONS,
): Promise<void> {
  const provider: MigrationProvider = { getMigrations: () => Promise.resolve(migrations) };
  const done = await migrationsDone(database);
  const names = Object.keys(migrations);
  if (done.some((name) => !names.includes(name)))
    throw new MigrationError(
      'Its database was written by a newer server. Update this server, or go back to the copy that the newer one made before it changed the database.',
    );
  const next = names.find((name) => !done.includes(name));
  if (next === undefined) return;
  if (done.length > 0) beforeUpgrade(next);
  await database.connection().execute(async (connection) => {
    // The migrator leaves the transaction to us on SQLite, where tables can be made and unmade in one.
    await sql`begin`.execute(connection);
    const { error } = await new Migrator({ db: connection, provider }).migrateToLatest();
    await sql.raw(error === undefined ? 'commit' : 'rollback').execute(connection);
    if (error !== undefined)
      throw new MigrationError(
        'Its database could not be brought up to date and is as it was before. Start the server you had before, and report this.',
        { cause: error },
      );
  });
}

/** Whether all tables are as this server writes them. */
export async function isUpToDate(database: Kysely<Tables>): Promise<boolean> {
  const done = await migrationsDone(database);
  const names = Object.keys(MIGRATIONS);
  return done.length === names.length && names.every((name) => done.includes(name));
}

async function migrationsDone(database: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
  return rows.map(({ name }) => name);
}
