// Every row of an SQLite database into another database, each compared with what was kept of it. (J3)

import { type Kysely, sql } from 'kysely';
import { selectEpoch, updateEpoch } from './queries.ts';
import type { Tables } from './tables.ts';

/** Offices first, since all else refers to them. A table that is added and not named here does not compile. */
const COPIED: Readonly<Record<Exclude<keyof Tables, 'server'>, true>> = {
  workspace: true,
  reference_counter: true,
  record: true,
  deletion: true,
  digest: true,
  settled_mutation: true,
  sign_in: true,
  device: true,
  portal_link_key: true,
  customer_session: true,
  customer_email: true,
  blob: true,
  queued_mail: true,
  mail_link: true,
  brought_blob: true,
  cleaned_blob: true,
  customer_day: true,
  due_reply: true,
};

const ROWS_AT_ONCE = 200;

type Row = Readonly<Record<string, unknown>>;
type Placed = Row & { readonly place: number };

/**
 * Run in a transaction of a database without offices. It has the epoch and the versions of the other one then, so that no desk
 * can tell them apart. [L6]
 *
 * @returns how many rows it has
 * @throws Error where something was not kept as it was
 */
export async function copyTables(from: Kysely<Tables>, to: Kysely<Tables>): Promise<number> {
  const server = await selectEpoch(from);
  if (server === undefined) throw new Error('The database has no epoch.');
  await updateEpoch(to, server.epoch);
  let count = 0;
  for (const table of Object.keys(COPIED)) count += await copyTable(from, to, table);
  return count;
}

async function copyTable(from: Kysely<Tables>, to: Kysely<Tables>, table: string): Promise<number> {
  let count = 0;
  for (let place = 0; ; ) {
    const { rows } = await sql<Placed>`select rowid as place, * from ${sql.table(table)}
      where rowid > ${place} order by rowid limit ${ROWS_AT_ONCE}`.execute(from);
    const last = rows.at(-1);
    if (last === undefined) break;
    await insert(to, table, rows);
    count += rows.length;
    place = last.place;
  }
  const counted = await sql<{
    rows: number;
  }>`select count(*) as rows from ${sql.table(table)}`.execute(to);
  if (counted.rows[0]?.rows !== count) throw notKept(table);
  return count;
}

async function insert(to: Kysely<Tables>, table: string, placed: readonly Placed[]): Promise<void> {
  const rows = placed.map(({ place: _, ...row }): Row => withoutNul(row));
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const kept =
    await sql<Row>`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)} returning *`.execute(to);
  const isSame = rows.every((row, index) =>
    columns.every((column) => kept.rows[index]?.[column] === row[column]),
  );
  if (!isSame) throw notKept(table);
}

/** PostgreSQL's text cannot hold it, and nothing that anybody reads has one: records are JSON, which writes it otherwise. */
function withoutNul(row: Row): Row {
  const changed = ([column, value]: [string, unknown]): [string, unknown] => [
    column,
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
  ];
  return Object.fromEntries(Object.entries(row).map(changed));
}

function notKept(table: string): Error {
  return new Error(
    `The new database did not keep the table “${table}” as it was, so nothing was moved. Go on with the server you have, and report this.`,
  );
}
