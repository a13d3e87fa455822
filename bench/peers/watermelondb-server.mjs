// A server that answers WatermelonDB's pull with everything in one piece, made beforehand, and takes what is pushed:
// `node watermelondb-server.mjs FOLDER ROWS` says its port when it is ready.

import { createServer } from 'node:http';
import { readRows } from './rows.mjs';
import { TABLE_NAMES } from './watermelondb-schema.mjs';

const [, rows = ''] = process.argv.slice(2);
const created = new Map(TABLE_NAMES.map((name) => [name, []]));
for await (const line of readRows(rows)) {
  const { table, row } = JSON.parse(line);
  created.get(table)?.push(row);
}
const everything = Buffer.from(answer(1, (name) => created.get(name) ?? []));
const nothing = Buffer.from(answer(2, () => []));
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const isFirst = request.url === '/pull?since=0';
    response.setHeader('content-type', 'application/json');
    response.end(request.method === 'POST' ? '{}' : isFirst ? everything : nothing);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));

function answer(timestamp, rowsOf) {
  const changes = TABLE_NAMES.map((name) => [
    name,
    { created: rowsOf(name), updated: [], deleted: [] },
  ]);
  return JSON.stringify({ changes: Object.fromEntries(changes), timestamp });
}
