// The limit: a bare Fastify that sends the same pages with the headers the portal adds to pages, without the dozen that every
// answer of the server has, and looks at nothing.
//   node bench/programs/bare-pages.ts FOLDER

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastify from 'fastify';
import { PAGE_HEADERS } from '../../sync-server/portal/page-headers.ts';

const app = fastify();
const [, , folder = '.'] = process.argv;
for (const name of await readdir(folder)) {
  const page = await readFile(join(folder, name), 'utf8');
  app.get(`/${name}`, (_request, reply) =>
    reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page),
  );
}
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ event: 'listening', url })}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
