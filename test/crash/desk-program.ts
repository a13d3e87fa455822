// A desk as a process of its own: the real core on the real disk, without a window. It writes until it is killed, or comes
// to rest and ends. What the core accepted is logged to a side file before the next thing is done.
//   node test/crash/desk-program.ts --data DIR --server URL --email E --accepted FILE --seed N --task write|settle

import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import axios, { type AxiosAdapter } from 'axios';
import BetterSqlite from 'better-sqlite3';
import { type Core, startCore } from '../../electron/core/core.ts';
import type { Clock, Host } from '../../electron/core/host.ts';
import { nodeHost, systemClock } from '../../electron/loopback/node-host.ts';
import type { EntryId } from '../../sync-server/protocol/ids.ts';
import { Chance } from '../simulation/chance.ts';
import { LARGE_OFFICE_PASSWORD } from '../support/large-office.ts';
import { RequestFailed, TestWindow } from '../support/test-desk.ts';
import type { AcceptedText, DeskPhase } from './crash-report.ts';
import { mirrorFile } from './desk-folder.ts';

interface DeskTask {
  readonly data: string;
  readonly server: string;
  readonly email: string;
  readonly accepted: string;
  readonly seed: number;
  readonly task: 'write' | 'settle';
}

/** Waits between attempts are shortened, so that a killed server is missed for milliseconds and not for seconds. */
const hurriedClock: Clock = {
  now: () => systemClock.now(),
  after: (delayMs, callback) =>
    systemClock.after(delayMs > 20_000 ? delayMs : delayMs / 20, callback),
};
let lastSaid: DeskPhase = 'starting';
const BETWEEN_ACTS_MS = 150;
const RETRY_MS = 100;

async function run(task: DeskTask): Promise<void> {
  say('starting');
  const log = () => undefined;
  const host: Host = { ...nodeHost(task.data), clock: hurriedClock, network, log, undoSeconds: 0 };
  const core = await startCore(host, task.server);
  const window = new TestWindow();
  core.connect(window.port);
  await signIn(window, task);
  if (task.task === 'settle') await settle(core, window, task.data);
  else await new Writer(core, window, task).write();
}

/** The machine's own, told of while it carries bytes up. */
const network: AxiosAdapter = async (config) => {
  const isUpload = /^\/api\/(?:uploads|blobs)/.test(config.url ?? '') && config.method !== 'get';
  const before = lastSaid;
  if (isUpload) say('uploading');
  try {
    return await axios.getAdapter('http')(config);
  } finally {
    if (isUpload && lastSaid === 'uploading') say(before);
  }
};

async function signIn(window: TestWindow, { server, email }: DeskTask): Promise<void> {
  const session = await window.until('session', {}, () => true);
  if (session.kind === 'signed-in') return;
  say('signing in');
  const request = { serverUrl: server, email, password: LARGE_OFFICE_PASSWORD };
  while ((await window.request('session.sign-in', request)).kind !== 'signed-in')
    await pause(RETRY_MS);
}

/** In step, and nothing waits but for a person. The outbox is looked at in the file: read marks wait there unseen. */
async function settle(core: Core, window: TestWindow, dataFolder: string): Promise<void> {
  say('settling');
  const startedAt = new Date(systemClock.now()).toISOString();
  const isInStep = async () => {
    const { inStepAt, trouble, progress } = await window.until('sync', {}, () => true);
    const hasPulled = inStepAt !== null && inStepAt > startedAt;
    return hasPulled && trouble === null && progress === null && countUnsent(dataFolder) === 0;
  };
  while (!(await isInStep())) await pause(RETRY_MS);
  await core.close();
  process.exit(0);
}

function countUnsent(dataFolder: string): number {
  const database = new BetterSqlite(mirrorFile(dataFolder), { readonly: true });
  const row = database
    .prepare(`SELECT count(*) AS unsent FROM outbox WHERE state <> 'parked'`)
    .get();
  database.close();
  return (row as { unsent: number }).unsent;
}

class Writer {
  readonly #core: Core;
  readonly #window: TestWindow;
  readonly #task: DeskTask;
  readonly #chance: Chance;
  #written = 0;

  constructor(core: Core, window: TestWindow, task: DeskTask) {
    this.#core = core;
    this.#window = window;
    this.#task = task;
    this.#chance = new Chance(task.seed);
  }

