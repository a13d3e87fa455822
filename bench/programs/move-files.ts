// Large files into a desk and from there to the server, each beside the least that could be done with it:
// `node move-files.ts FOLDER SERVER EMAIL BARE-SERVER COUNT`

import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { entryId } from '../../sync-server/protocol/ids.ts';
import { MAX_BLOB_BYTES } from '../../sync-server/protocol/blobs.ts';
import { openBenchDesk } from '../support/bench-desk.ts';
import type { MovedFiles } from '../support/measurements.ts';

const PATIENCE_MS = 60_000;
const run = promisify(execFile);
const [folder = '', server = '', email = '', bareServer = '', count = '5'] = process.argv.slice(2);

const desk = await openBenchDesk(folder, { server, email });
await desk.window.until('sync', {}, ({ kind }) => kind === 'up-to-date', PATIENCE_MS);
const newest = {
  scope: { kind: 'all' },
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
  offset: 0,
  limit: 1,
} as const;
const { rows } = await desk.window.until('jobs.list', newest, ({ total }) => total > 0);
const jobId = rows[0]!.jobId;

const measured: Record<keyof MovedFiles, number[]> = {
  addMs: [],
  copyMs: [],
  uploadMs: [],
  plainPutMs: [],
};
// The first round warms both sides up and is not counted.
for (let round = 0; round <= Number(count); round += 1) {
  const file = await aFile(round);
  const copyMs = await timed(() =>
    run('sh', ['-c', `cp "$0" "$0.copy" && sha256sum "$0.copy"`, file]),
  );
  const { addMs, uploadMs } = await addAndSend(file);
  const plainPutMs = await timed(() => plainPut(file));
  if (round === 0) continue;
  measured.addMs.push(addMs);
  measured.copyMs.push(copyMs);
  measured.uploadMs.push(uploadMs);
  measured.plainPutMs.push(plainPutMs);
}
await desk.core.close();
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));

/** 25 MB that pass for a PDF, never the same twice. */
async function aFile(round: number): Promise<string> {
  const path = join(folder, `${round}.pdf`);
  await writeFile(
    path,
    Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(MAX_BLOB_BYTES - 9)]),
  );
  return path;
}

/** From the choice to "added", and from the post to "the server has it". */
async function addAndSend(file: string): Promise<{ addMs: number; uploadMs: number }> {
  const startMs = performance.now();
  const added = await desk.core.addFile('scan.pdf', createReadStream(file));
  const addMs = performance.now() - startMs;
  if (added.kind !== 'added') throw new Error(added.sentence);
  const uploadMs = await timed(async () => {
    await desk.window.request('entries.post', {
      entryId: entryId.parse(randomUUID()),
      jobId,
      audience: 'internal',
      text: 'The scan.',
      files: [{ blobId: added.blobId, name: added.name, audience: 'internal' }],
      seenVersion: 0,
    });
    await desk.window.until('transfers', {}, ({ files }) => files.length === 0, PATIENCE_MS);
  });
  return { addMs, uploadMs };
}

async function plainPut(file: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const put = request(bareServer, { method: 'PUT' }, (answer) => {
    answer.resume().once('end', () => resolve(undefined));
  });
  put.once('error', reject);
  await pipeline(createReadStream(file), put);
  await promise;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
