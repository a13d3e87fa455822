// The offices of an SQLite database, all of them or none, in a PostgreSQL database that has none. (J3)

import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { copyTables } from './copy-tables.ts';
import { openPool } from './postgres-connection.ts';
import { selectWorkspaceIds } from './queries.ts';
import type { Tables } from './tables.ts';

/**
 * Its tables are up to date, and nothing is in them where this throws.
 *
 * @returns how many rows it has then
 * @throws Error with a sentence, AppError `database-unreachable`
 */
export async function fillPostgres(url: string, from: Kysely<Tables>): Promise<number> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url) }) });
  try {
    return await database.transaction().execute(async (to) => {
      // Nobody adds an office meanwhile.
      await sql`lock table workspace in exclusive mode`.execute(to);
      if ((await selectWorkspaceIds(to)).length > 0) throw holdsOffices();
      return copyTables(from, to);
    });
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    throw new Error(
      `PostgreSQL did not take the offices (${cause.message}), so nothing was moved. Go on with the server you have, and report this.`,
      { cause },
    );
  } finally {
    await database.destroy();
  }
}

export function holdsOffices(): Error {
  return new Error(
    'The PostgreSQL database holds offices already, so nothing was moved. Create an empty one, or correct DOCKET_DATABASE_URL.',
  );
}
