// npm run bench -- sync: how near the sync comes to what the same disk and machine can do at best, in the same run.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mirrorFile } from '../test/crash/desk-folder.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { type BenchOffice, prepareOffice } from './support/bench-office.ts';
import type { FirstSync, LiveLatency, OfflineNotes, PlainInsert } from './support/measurements.ts';
import { exportRows, installPeers, PEERS, runPeer } from './support/peers.ts';
import { compare, type Measured, median, percentile, printReport } from './support/results.ts';
import { runDesk, runProgram } from './support/run-program.ts';

const NOTES = '1000';
const LATENCIES = '100';
const WITH_INDEX = 'with the search index';
const FLUSH = `flush of ${NOTES}`;
/** To see whether a flush grows with the mirror. */
const SMALL_OFFICE = { jobs: 40, entries: 2000 };

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    entries: { type: 'string', default: '100000' },
    'without-peers': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const folder = await makeTempDir();
try {
  const entries = Number(values.entries);
  const office = await prepareOffice(join(folder, 'office'), { jobs: entries / 50, entries });
  const first = await firstSyncs(office, Number(values.runs));
  const notes = await offlineNotes(office, 'desk-notes');
  const small = await prepareOffice(join(folder, 'small-office'), SMALL_OFFICE);
  const smallNotes = await offlineNotes(small, 'desk-small');
  const measured = [
    ...first.measured,
    ...acceptance(notes),
    compare({ name: FLUSH, unit: 'ms', against: 'the aim' }, [notes.flushMs], [250]),
    compare(
      { name: FLUSH, unit: 'ms', against: 'a mirror of 2,000 entries' },
      [notes.flushMs],
      [smallNotes.flushMs],
    ),
    await liveLatency(office),
    ...(values['without-peers'] ? [] : await peers(first, notes)),
  ];
  printReport('sync', measured);
} finally {
  await removeTempDir(folder);
}

interface FirstSyncs {
  readonly measured: readonly Measured[];
  readonly perSecond: readonly number[];
  /** Its search index filled as well. */
  readonly indexedPerSecond: readonly number[];
  readonly peakRssMb: readonly number[];
}

async function firstSyncs(office: BenchOffice, runs: number): Promise<FirstSyncs> {
  const syncs: FirstSync[] = [];
  const limits: PlainInsert[] = [];
  for (let run = 0; run < runs; run += 1) {
    const desk = join(folder, `desk-${run}`);
    const server = await office.startServer(join(folder, `server-${run}`));
    syncs.push(await runDesk('bench/programs/first-sync.ts', [desk, server.url, email(office)]));
    await server.stop();
    const plain = [mirrorFile(desk), join(folder, `plain-${run}.sqlite`)];
    limits.push(await runProgram('bench/programs/plain-insert.ts', plain));
  }
  const rows = median(limits.map((limit) => limit.rows));
  const perSecond = (runsMs: readonly { tookMs: number }[]) =>
    runsMs.map(({ tookMs }) => rows / (tookMs / 1000));
  const indexed = (runsMs: readonly { indexedMs: number }[]) =>
    perSecond(runsMs.map(({ indexedMs }) => ({ tookMs: indexedMs })));
  const peakRssMb = syncs.map((sync) => sync.peakRssMb);
  const measured = [
    compare(
      { name: 'first sync', unit: 'rows/s', against: 'the same rows inserted bare' },
      perSecond(syncs),
      perSecond(limits),
    ),
    compare(
      { name: WITH_INDEX, unit: 'rows/s', against: 'the same rows and index bare' },
      indexed(syncs),
      indexed(limits),
    ),
    compare(
      { name: 'usable after', unit: 'ms', against: 'the whole first sync' },
      syncs.map(({ usableMs }) => usableMs),
      syncs.map(({ tookMs }) => tookMs),
    ),
    compare({ name: 'peak memory', unit: 'MB', against: 'the aim' }, peakRssMb, [200]),
  ];
  return {
    measured,
    perSecond: perSecond(syncs),
    indexedPerSecond: indexed(syncs),
    peakRssMb,
  };
}

async function offlineNotes(office: BenchOffice, name: string): Promise<OfflineNotes> {
  const server = await office.startServer(join(folder, `${name}-server`));
  const args = [join(folder, name), server.url, email(office), NOTES];
  const notes = await runDesk<OfflineNotes>('bench/programs/offline-notes.ts', args);
  await server.stop();
  return notes;
}

function acceptance(notes: OfflineNotes): Measured[] {
  const accept = (share: number, name: string) =>
    compare(
      { name, unit: 'ms', against: 'a bare commit of such a row' },
      [percentile(notes.acceptMs, share)],
      [percentile(notes.bareCommitMs, share)],
    );
  return [accept(0.5, 'accept, half of them'), accept(0.99, 'accept, 99 of 100')];
}

/** The same rows and as many notes, on what others offer for it. */
async function peers(first: FirstSyncs, notes: OfflineNotes): Promise<Measured[]> {
  const why = await installPeers();
  if (why !== undefined) {
    process.stdout.write(`${why}\n`);
    return [];
  }
  const rowsFile = join(folder, 'rows.ndjson');
  await exportRows(mirrorFile(join(folder, 'desk-0')), rowsFile);
  const measured: Measured[] = [];
  for (const peer of PEERS) {
    const theirs = await runPeer(peer, { folder: join(folder, peer), rowsFile, notes: NOTES });
    const { against } = theirs;
    measured.push(
      compare({ name: 'first sync', unit: 'rows/s', against }, first.perSecond, [
        theirs.rows / (theirs.tookMs / 1000),
      ]),
      compare({ name: WITH_INDEX, unit: 'rows/s', against }, first.indexedPerSecond, [
        theirs.rows / (theirs.tookMs / 1000),
      ]),
      compare({ name: 'peak memory', unit: 'MB', against }, first.peakRssMb, [theirs.peakRssMb]),
      compare({ name: FLUSH, unit: 'ms', against }, [notes.flushMs], [theirs.flushMs]),
    );
  }
  return measured;
}

async function liveLatency(office: BenchOffice): Promise<Measured> {
  const server = await office.startServer(join(folder, 'server-live'));
  const args = [join(folder, 'desk-live'), server.url, email(office), LATENCIES];
  const live = await runDesk<LiveLatency>('bench/programs/live-latency.ts', args);
  await server.stop();
  const echoArgs = [join(folder, 'echo.sqlite'), LATENCIES];
  const echo = await runProgram<LiveLatency>('bench/programs/echo-latency.ts', echoArgs);
  return compare(
    { name: 'live, desk to desk', unit: 'ms', against: 'a bare commit and an event' },
    [median(live.latencyMs)],
    [median(echo.latencyMs)],
  );
}

function email({ emails }: BenchOffice): string {
  const [first] = emails;
  if (first === undefined) throw new Error('The office has a member.');
  return first;
}
