// A damaged file is taken apart row by row: what can be read goes into a new file, which then takes its place; the damaged
// one is kept aside as it was. Killed at any instruction, either the old file stands or the new one, whole. [F1, F2]

import { renameSync } from 'node:fs';
import type { Cell, Mirror, ReadableMirror, WritableMirror } from './database.ts';
import { finishSalvage, removeDatabase } from './salvaged-file.ts';

export interface Salvaged {
  /** Of what a person did here and the server has not confirmed. */
  readonly savedMutations: number;
  /** Known to have been there, and not readable any more. */
  readonly lostMutations: number;
  /** Whether the file could be read at all; where not, nobody knows what was in it. */
  readonly isReadable: boolean;
}

export interface SalvageParts {
  readonly file: string;
  openMirror(file: string): Mirror;
  /** Only reads, and leaves the file as it is; undefined where it cannot be opened at all. */
  openDamaged(file: string): (ReadableMirror & { close(): void }) | undefined;
  /** Makes the new file what the program needs, before it takes the old one's place. */
  prepare(mirror: Mirror, salvaged: Salvaged): void;
}

const ROWS_AT_ONCE = 500;
/** Columns that hold JSON: a row that reads without an error may hold rubbish all the same. */
const JSON_COLUMNS = ['data', 'args', 'before_images', 'depends_on', 'blob_ids'];

export type Row = Readonly<Record<string, Cell>>;

export function salvageMirror(parts: SalvageParts): Salvaged {
  const { file } = parts;
  removeDatabase(`${file}.rescuing`);
  const fresh = parts.openMirror(`${file}.rescuing`);
  const damaged = parts.openDamaged(file);
  let salvaged: Salvaged;
  try {
    salvaged = fresh.transact((writable) => copyReadable(damaged, writable));
    parts.prepare(fresh, salvaged);
  } finally {
    damaged?.close();
    fresh.close();
  }
  renameSync(`${file}.rescuing`, `${file}.rescued`);
  finishSalvage(file);
  return salvaged;
}

function copyReadable(damaged: ReadableMirror | undefined, fresh: WritableMirror): Salvaged {
  const tables = damaged === undefined ? [] : tablesIn(damaged, fresh);
  if (damaged === undefined || tables.length === 0)
    return { savedMutations: 0, lostMutations: 0, isReadable: false };
  for (const table of tables) copyTable(damaged, fresh, table);
  const saved = new Set(columnOf(() => fresh.all('SELECT id AS value FROM outbox')));
  // The index knows of rows that the table no longer gives.
  const known = columnOf(() =>
    damaged.all('SELECT id AS value FROM outbox INDEXED BY sqlite_autoindex_outbox_1'),
  );
  return {
    savedMutations: saved.size,
    lostMutations: known.filter((id) => !saved.has(id)).length,
    isReadable: true,
  };
}

/** What a search index knows is made anew from the rows. */
const IS_NO_INDEX = String.raw`name NOT LIKE '%\_index%' ESCAPE '\'`;

function tablesIn(damaged: ReadableMirror, fresh: ReadableMirror): string[] {
  const names = (mirror: ReadableMirror) =>
    columnOf(() =>
      mirror.all(
        `SELECT name AS value FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND ${IS_NO_INDEX}`,
      ),
    );
  const found = new Set(names(damaged));
  return names(fresh).filter((name) => found.has(name));
}

/** @param change what is kept of a row; null keeps nothing of it */
export function copyTable(
  damaged: ReadableMirror,
  fresh: WritableMirror,
  table: string,
  change: (row: Row) => Row | null = (row) => row,
): void {
  const wanted = new Set(
    columnOf(() => fresh.all(`SELECT name AS value FROM pragma_table_info('${table}')`)),
  );
  const columns = columnOf(() =>
    damaged.all(`SELECT name AS value FROM pragma_table_info('${table}')`),
  ).filter((name) => wanted.has(name));
  if (columns.length === 0) return;
  const insert = `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  readRows(damaged, { table, columns }, (rows) => {
    for (const row of rows.map(change))
      if (row !== null && isWhole(row)) {
        const cells = columns.map((name) => row[name] ?? null);
        tryTo(() => fresh.run(insert, cells));
      }
    fresh.touch(table);
  });
}

/** What can be read of a table, some of it twice. */
export function readRows(
  damaged: ReadableMirror,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
  keep: (rows: readonly Row[]) => void,
): void {
  // From both ends towards whatever is damaged between them.
  for (const order of ['ASC', 'DESC'] as const) {
    const isThrough = readFromOneEnd({ damaged, table, columns, order, keep });
    if (isThrough) return;
  }
}

/** Answers whether it came to the other end. */
function readFromOneEnd(from: {
  readonly damaged: ReadableMirror;
  readonly table: string;
  readonly columns: readonly string[];
  readonly order: 'ASC' | 'DESC';
  keep(rows: readonly Row[]): void;
}): boolean {
  const { damaged, table, columns, order, keep } = from;
  const keys = keysOf(damaged, table);
  const select = [...keys.map((key, index) => `${key} AS key_${index}`), ...columns].join(', ');
  const sorted = keys.map((key) => `${key} ${order}`).join(', ');
  const later = `(${keys.join(', ')}) ${order === 'ASC' ? '>' : '<'} (${keys.map((_, index) => `@key_${index}`).join(', ')})`;
  let last: Row | undefined;
  for (let limit = ROWS_AT_ONCE; ; ) {
    const where = last === undefined ? '' : `WHERE ${later}`;
    const sql = `SELECT ${select} FROM ${table} ${where} ORDER BY ${sorted} LIMIT ${limit}`;
    const bindings = Object.fromEntries(
      keys.map((_, index) => [`key_${index}`, last?.[`key_${index}`] ?? null]),
    );
    const rows = tryTo(() => damaged.all<Row>(sql, last === undefined ? {} : bindings));
    if (rows === undefined) {
      // The page that cannot be read lies within: up to it row by row.
      if (limit === 1) return false;
      limit = 1;
      continue;
    }
    keep(rows);
    if (rows.length < limit) return true;
    last = rows.at(-1);
  }
}

/** What orders a table as it lies in the file: its rowid, or its primary key where it has none. */
function keysOf(damaged: ReadableMirror, table: string): readonly string[] {
  const schema = tryTo(() =>
    damaged.get<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = @table', { table }),
  );
  if (schema?.sql.includes('WITHOUT ROWID') !== true) return ['rowid'];
  return columnOf(() =>
    damaged.all(`SELECT name AS value FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`),
  );
}

function isWhole(row: Row): boolean {
  return JSON_COLUMNS.every((name) => {
    const cell = row[name];
    return typeof cell !== 'string' || tryTo(() => JSON.parse(cell) as unknown) !== undefined;
  });
}

function columnOf(read: () => { value: string }[]): string[] {
  return (tryTo(read) ?? []).map(({ value }) => value);
}

/** Undefined where it cannot be done: that is what is expected of a damaged file. */
function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
