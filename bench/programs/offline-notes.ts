// Notes written offline on a desk that has everything, and their way out: `node offline-notes.ts FOLDER SERVER EMAIL COUNT`

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { entryId } from '../../sync-server/protocol/ids.ts';
import { mirrorFile } from '../../test/crash/desk-folder.ts';
import { type BenchDesk, openBenchDesk } from '../support/bench-desk.ts';
import type { OfflineNotes } from '../support/measurements.ts';

const TEXT =
  'Rang the insurer: the rear bumper is approved without a cut, the part arrives on Monday.';
/** So that one note's file system work is not the next one's. */
const BETWEEN_MS = 2;
const LOOK_EVERY_MS = 2;
const PATIENCE_MS = 120_000;

const [folder = '', server = '', email = '', count = '1000'] = process.argv.slice(2);
const desk = await openBenchDesk(folder, { server, email });
const isInStep = ({
  inStepAt,
  progress,
  trouble,
}: {
  inStepAt: unknown;
  progress: unknown;
  trouble: unknown;
}) => inStepAt !== null && progress === null && trouble === null;
await desk.window.until('sync', {}, isInStep, PATIENCE_MS);
const newest = {
  scope: { kind: 'all' },
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
  offset: 0,
  limit: 50,
} as const;
const { rows } = await desk.window.until('jobs.list', newest, () => true);
const jobIds = rows.map(({ jobId }) => jobId);

const bare = openBareTable(join(folder, 'bare.sqlite'));
desk.setOnline(false);
const acceptMs: number[] = [];
const bareCommitMs: number[] = [];
for (let index = 0; index < Number(count); index += 1) {
  const jobId = jobIds[index % jobIds.length];
  if (jobId === undefined) throw new Error('The office has no job.');
  const post = {
    entryId: entryId.parse(randomUUID()),
    jobId,
    audience: 'internal',
    text: TEXT,
    files: [],
    seenVersion: 0,
  } as const;
  acceptMs.push(await timed(() => desk.window.request('entries.post', post)));
  await pause(BETWEEN_MS);
  bareCommitMs.push(await timed(() => bare.commit()));
  await pause(BETWEEN_MS);
}
const { flushMs, confirmedMs } = await flush(desk);
await desk.core.close();
const measured: OfflineNotes = { acceptMs, bareCommitMs, flushMs, confirmedMs };
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));

async function flush({ window, setOnline }: BenchDesk) {
  const look = new BetterSqlite(mirrorFile(folder), { readonly: true });
  const countOf = (where: string) => {
    const statement = look
      .prepare<[], number>(`SELECT count(*) FROM outbox WHERE ${where}`)
      .pluck();
    return async () => {
      while ((statement.get() ?? 0) > 0) await pause(LOOK_EVERY_MS);
    };
  };
  const startMs = performance.now();
  setOnline(true);
  await window.request('sync.now', {});
  await countOf(`state = 'pending'`)();
  const flushMs = performance.now() - startMs;
  await countOf('true')();
  const confirmedMs = performance.now() - startMs;
  look.close();
  return { flushMs, confirmedMs };
}

/** One row of a note's size, committed for good: what no local accept can be faster than. */
function openBareTable(file: string) {
  const database = new BetterSqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE note (id TEXT PRIMARY KEY, data TEXT NOT NULL)');
  const insert = database.prepare('INSERT INTO note VALUES (?, ?)');
  const data = JSON.stringify({ text: TEXT, rest: 'x'.repeat(300) });
  return { commit: () => void insert.run(randomUUID(), data) };
}

async function timed(work: () => unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function pause(delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(resolve, delayMs, undefined);
  return promise.then(() => undefined);
}
