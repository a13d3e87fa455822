// From a note accepted on one desk until another desk shows it, each desk in a process of its own. This process writes and
// starts the one that reads: `node live-latency.ts FOLDER SERVER EMAIL COUNT`, the reader with READ as fifth argument.

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { entryId } from '../../sync-server/protocol/ids.ts';
import { openBenchDesk } from '../support/bench-desk.ts';
import type { LiveLatency } from '../support/measurements.ts';

const BETWEEN_MS = 40;
const PATIENCE_MS = 120_000;
const newest = {
  scope: { kind: 'all' },
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
  offset: 0,
  limit: 1,
} as const;
const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' } as const;

const [folder = '', server = '', email = '', count = '100', role] = process.argv.slice(2);
if (role === 'READ') await read();
else await write();

async function openDesk(name: string) {
  const desk = await openBenchDesk(`${folder}/${name}`, { server, email });
  const isInStep = ({ inStepAt, progress }: { inStepAt: unknown; progress: unknown }) =>
    inStepAt !== null && progress === null;
  await desk.window.until('sync', {}, isInStep, PATIENCE_MS);
  const { rows } = await desk.window.until('jobs.list', newest, () => true);
  const jobId = rows[0]?.jobId;
  if (jobId === undefined) throw new Error('The office has no job.');
  return { desk, jobId };
}

/** Tells when each note was on this screen. */
async function read(): Promise<void> {
  const { desk, jobId } = await openDesk('reader');
  const seen = new Set<string>();
  process.send?.({ ready: true });
  await desk.window.until(
    'activity.feed',
    { jobId, filters: noFilters, limit: 20 },
    ({ items }) => {
      const at = now();
      for (const { entry } of items)
        if (!seen.has(entry.id)) {
          seen.add(entry.id);
          process.send?.({ entryId: entry.id, at });
        }
      return false;
    },
    2 ** 31 - 1,
  );
}

async function write(): Promise<void> {
  const { desk, jobId } = await openDesk('writer');
  const reader = fork(fileURLToPath(import.meta.url), [folder, server, email, count, 'READ']);
  const waiting = new Map<string, (at: number) => void>();
  await new Promise<void>((resolve) => {
    reader.on('message', (message: { ready?: true; entryId?: string; at?: number }) => {
      if (message.ready === true) resolve();
      else waiting.get(message.entryId ?? '')?.(message.at ?? 0);
    });
  });
  const latencyMs: number[] = [];
  for (let index = 0; index < Number(count); index += 1) {
    const id = entryId.parse(randomUUID());
    const seenAt = new Promise<number>((resolve) => waiting.set(id, resolve));
    const startMs = now();
    const post = {
      entryId: id,
      jobId,
      audience: 'internal',
      text: `Note ${index}`,
      files: [],
      seenVersion: 0,
    } as const;
    await desk.window.request('entries.post', post);
    latencyMs.push((await seenAt) - startMs);
    await pause(BETWEEN_MS);
  }
  reader.kill();
  await desk.core.close();
  const measured: LiveLatency = { latencyMs };
  process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
}

/** Of one clock for both processes. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function pause(delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(resolve, delayMs, undefined);
  return promise.then(() => undefined);
}
