// npm run bench -- portal: how near the portal's pages come to a bare Fastify that sends the same bytes, in the same run; in an
// office that is quiet and in one that writes; and whether what is hidden takes as long as what is not there.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Program, startProgram } from '../test/support/program.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { askInTurn } from './support/ask-in-turn.ts';
import { prepareOffice } from './support/bench-office.ts';
import { type Load, loadPages } from './support/load-pages.ts';
import { signInVisitors, type Visitor, type Visitors } from './support/portal-visitors.ts';
import { compare, type Measured, median, percentile, printReport } from './support/results.ts';
import { openWritingDesk, type WritingDesk } from './support/writing-desk.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    entries: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '5' },
    customers: { type: 'string', default: '50' },
    /** What a desk posts a second on other customers' jobs, in the rows that say so. */
    writes: { type: 'string', default: '20' },
    /** How often each of what may not be seen is asked for. */
    asks: { type: 'string', default: '5000' },
  },
  allowPositionals: true,
});
const CONNECTIONS = 8;
const BARE = 'a bare Fastify sending the same bytes';
const NOWHERE = '01900000-0000-7000-8000-000000000000';
const durationMs = Number(values.seconds) * 1000;
const runs = Number(values.runs);

const folder = await makeTempDir();
try {
  const entries = Number(values.entries);
  const office = await prepareOffice(join(folder, 'office'), { jobs: entries / 50, entries });
  const people = await signInVisitors(join(folder, 'office'), Number(values.customers));
  const server = await office.startServer(join(folder, 'server'));
  const desk = await openWritingDesk({
    url: server.url,
    email: office.emails[0] ?? '',
    epoch: people.epoch,
    jobs: people.otherJobs,
    perSecond: Number(values.writes),
  });
  const measured = [
    ...(await measurePages(server.url, people.visitors, desk)),
    ...(await measureTiming(server.url, people.curious)),
  ];
  await server.stop();
  printReport('portal', measured);
} finally {
  await removeTempDir(folder);
}

async function measurePages(
  url: string,
  visitors: readonly Visitor[],
  desk: WritingDesk,
): Promise<Measured[]> {
  // Once each, so that what is new is seen and no page writes any more.
  for (const visitor of visitors) await pageOf(url, visitor.jobPath, visitor.cookie);
  const bare = await startBare(url, visitors);
  const measured: Measured[] = [];
  for (const [index, name] of ['job list', 'job page'].entries()) {
    const pages = visitors.map(({ cookie, jobPath }) => {
      return { cookie, path: index === 0 ? '/portal' : jobPath };
    });
    const load = (at: string, asked: typeof pages) =>
      loadPages({ url: at, pages: asked, connections: CONNECTIONS, durationMs });
    const theirPages = pages.map(({ cookie }, number) => {
      return { cookie, path: `/${index}-${number}` };
    });
    await load(url, pages);
    await load(bare.url, theirPages);
    const ours: Load[] = [];
    const busy: Load[] = [];
    const theirs: Load[] = [];
    const writes: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      ours.push(await load(url, pages));
      theirs.push(await load(bare.url, theirPages));
      const { done, perSecond } = await desk.writeWhile(() => load(url, pages));
      busy.push(done);
      writes.push(perSecond);
    }
    const words = `${name} with ${Math.round(median(writes))} writes/s`;
    measured.push(...compareLoads(name, ours, theirs), ...compareLoads(words, busy, theirs));
  }
  await bare.stop();
  return measured;
}

function compareLoads(name: string, ours: readonly Load[], theirs: readonly Load[]): Measured[] {
  const speeds = (loads: readonly Load[]) => loads.map((each) => each.pagesPerSecond);
  const p99s = (loads: readonly Load[]) => loads.map((each) => percentile(each.latencyMs, 0.99));
  return [
    compare({ name, unit: 'pages/s', against: BARE }, speeds(ours), speeds(theirs)),
    compare({ name: `${name}, p99`, unit: 'ms', against: BARE }, p99s(ours), p99s(theirs)),
  ];
}

async function startBare(url: string, visitors: readonly Visitor[]): Promise<Program> {
  const pages = join(folder, 'pages');
  await mkdir(pages);
  for (const [number, { cookie, jobPath }] of visitors.entries())
    for (const [index, path] of ['/portal', jobPath].entries())
      await writeFile(join(pages, `${index}-${number}`), await pageOf(url, path, cookie));
  return startProgram('bench/programs/bare-pages.ts', [pages]);
}

/** Printed to be looked at: what cannot be told apart here cannot be told apart over a network. */
async function measureTiming(url: string, curious: Visitors['curious']): Promise<Measured[]> {
  const { cookie } = curious;
  const measured: Measured[] = [];
  for (const [name, hidden, absent] of [
    ['a job in an internal stage', curious.hiddenJobPath, `/portal/jobs/${NOWHERE}`],
    ['an internal file', curious.internalFilePath, `/portal/files/${NOWHERE}`],
  ] as const) {
    const asked = [
      { path: hidden, cookie },
      { path: absent, cookie },
    ];
    const asking = { rounds: Number(values.asks), status: 404 };
    const [ours = [], theirs = []] = await askInTurn(url, asked, asking);
    const about = { name: `${name}, median`, unit: 'ms', against: 'one that is not there' };
    measured.push(compare(about, [median(ours)], [median(theirs)]));
  }
  return measured;
}

async function pageOf(url: string, path: string, cookie: string): Promise<string> {
  const answer = await fetch(url + path, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`);
  return answer.text();
}
