import type { Kysely } from 'kysely';
import type { Dialect } from './queries.ts';
import type { Tables } from './tables.ts';

type Work<T> = (database: Kysely<Tables>) => Promise<T>;

const MOST_TRIES = 3;

/** All of it or nothing; again from its beginning where another transaction was in its way. */
export async function inTransaction<T>(
  database: Kysely<Tables>,
  { isWorthAnotherTry = () => false }: Dialect,
  work: Work<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await database.transaction().execute(work);
    } catch (error) {
      if (tries >= MOST_TRIES || !isWorthAnotherTry(error)) throw error;
    }
}

/** What several statements read is of one moment: a page must not claim a version whose rows it did not see. [O1] */
export function atOneMoment<T>(
  database: Kysely<Tables>,
  { locksRows }: Dialect,
  read: Work<T>,
): Promise<T> {
  const transaction = database.transaction();
  // On SQLite it is of one moment anyway.
  if (!locksRows) return transaction.execute(read);
  return transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
