// Which row has which word, so that a search over all jobs need not read them all. (G1, G2) [S1]

import type { ReadableMirror, WritableMirror } from './database.ts';
import { typedWords, wordConditions } from './searchable.ts';

/** A table and what of a row of it is searched, as SQL. The triggers of migration 014 keep to the same. */
const INDEXED = {
  entry: 'entry.search',
  attachment: `searchable(attachment.data ->> '$.name')`,
  attachment_text: 'searchable(attachment_text.text)',
} as const;
export type IndexedTable = keyof typeof INDEXED;
const TABLES = Object.keys(INDEXED) as readonly IndexedTable[];

/** Fewer are read as quickly as they are found; what is written in files is long. */
const WORTH_ROWS: { readonly [T in IndexedTable]: number } = {
  entry: 500,
  attachment: 500,
  attachment_text: 20,
};
/** About 40 ms. */
const MOST_ROWS = 10_000;

/** Whether rows that are in no index yet have become many. */
export function hasNewRows(mirror: ReadableMirror, worthRows = WORTH_ROWS): boolean {
  return TABLES.some((table) => isBehind(mirror, table, worthRows));
}

/** Puts rows into the indexes that are not in them yet, where they have become many, and not more than nobody waits for. */
export function indexNewRows(mirror: WritableMirror, worthRows = WORTH_ROWS): void {
  for (const table of TABLES) {
    if (!isBehind(mirror, table, worthRows)) continue;
    const through = indexedThrough(mirror, table);
    const last = lastRow(mirror, table);
    const upTo = Math.min(last, through + MOST_ROWS);
    mirror.run(
      `INSERT INTO ${table}_index (rowid, words) SELECT rowid, ${INDEXED[table]} FROM ${table}
       WHERE rowid > @through AND rowid <= @upTo`,
      { through, upTo },
    );
    mirror.run('UPDATE search_index SET through = @upTo WHERE name = @table', { upTo, table });
  }
}

/** Takes everything out: a word of a text that was removed for good would stand in an index for some time yet. (C10) */
export function emptyIndexes(mirror: WritableMirror): void {
  for (const table of TABLES)
    mirror.run(`INSERT INTO ${table}_index (${table}_index) VALUES ('delete-all')`);
  mirror.run('UPDATE search_index SET through = 0');
}

export interface Selection {
  /** Of `rowid`. */
  readonly sql: string;
  readonly bindings: Readonly<Record<string, string | number>>;
}

/** Rows in which each word of what was typed begins a word, found by the index or, as yet unknown to it, by reading them. */
export function rowsWithWords(
  mirror: ReadableMirror,
  table: IndexedTable,
  typed: string,
): Selection {
  const asRead = wordConditions(INDEXED[table], typed);
  const match = typedWords(typed)
    .map((word) => `"${word}"*`)
    .join(' ');
  return {
    sql: `SELECT rowid FROM ${table}_index WHERE ${table}_index MATCH @match
      UNION ALL SELECT rowid FROM ${table} WHERE rowid > @${table}Through AND ${asRead.conditions.join(' AND ')}`,
    bindings: { match, [`${table}Through`]: indexedThrough(mirror, table), ...asRead.bindings },
  };
}

function isBehind(mirror: ReadableMirror, table: IndexedTable, worthRows: typeof WORTH_ROWS) {
  return lastRow(mirror, table) - indexedThrough(mirror, table) >= worthRows[table];
}

function indexedThrough(mirror: ReadableMirror, name: IndexedTable): number {
  const row = mirror.get<{ through: number }>(
    'SELECT through FROM search_index WHERE name = @name',
    { name },
  );
  return row?.through ?? 0;
}

function lastRow(mirror: ReadableMirror, table: IndexedTable): number {
  return mirror.get<{ last: number | null }>(`SELECT max(rowid) AS last FROM ${table}`)?.last ?? 0;
}
