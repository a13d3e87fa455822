// A first replication into a fresh PouchDB, then notes flushed: `node pouchdb-client.mjs FOLDER PORT NOTES`

import PouchDB from 'pouchdb';
import { notes, report } from './rows.mjs';

const BATCH = 1000;
const [folder = '', port = '', count = '0'] = process.argv.slice(2);
const remote = `http://127.0.0.1:${port}/office`;
const local = new PouchDB(`${folder}/local`);
const startMs = performance.now();
const { docs_written: rows } = await local.replicate.from(remote, { batch_size: BATCH });
const tookMs = performance.now() - startMs;
for (const { id, ...note } of notes(Number(count))) await local.put({ _id: id, ...note });
const flushFromMs = performance.now();
await local.replicate.to(remote, { batch_size: BATCH });
report({ rows, tookMs, flushMs: performance.now() - flushFromMs });
