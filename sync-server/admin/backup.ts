// Command line: copies all offices of a server into a folder, while it runs. Again into the same folder, only what is new is copied. (J4)
//   npm run backup -- --data DIR --to FOLDER

import { parseArgs } from 'node:util';
import { backUp } from './data-copy.ts';
import { keptWhere } from './kept-where.ts';

const { values } = parseArgs({
  options: { data: { type: 'string', default: '.docket' }, to: { type: 'string' } },
});
try {
  if (values.to === undefined) throw new Error('Say where the copy goes: --to FOLDER.');
  if (keptWhere(values.data).databaseUrl !== null)
    throw new Error(
      'The offices are in PostgreSQL (DOCKET_DATABASE_URL), so nothing was copied. Back the database up with pg_dump, then the files: by the versions of the bucket, or a copy of the data folder. docs/operations.md says how.',
    );
  const copied = await backUp(values.data, values.to);
  process.stdout.write(`${JSON.stringify({ event: 'backed-up', to: values.to, ...copied })}\n`);
  // Whoever looks after backups has to hear of it.
  if (copied.damaged.length > 0) process.exitCode = 2;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
