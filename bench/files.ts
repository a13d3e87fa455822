// npm run bench -- files: what adding and sending a file costs against the least that could be done with it, in the same run.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startProgram } from '../test/support/program.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { prepareOffice } from './support/bench-office.ts';
import type { MovedFiles } from './support/measurements.ts';
import { compare, type Measured, printReport } from './support/results.ts';
import { runProgram } from './support/run-program.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const folder = await makeTempDir();
try {
  printReport('files', [...(await movedFiles(values.runs))]);
} finally {
  await removeTempDir(folder);
}

async function movedFiles(runs: string): Promise<Measured[]> {
  const office = await prepareOffice(join(folder, 'office'), { jobs: 2, entries: 20 });
  const server = await office.startServer(join(folder, 'server'));
  const [bareFolder, deskFolder] = [join(folder, 'bare'), join(folder, 'desk')];
  await mkdir(bareFolder);
  const bare = await startProgram('bench/programs/bare-put.ts', [bareFolder], {});
  const args = [deskFolder, server.url, office.emails[0] ?? '', bare.url, runs];
  const moved = await runProgram<MovedFiles>('bench/programs/move-files.ts', args);
  await Promise.all([server.stop(), bare.stop()]);
  return [
    compare(
      { name: 'add 25 MB', unit: 'ms', against: 'cp and sha256sum of the same file' },
      moved.addMs,
      moved.copyMs,
    ),
    compare(
      { name: 'upload 25 MB', unit: 'ms', against: 'a streamed PUT to a bare server' },
      moved.uploadMs,
      moved.plainPutMs,
    ),
  ];
}
