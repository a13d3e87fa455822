// One first sync into a fresh folder: `node first-sync.ts FOLDER SERVER EMAIL` prints how long it took and how much memory.

import BetterSqlite from 'better-sqlite3';
import { mirrorFile } from '../../test/crash/desk-folder.ts';
import { openBenchDesk } from '../support/bench-desk.ts';
import type { FirstSync } from '../support/measurements.ts';

const PATIENCE_MS = 300_000;

const [folder = '', server = '', email = ''] = process.argv.slice(2);
const desk = await openBenchDesk(folder, { server, email });
const startMs = await desk.firstRequestTo('/api/sync/pull');
const firstPage = {
  scope: { kind: 'all' },
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
  offset: 0,
  limit: 50,
} as const;
const usable = desk.window
  .until('jobs.list', firstPage, ({ rows }) => rows.length > 0, PATIENCE_MS)
  .then(() => performance.now() - startMs);
await desk.window.until(
  'sync',
  {},
  ({ inStepAt, progress }) => inStepAt !== null && progress === null,
  PATIENCE_MS,
);
const tookMs = performance.now() - startMs;
await untilIndexed();
const indexedMs = performance.now() - startMs;
const measured: FirstSync = {
  tookMs,
  indexedMs,
  usableMs: await usable,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
};
await desk.core.close();
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));

/** Few rows are never put in: they are found as quickly by reading them. */
async function untilIndexed(): Promise<void> {
  const mirror = new BetterSqlite(mirrorFile(folder), { readonly: true });
  const behind = mirror
    .prepare<[], number>(
      `SELECT max((SELECT max(rowid) FROM entry) - (SELECT through FROM search_index WHERE name = 'entry'),
         (SELECT max(rowid) FROM attachment) - (SELECT through FROM search_index WHERE name = 'attachment'))`,
    )
    .pluck();
  while ((behind.get() ?? 0) >= 500) await new Promise((resolve) => setImmediate(resolve));
  mirror.close();
}
