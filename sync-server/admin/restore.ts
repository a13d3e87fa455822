// Command line: makes a server's folder of a copy that `backup` made. The server is started on it afterwards. (J4) [L6]
//   npm run restore -- --from FOLDER --data DIR
//   npm run restore -- --new-epoch             after pg_restore, before the server is started

import { parseArgs } from 'node:util';
import { restore } from './data-copy.ts';
import { keptWhere, openForCommand } from './kept-where.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    data: { type: 'string', default: '.docket' },
    'new-epoch': { type: 'boolean', default: false },
  },
});
try {
  await (values['new-epoch'] ? beginEpoch() : restoreFolder());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function restoreFolder(): Promise<void> {
  if (keptWhere(values.data).databaseUrl !== null)
    throw new Error(
      'The offices are in PostgreSQL (DOCKET_DATABASE_URL), so nothing was restored. Restore the database with pg_restore, then run: npm run restore -- --new-epoch',
    );
  if (values.from === undefined) throw new Error('Say where the copy is: --from FOLDER.');
  const copied = await restore(values.from, values.data, Date.now());
  process.stdout.write(`${JSON.stringify({ event: 'restored', data: values.data, ...copied })}\n`);
  if (copied.damaged.length > 0) process.exitCode = 2;
}

/** What pg_restore cannot know: every desk has to notice that the server is not where it was. [L6] */
async function beginEpoch(): Promise<void> {
  if (keptWhere(values.data).databaseUrl === null)
    throw new Error(
      'There is no DOCKET_DATABASE_URL, so nothing was changed. A folder gets its new epoch with: npm run restore -- --from FOLDER --data DIR',
    );
  const { storage } = await openForCommand(values.data);
  try {
    await storage.beginEpoch(Date.now());
    const offices = (await storage.workspaceIds()).length;
    process.stdout.write(`${JSON.stringify({ event: 'epoch-begun', offices })}\n`);
  } finally {
    await storage.close();
  }
}
