// The least a server can do with a file: what comes goes into a file, and nothing else. `node bare-put.ts FOLDER`

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const [folder = ''] = process.argv.slice(2);
const server = createServer((request, answer) => {
  void pipeline(request, createWriteStream(join(folder, randomUUID()))).then(() =>
    answer.writeHead(204).end(),
  );
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const line = { event: 'listening', url: `http://127.0.0.1:${port}` };
  process.stdout.write(`${JSON.stringify(line)}\n`);
});
