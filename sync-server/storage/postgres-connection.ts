// Connections to PostgreSQL, and what it says no with, in the server's words. (J3)

import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { AppError } from '../errors.ts';

const CONNECT_WITHIN_MS = 10_000;
/** Whoever is silent in the middle of a transaction, with an office locked, has died without anybody noticing. */
const SILENT_IN_TRANSACTION_MS = 30_000;
const STATEMENT_WITHIN_MS = 60_000;
/** Firewalls forget a quiet line after minutes, without a word to either end; asked after, it stays or is laid again. */
const QUIET_MS = 30_000;
/** A batch takes one for as long as it runs; whoever finds none waits. */
const MOST_CONNECTIONS = 10;

/** BIGINT and COUNT come as numbers, as from SQLite; none of ours is beyond 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(oid, format) as unknown),
};

function settingsOf(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'docket',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    idle_in_transaction_session_timeout: SILENT_IN_TRANSACTION_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: QUIET_MS,
    types,
  };
}

/** One connection that is not of the pool. A break is told once, and it is of no use then. */
export async function connectAlone(
  url: string,
  onBreak: () => void,
  settings: pg.ClientConfig = {},
): Promise<pg.Client> {
  const client = new pg.Client({ ...settingsOf(url), ...settings });
  let isBroken = false;
  const tellOnce = () => {
    if (!isBroken) onBreak();
    isBroken = true;
  };
  client.on('error', tellOnce);
  client.on('end', tellOnce);
  try {
    await client.connect();
  } catch (cause) {
    isBroken = true;
    throw fromPostgres(cause);
  }
  return client;
}

/** As Kysely wants it, with errors in the server's words and text as PostgreSQL can take it. */
export function openPool(url: string): PostgresPool {
  const pool = new pg.Pool({ ...settingsOf(url), max: MOST_CONNECTIONS });
  // One that breaks while nobody uses it is replaced; one that is in use says so at the next statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    options: {},
    connect: async () => {
      try {
        return translated(await pool.connect());
      } catch (cause) {
        throw fromPostgres(cause);
      }
    },
    end: () => pool.end(),
  };
}

function translated(client: pg.PoolClient): PostgresPoolClient {
  const query = async (sql: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(sql, parameters.map(withoutNul));
    } catch (cause) {
      throw fromPostgres(cause);
    }
  };
  // Cursors, its other way of asking, are not used here.
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(),
  };
}

/** PostgreSQL's text cannot hold it. Records are JSON, which writes it otherwise; elsewhere nothing of ours has one. */
function withoutNul(parameter: unknown): unknown {
  return typeof parameter === 'string' ? parameter.replaceAll('\0', '\ufffd') : parameter;
}

/** Of the machine and the line between. */
const NOT_REACHED: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  // It stops, starts, or has no connection left; a statement or transaction took too long.
  ...['57P01', '57P02', '57P03', '53300', '57014', '25P03'],
]);
const DISK_FULL = '53100';

export function fromPostgres(cause: unknown): unknown {
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return fromPostgres(cause.errors[0]);
  if (!(cause instanceof Error) || cause instanceof AppError) return cause;
  const code = codeOf(cause);
  if (code === DISK_FULL) return new AppError('disk-full', { cause });
  const isLost =
    code === undefined &&
    /connection (terminated|error)|timeout exceeded|client was closed/i.test(cause.message);
  if (isLost || (code !== undefined && (NOT_REACHED.has(code) || code.startsWith('08'))))
    return new AppError('database-unreachable', { cause });
  return cause;
}

/** Two transactions were in each other's way, and this one gave in. */
export function isDeadlock(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40P01' || code === '40001';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** Why a start came to nothing, without the password. */
export function startSentence(url: string, cause: unknown): string | undefined {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname || 'this machine'}:${port || '5432'}`;
  const name = decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username);
  const inner = cause instanceof AppError ? (cause.cause ?? cause) : cause;
  switch (codeOf(inner)) {
    case '28P01':
    case '28000':
      return `The database at ${place} does not let “${decodeURIComponent(username)}” in with this password. Correct DOCKET_DATABASE_URL.`;
    case '3D000':
      return `There is no database “${name}” at ${place}. Create it (createdb ${name}), or correct DOCKET_DATABASE_URL.`;
    case '42501':
      return `“${decodeURIComponent(username)}” may not make tables in the database “${name}” at ${place}. Make it the owner of the database.`;
    default:
      return cause instanceof AppError
        ? `The database at ${place} cannot be reached. Start PostgreSQL, or correct DOCKET_DATABASE_URL.`
        : undefined;
  }
}
