import type { Kysely } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import type { Tables } from './tables.ts';
import * as first from './migrations/001-first.ts';
import * as claims from './migrations/002-claims.ts';
import * as mails from './migrations/003-mails.ts';
import * as broughtBlobs from './migrations/004-brought-blobs.ts';
import * as portalLinkKeys from './migrations/005-portal-link-keys.ts';

const migrations: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '001-first': first,
      '002-claims': claims,
      '003-mails': mails,
      '004-brought-blobs': broughtBlobs,
      '005-portal-link-keys': portalLinkKeys,
    }),
};

/** Brings the tables up to date; a database a newer server has written is refused, never touched. [H9] */
export async function migrateToLatest(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: migrations });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error(
      'The database could not be brought up to date. Was it written by a newer server?',
      { cause: error },
    );
}
