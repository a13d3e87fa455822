// npm run bench -- export: a job with 10,000 entries and 500 photos as a PDF, and what that takes from the rest of the desk. (G4)

import { parseArgs } from 'node:util';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import type { ExportedJob } from './support/measurements.ts';
import { compare, printReport } from './support/results.ts';
import { runDesk } from './support/run-program.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '10000' },
    photos: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
  },
  allowPositionals: true,
});
/** A person waits for it with a bar that moves; a window waits for nothing. */
const WITHIN_MS = 60_000;
const PEAK_RSS_MB = 500;
const LOOP_DELAY_MS = 50;

const folder = await makeTempDir();
try {
  const args = [folder, values.entries, values.photos, values.runs];
  const exported = await runDesk<ExportedJob>('bench/programs/export-job.ts', args);
  const limits = (limit: number) => exported.fullMs.map(() => limit);
  const limited = (name: string, unit: string, ours: readonly number[], limit: number) =>
    compare({ name, unit, against: 'the limit' }, ours, limits(limit));
  printReport('export', [
    limited('full copy as PDF', 'ms', exported.fullMs, WITHIN_MS),
    limited('customer copy as PDF', 'ms', exported.customerMs, WITHIN_MS),
    limited('peak RSS', 'MB', exported.peakRssMb, PEAK_RSS_MB),
    limited('longest loop delay', 'ms', exported.longestDelayMs, LOOP_DELAY_MS),
  ]);
} finally {
  await removeTempDir(folder);
}
