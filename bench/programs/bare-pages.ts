// The limit: a bare Fastify that sends the same page with the headers the portal adds to pages, without the dozen that every
// answer of the server has, and looks at nothing.
//   node bench/programs/bare-pages.ts LIST.html JOB.html

import { readFile } from 'node:fs/promises';
import fastify from 'fastify';
import { PAGE_HEADERS } from '../../sync-server/portal/page-headers.ts';

const app = fastify();
for (const [index, file] of process.argv.slice(2).entries()) {
  const page = await readFile(file, 'utf8');
  app.get(`/page-${index}`, (_request, reply) =>
    reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page),
  );
}
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ event: 'listening', url })}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
