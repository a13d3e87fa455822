// Command line: moves all offices of a server's folder to PostgreSQL and a store, by the settings the server gets then. The
// server is stopped before, and the folder stays as it is. (J3)
//   npm run move -- --data DIR                 with DOCKET_DATABASE_URL and DOCKET_S3_… set

import { parseArgs } from 'node:util';
import { keptWhere } from './kept-where.ts';
import { moveOffices } from './move-offices.ts';

const { values } = parseArgs({ options: { data: { type: 'string', default: '.docket' } } });
try {
  const moved = await moveOffices(values.data, keptWhere(values.data));
  process.stdout.write(`${JSON.stringify({ event: 'moved', from: values.data, ...moved })}\n`);
  // Whoever moves has to hear of it.
  if (moved.damaged.length + moved.missing.length > 0) process.exitCode = 2;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
