// npm run bench -- portal: how near the portal's pages come to a bare Fastify that sends the same bytes, in the same run.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDataFolder } from '../sync-server/blobs/open-data-folder.ts';
import { SESSION_COOKIE } from '../sync-server/portal/visitor.ts';
import type { CustomerId, WorkspaceId } from '../sync-server/protocol/ids.ts';
import type { Job } from '../sync-server/protocol/records.ts';
import { isStageVisible } from '../sync-server/protocol/visibility.ts';
import type { Storage } from '../sync-server/storage/storage.ts';
import { enterPortal } from '../test/support/enter-portal.ts';
import { startProgram } from '../test/support/program.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { prepareOffice } from './support/bench-office.ts';
import { loadPages } from './support/load-pages.ts';
import { compare, type Measured, percentile, printReport } from './support/results.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    entries: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '5' },
    customers: { type: 'string', default: '50' },
  },
  allowPositionals: true,
});
const CONNECTIONS = 8;
const durationMs = Number(values.seconds) * 1000;
const runs = Number(values.runs);

/** A customer who is signed in, with a job to open. */
interface Visitor {
  readonly cookie: string;
  readonly jobPath: string;
}

const folder = await makeTempDir();
try {
  const entries = Number(values.entries);
  const office = await prepareOffice(join(folder, 'office'), { jobs: entries / 50, entries });
  const visitors = await signIn(join(folder, 'office'), Number(values.customers));
  const server = await office.startServer(join(folder, 'server'));
  const measured = await measure(server.url, visitors);
  await server.stop();
  printReport('portal', measured);
} finally {
  await removeTempDir(folder);
}

async function measure(url: string, visitors: readonly Visitor[]): Promise<Measured[]> {
  // Once each, so that what is new is seen and no page writes any more.
  for (const visitor of visitors) await pageOf(url, visitor.jobPath, visitor.cookie);
  const [first] = visitors;
  if (first === undefined) throw new Error('Nobody is signed in.');
  const files = [join(folder, 'list.html'), join(folder, 'job.html')];
  for (const [index, path] of ['/portal', first.jobPath].entries())
    await writeFile(files[index] ?? '', await pageOf(url, path, first.cookie));
  const bare = await startProgram('bench/programs/bare-pages.ts', files);
  const measured: Measured[] = [];
  for (const [index, name] of ['job list', 'job page'].entries()) {
    const pages = visitors.map(({ cookie, jobPath }) => {
      return { cookie, path: index === 0 ? '/portal' : jobPath };
    });
    const load = (at: string, asked: typeof pages) =>
      loadPages({ url: at, pages: asked, connections: CONNECTIONS, durationMs });
    const theirPages = pages.map(({ cookie }) => ({ cookie, path: `/page-${index}` }));
    await load(url, pages);
    await load(bare.url, theirPages);
    const ours = [];
    const theirs = [];
    for (let run = 0; run < runs; run += 1) {
      ours.push(await load(url, pages));
      theirs.push(await load(bare.url, theirPages));
    }
    const against = 'a bare Fastify sending the same bytes';
    measured.push(
      compare(
        { name, unit: 'pages/s', against },
        ours.map((each) => each.pagesPerSecond),
        theirs.map((each) => each.pagesPerSecond),
      ),
      compare(
        { name: `${name}, p99`, unit: 'ms', against },
        ours.map((each) => percentile(each.latencyMs, 0.99)),
        theirs.map((each) => percentile(each.latencyMs, 0.99)),
      ),
    );
  }
  await bare.stop();
  return measured;
}

async function pageOf(url: string, path: string, cookie: string): Promise<string> {
  const answer = await fetch(url + path, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`);
  return answer.text();
}

/** Customers who have something to see, each with the busiest of their visible jobs. */
async function signIn(office: string, count: number): Promise<readonly Visitor[]> {
  const { storage } = await openDataFolder(office);
  try {
    const [workspaceId] = await storage.workspaceIds();
    if (workspaceId === undefined) throw new Error('There is no office.');
    const visitors: Visitor[] = [];
    for (const { record } of await storage.recordsOfKind(workspaceId, 'customer')) {
      if (visitors.length === count) break;
      const job = await busiestJob(storage, workspaceId, record.id);
      if (job === undefined) continue;
      const who = { workspaceId, customerId: record.id };
      const { sessionToken } = await enterPortal({ storage, now: () => Date.now() }, who);
      visitors.push({
        cookie: `${SESSION_COOKIE}=${sessionToken}`,
        jobPath: `/portal/jobs/${job.id}`,
      });
    }
    return visitors;
  } finally {
    await storage.close();
  }
}

async function busiestJob(
  storage: Storage,
  workspaceId: WorkspaceId,
  customerId: CustomerId,
): Promise<Job | undefined> {
  const pipelines = await storage.recordsOfKind(workspaceId, 'pipeline');
  let busiest: { readonly job: Job; readonly count: number } | undefined;
  for (const { record: job } of await storage.jobsOfCustomer(workspaceId, customerId)) {
    const pipeline = pipelines.find(({ record }) => record.id === job.pipelineId)?.record;
    if (pipeline === undefined || !isStageVisible(pipeline, job.stageId)) continue;
    const { length: count } = await storage.entriesOfJob(workspaceId, job.id, 'visible');
    if (count > (busiest?.count ?? 0)) busiest = { job, count };
  }
  return busiest?.job;
}