  async write(): Promise<never> {
    const { kind } = await this.#window.until('sync', {}, () => true);
    say(kind === 'first-sync' ? 'first sync' : 'catching up');
    while ((await this.#newestJobs()).length === 0) await pause(RETRY_MS);
    void this.#sayWhenInStep();
    while (true) {
      await this.#act();
      await pause(this.#chance.between(1, BETWEEN_ACTS_MS));
    }
  }

  async #newestJobs() {
    const { rows } = await this.#window.until('jobs.list', NEWEST, () => true);
    return rows;
  }

  async #sayWhenInStep(): Promise<void> {
    const isInStep = async () => {
      const { progress, inStepAt } = await this.#window.until('sync', {}, () => true);
      return progress === null && inStepAt !== null;
    };
    while (!(await isInStep())) await pause(RETRY_MS);
    say('writing');
  }

  async #act(): Promise<void> {
    const { jobId } = this.#chance.pick(await this.#newestJobs());
    const act = this.#chance.weighted({ note: 55, reply: 15, files: 15, job: 8, read: 7 });
    try {
      if (act === 'read') await this.#window.request('jobs.mark-read', { jobId });
      else if (act === 'job') await this.#createJob(jobId);
      else await this.#post(jobId, act);
    } catch (error) {
      // A refusal is an answer: nothing was accepted.
      if (!(error instanceof RequestFailed)) throw error;
    }
  }

  async #post(jobId: string, act: 'note' | 'reply' | 'files'): Promise<void> {
    const page = await this.#window.until('jobs.one', { jobId: jobId as never }, () => true);
    if (page === null) return;
    const text = this.#newText();
    const audience = act === 'reply' ? 'visible' : 'internal';
    const files = [];
    if (act === 'files')
      for (let count = this.#chance.between(1, 2); count > 0; count -= 1)
        files.push(await this.#takeFile(text));
    const entryId = randomUUID() as EntryId;
    const post = { entryId, jobId, audience, text, files, seenVersion: page.seenVersion };
    await this.#window.request('entries.post', post);
    this.#log({ text, kind: act, blobIds: files.map(({ blobId }) => blobId) });
  }

  async #takeFile(text: string) {
    say('taking a file in');
    const lines = this.#chance.between(500, 12_000);
    const bytes = Buffer.from(`${text} ${this.#chance.next()}\n`.repeat(lines));
    const added = await this.#core.addFile(`${text}.txt`, Readable.from([bytes]));
    if (added.kind !== 'added') throw new Error(`The file was not taken: ${added.sentence}`);
    const blobId = createHash('sha256').update(bytes).digest('hex');
    if (blobId !== added.blobId) throw new Error('The file has another hash on this disk.');
    say('writing');
    return { blobId: added.blobId, name: added.name, audience: 'internal' as const };
  }

  async #createJob(likeJobId: string): Promise<void> {
    const page = await this.#window.until('jobs.one', { jobId: likeJobId as never }, () => true);
    if (page === null) return;
    const { customerId, pipelineId, stageId } = page.job;
    const title = this.#newText();
    const request = { title, customerId, pipelineId, stageId, assigneeId: null };
    const { jobId } = await this.#window.request('jobs.create', request);
    this.#log({ text: title, kind: 'job', blobIds: [] });
    // On a job the server has not heard of: this note depends on it. [P2]
    await this.#post(jobId, 'note');
  }

  #newText(): string {
    this.#written += 1;
    return `written ${this.#task.seed}-${this.#written}`;
  }

  #log(accepted: AcceptedText): void {
    appendFileSync(this.#task.accepted, `${JSON.stringify(accepted)}\n`);
  }
}

const NEWEST = {
  scope: { kind: 'all' },
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
  offset: 0,
  limit: 40,
} as const;

/** Where this desk is, for whoever kills it. */
function say(phase: DeskPhase): void {
  lastSaid = phase;
  process.stdout.write(`${JSON.stringify({ event: 'phase', phase })}\n`);
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => void systemClock.after(delayMs, resolve));
}

function readTask(): DeskTask {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { data: text, server: text, email: text, accepted: text, seed: text, task: text },
  });
  const { data, server, email, accepted, seed, task } = values;
  if (
    data === undefined ||
    server === undefined ||
    email === undefined ||
    accepted === undefined ||
    (task !== 'write' && task !== 'settle')
  )
    throw new Error('A desk needs --data, --server, --email, --accepted and --task write|settle.');
  return { data, server, email, accepted, task, seed: Number(seed ?? 0) };
}

await run(readTask());
