// The physical limit of a first sync: the rows of a filled mirror, put into the same tables with the same indexes, those of the
// search behind them, by bare better-sqlite3 in two transactions. `node plain-insert.ts MIRROR-FILE NEW-FILE`

import BetterSqlite from 'better-sqlite3';
import { searchable } from '../../electron/core/mirror/searchable.ts';
import { RECORD_KINDS } from '../../sync-server/protocol/records.ts';
import type { PlainInsert } from '../support/measurements.ts';

const [from = '', to = ''] = process.argv.slice(2);
const filled = new BetterSqlite(from, { readonly: true });
const tables = RECORD_KINDS.map((name) => {
  // In the order they came: that decides how the indexes grow.
  const rows = filled.prepare<[], unknown[]>(`SELECT * FROM ${name} ORDER BY rowid`).raw().all();
  const columns = filled.prepare(`SELECT * FROM ${name}`).columns().length;
  return { name, rows, sql: `INSERT INTO ${name} VALUES (${Array(columns).fill('?').join(', ')})` };
});
const schema = filled
  .prepare<[], string>(
    // The tables that a search index consists of come with it.
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
       AND name NOT GLOB '*_index_*' ORDER BY rowid`,
  )
  .pluck()
  .all();
filled.close();

const database = new BetterSqlite(to);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
for (const statement of schema) database.exec(statement);
const indexed = {
  entry: 'search',
  attachment: `searchable(data ->> '$.name')`,
};
database.function('searchable', { deterministic: true }, (text) => searchable(String(text)));
const startMs = performance.now();
database.transaction(() => {
  for (const { rows, sql } of tables) {
    const insert = database.prepare(sql);
    for (const row of rows) insert.run(row);
  }
})();
const tookMs = performance.now() - startMs;
database.transaction(() => {
  for (const [table, words] of Object.entries(indexed))
    database.exec(`INSERT INTO ${table}_index (rowid, words) SELECT rowid, ${words} FROM ${table}`);
})();
const indexedMs = performance.now() - startMs;
database.close();
const measured: PlainInsert = {
  rows: tables.reduce((sum, { rows }) => sum + rows.length, 0),
  tookMs,
  indexedMs,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
