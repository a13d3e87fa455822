// The same storage on PostgreSQL, for any number of processes. (J3)

import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { StartError } from '../errors.ts';
import { KyselyStorage } from './kysely-storage.ts';
import { MigrationError } from './migrate.ts';
import { PostgresChanges } from './postgres-changes.ts';
import { connectAlone, isDeadlock, openPool, startSentence } from './postgres-connection.ts';
import { migratePostgres } from './postgres-migrate.ts';
import { PostgresNews } from './postgres-news.ts';
import { PostgresTurns } from './postgres-turns.ts';
import type { Storage } from './storage.ts';
import type { Tables } from './tables.ts';

/** Snapshots that are compared with transaction ids of 64 bits. */
const OLDEST_VERSION = 13;

/**
 * Opens the database and brings its tables up to date; of several processes that start at once one does.
 *
 * @throws StartError with a sentence that never holds the password
 */
export async function openPostgresStorage(url: string): Promise<Storage> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url) }) });
  const turns = new PostgresTurns(url);
  try {
    await refuseOlder(database);
    await migratePostgres(database, randomUUID);
    const others = await PostgresNews.open(database, url);
    const changes = new PostgresChanges(database);
    const closeAll = async () => {
      changes.close();
      await Promise.all([others.close(), turns.close()]);
    };
    return new PostgresStorage(
      database,
      {
        locksRows: true,
        changes: changes.watch,
        catchUp: () => changes.catchUp(),
        others,
        turns,
        isWorthAnotherTry: isDeadlock,
        wipeTraces: wiper(url),
      },
      closeAll,
    );
  } catch (cause) {
    await database.destroy();
    await turns.close();
    if (cause instanceof MigrationError) throw new StartError(cause.message, { cause });
    if (cause instanceof StartError) throw cause;
    const sentence = startSentence(url, cause);
    if (sentence === undefined) throw cause;
    throw new StartError(sentence, { cause });
  }
}

class PostgresStorage extends KyselyStorage {
  readonly #closeAll: () => Promise<void>;

  constructor(
    ...[database, dialect, closeAll]: [
      ...ConstructorParameters<typeof KyselyStorage>,
      () => Promise<void>,
    ]
  ) {
    super(database, dialect);
    this.#closeAll = closeAll;
  }

  override async close(): Promise<void> {
    await this.#closeAll();
    await super.close();
  }
}

async function refuseOlder(database: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ server_version_num: string }>`show server_version_num`.execute(
    database,
  );
  const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (version < OLDEST_VERSION)
    throw new StartError(
      `The database is PostgreSQL ${version}; Docket needs ${OLDEST_VERSION} or newer. Update PostgreSQL.`,
    );
}

/**
 * Old rows are freed to be written over. That is all a client of PostgreSQL can do for what was removed for good: its log,
 * replicas and backups are whose who runs it (docs/security.md). Nobody waits for it; one run at a time, and one more after
 * whatever was removed meanwhile. (C10)
 */
function wiper(url: string): () => void {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await vacuum(url).catch(() => undefined);
      // The flag is set by calls that come while this waits.
    } while (again as boolean);
    running = undefined;
  };
  return () => {
    again = true;
    running ??= run();
  };
}

async function vacuum(url: string): Promise<void> {
  const client = await connectAlone(url, () => undefined, { statement_timeout: 0 });
  try {
    await client.query(
      'vacuum (skip_locked) record, settled_mutation, queued_mail, mail_link, customer_session, customer_email',
    );
  } finally {
    await client.end();
  }
}
