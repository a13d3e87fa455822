// A PouchDB server over HTTP with the rows in it: `node pouchdb-server.mjs FOLDER ROWS` says its port when it is filled.

import express from 'express';
import expressPouchdb from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { readRows } from './rows.mjs';

const AT_ONCE = 2000;
const [folder = '', rows = ''] = process.argv.slice(2);
const Server = PouchDB.defaults({ prefix: `${folder}/` });
// Databases made before the application are invisible to it.
const app = express();
app.use('/', expressPouchdb(Server, { mode: 'minimumForPouchDB', logPath: `${folder}/log.txt` }));
const office = new Server('office');
let docs = [];
for await (const line of readRows(rows)) {
  const { table, row } = JSON.parse(line);
  const { id, data, ...rest } = row;
  docs.push({ _id: `${table}/${id}`, ...rest, record: JSON.parse(data) });
  if (docs.length < AT_ONCE) continue;
  await office.bulkDocs(docs);
  docs = [];
}
await office.bulkDocs(docs);
const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
