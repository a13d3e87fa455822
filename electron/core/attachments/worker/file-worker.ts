// What runs in a thread of the pool: one job after the other, each read from the disk, looked at and answered.

import { readFile } from 'node:fs/promises';
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
    (findings) => {
      collectGarbage();
      const { external, arrayBuffers } = process.memoryUsage();
      answer({ id, kind: 'done', findings, heldBytes: external + arrayBuffers });
    },
    (error: unknown) => answer({ id, kind: 'broke', error: String(error).slice(0, 300) }),
  );
});

async function perform({ kind, path, mediaType }: FileJob): Promise<FileFindings> {
  const bytes = await readFile(path);
  return kind === 'pictures'
    ? { kind, ...(await makePictures(bytes, mediaType)) }
    : { kind, text: await readText(bytes, mediaType) };
}

function answer(message: AnswerMessage): void {
  pool.postMessage(message);
}
