// Command line: makes a server's folder of a copy that `backup` made. The server is started on it afterwards. (J4) [L6]
//   npm run restore -- --from FOLDER --data DIR

import { parseArgs } from 'node:util';
import { restore } from './data-copy.ts';

const { values } = parseArgs({
  options: { from: { type: 'string' }, data: { type: 'string', default: '.docket' } },
});
try {
  if (values.from === undefined) throw new Error('Say where the copy is: --from FOLDER.');
  const copied = await restore(values.from, values.data, Date.now());
  process.stdout.write(`${JSON.stringify({ event: 'restored', data: values.data, ...copied })}\n`);
  if (copied.damaged.length > 0) process.exitCode = 2;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
