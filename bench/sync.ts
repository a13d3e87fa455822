// npm run bench -- sync: how near the sync comes to what the same disk and machine can do at best, in the same run.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mirrorFile } from '../test/crash/desk-folder.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { type BenchOffice, prepareOffice } from './support/bench-office.ts';
import type { FirstSync, LiveLatency, OfflineNotes, PlainInsert } from './support/measurements.ts';
import { compare, type Measured, median, percentile, printReport } from './support/results.ts';
import { runProgram } from './support/run-program.ts';

const NOTES = '1000';
const LATENCIES = '100';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    entries: { type: 'string', default: '100000' },
  },
  allowPositionals: true,
});
const folder = await makeTempDir();
try {
  const entries = Number(values.entries);
  const office = await prepareOffice(join(folder, 'office'), { jobs: entries / 50, entries });
  const measured = [
    ...(await firstSyncs(office, Number(values.runs))),
    ...(await offlineNotes(office)),
    await liveLatency(office),
  ];
  printReport('sync', measured);
} finally {
  await removeTempDir(folder);
}

async function firstSyncs(office: BenchOffice, runs: number): Promise<Measured[]> {
  const syncs: FirstSync[] = [];
  const limits: PlainInsert[] = [];
  for (let run = 0; run < runs; run += 1) {
    const desk = join(folder, `desk-${run}`);
    const server = await office.startServer(join(folder, `server-${run}`));
    syncs.push(await runProgram('bench/programs/first-sync.ts', [desk, server.url, email(office)]));
    await server.stop();
    const plain = [mirrorFile(desk), join(folder, `plain-${run}.sqlite`)];
    limits.push(await runProgram('bench/programs/plain-insert.ts', plain));
  }
  const rows = median(limits.map((limit) => limit.rows));
  const perSecond = (runsMs: readonly { tookMs: number }[]) =>
    runsMs.map(({ tookMs }) => rows / (tookMs / 1000));
  return [
    compare(
      { name: 'first sync', unit: 'rows/s', against: 'the same rows inserted bare' },
      perSecond(syncs),
      perSecond(limits),
    ),
    compare(
      { name: 'usable after', unit: 'ms', against: 'the whole first sync' },
      syncs.map(({ usableMs }) => usableMs),
      syncs.map(({ tookMs }) => tookMs),
    ),
    compare(
      { name: 'peak memory', unit: 'MB', against: 'the aim' },
      syncs.map(({ peakRssMb }) => peakRssMb),
      [200],
    ),
  ];
}

async function offlineNotes(office: BenchOffice): Promise<Measured[]> {
  const server = await office.startServer(join(folder, 'server-notes'));
  const desk = join(folder, 'desk-notes');
  const args = [desk, server.url, email(office), NOTES];
  const notes = await runProgram<OfflineNotes>('bench/programs/offline-notes.ts', args);
  await server.stop();
  const accept = (share: number, name: string) =>
    compare(
      { name, unit: 'ms', against: 'a bare commit of such a row' },
      [percentile(notes.acceptMs, share)],
      [percentile(notes.bareCommitMs, share)],
    );
  return [
    accept(0.5, 'accept, half of them'),
    accept(0.99, 'accept, 99 of 100'),
    compare({ name: `flush of ${NOTES}`, unit: 'ms', against: 'the aim' }, [notes.flushMs], [250]),
  ];
}

async function liveLatency(office: BenchOffice): Promise<Measured> {
  const server = await office.startServer(join(folder, 'server-live'));
  const args = [join(folder, 'desk-live'), server.url, email(office), LATENCIES];
  const live = await runProgram<LiveLatency>('bench/programs/live-latency.ts', args);
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
