// What live latency cannot be better than: a POST, one bare commit, and an event to a listener. The server is a process of
// its own, as the sync server is: `node echo-latency.ts FILE COUNT`, the server with SERVE as third argument.

import { fork } from 'node:child_process';
import { Agent, createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import type { LiveLatency } from '../support/measurements.ts';

const BETWEEN_MS = 40;
const BODY = JSON.stringify({ text: 'Note', rest: 'x'.repeat(400) });

const [file = '', count = '100', role] = process.argv.slice(2);
if (role === 'SERVE') serve();
else await listenAndPost();

function serve(): void {
  const database = new BetterSqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, data TEXT NOT NULL)');
  const insert = database.prepare('INSERT INTO note (data) VALUES (?)');
  const listeners = new Set<ServerResponse>();
  const server = createServer((message, answer) => {
    if (message.method === 'GET') {
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      listeners.add(answer);
      return;
    }
    let body = '';
    message.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    message.on('end', () => {
      const { lastInsertRowid } = insert.run(body);
      for (const listener of listeners) listener.write(`data: ${lastInsertRowid}\n\n`);
      answer.end('{}');
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function listenAndPost(): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), [file, count, 'SERVE']);
  const port = await new Promise<number>((resolve) => server.once('message', resolve));
  const place = { host: '127.0.0.1', port, agent: new Agent({ keepAlive: true }) };
  let heard: () => void = () => undefined;
  await new Promise<void>((resolve) => {
    request({ ...place, method: 'GET' }, (answer) => {
      answer.on('data', () => heard());
      resolve();
    }).end();
  });
  const latencyMs: number[] = [];
  for (let index = 0; index < Number(count); index += 1) {
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      heard = resolve;
      request({ ...place, method: 'POST' }, (answer) => answer.resume()).end(BODY);
    });
    latencyMs.push(performance.now() - startMs);
    await pause(BETWEEN_MS);
  }
  server.kill();
  const measured: LiveLatency = { latencyMs };
  process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
}

function pause(delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(resolve, delayMs, undefined);
  return promise.then(() => undefined);
}
