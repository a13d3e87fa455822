// A first sync into a fresh WatermelonDB, then notes flushed: `node watermelondb-client.mjs FOLDER PORT NOTES`

import { createRequire } from 'node:module';
import { notes, report } from './rows.mjs';
import { modelClasses, schema } from './watermelondb-schema.mjs';

const require = createRequire(import.meta.url);
const { Database } = require('@nozbe/watermelondb');
const { default: SQLiteAdapter } = require('@nozbe/watermelondb/adapters/sqlite');
const { synchronize } = require('@nozbe/watermelondb/sync');

const [folder = '', port = '', count = '0'] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}`;
const adapter = new SQLiteAdapter({ schema, dbName: `${folder}/local.db` });
const database = new Database({ adapter, modelClasses });
let rows = 0;
const sync = () =>
  synchronize({
    database,
    pullChanges: async ({ lastPulledAt }) => {
      const answer = await fetch(`${url}/pull?since=${lastPulledAt ?? 0}`);
      const { changes, timestamp } = await answer.json();
      for (const { created } of Object.values(changes)) rows += created.length;
      return { changes, timestamp };
    },
    pushChanges: async ({ changes }) => {
      await fetch(`${url}/push`, { method: 'POST', body: JSON.stringify(changes) });
    },
  });
// What the library says on the way is not what this program has to say.
console.log = console.warn = () => undefined;
const startMs = performance.now();
await sync();
const tookMs = performance.now() - startMs;
const entries = database.collections.get('entry');
await database.write(async () => {
  for (const { text } of notes(Number(count)))
    await entries.create((entry) => {
      entry._setRaw('data', text);
    });
});
const flushFromMs = performance.now();
await sync();
report({ rows, tookMs, flushMs: performance.now() - flushFromMs });
