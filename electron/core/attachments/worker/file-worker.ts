// What runs in a thread of the pool: one job after the other, each read from the disk, looked at and answered.

import { readFile } from 'node:fs/promises';
import { setImmediate as laterOn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { AnswerMessage, FileFindings, FileJob, JobMessage } from '../file-jobs.ts';
import { garbageCollector } from './garbage-collector.ts';
import { makePictures } from './make-pictures.ts';
import { readText } from './read-text.ts';

if (parentPort === null) throw new Error('This program runs in a thread of the pool.');
const pool = parentPort;
const collectGarbage = garbageCollector();

pool.on('message', ({ id, job }: JobMessage) => {
  void perform(job).then(
    async (findings) => answer({ id, kind: 'done', findings, heldBytes: await heldBytes() }),
    (error: unknown) => answer({ id, kind: 'broke', error: String(error).slice(0, 300) }),
  );
});

/** What is left once the file's own bytes and pixels are gone: the work has let go of them only a turn after its end. */
async function heldBytes(): Promise<number> {
  await laterOn();
  collectGarbage();
  await laterOn();
  const { external, arrayBuffers } = process.memoryUsage();
  return external + arrayBuffers;
}

async function perform({ kind, path, mediaType }: FileJob): Promise<FileFindings> {
  const bytes = await readFile(path);
  return kind === 'pictures'
    ? { kind, ...(await makePictures(bytes, mediaType)) }
    : { kind, text: await readText(bytes, mediaType) };
}

function answer(message: AnswerMessage): void {
  pool.postMessage(message);
}
