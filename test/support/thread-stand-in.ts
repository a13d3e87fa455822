// Stands in for the program of a pool's threads: does to a test's "files" what their names say.

import { readFileSync, writeFileSync } from 'node:fs';
import { parentPort, threadId } from 'node:worker_threads';
import type { AnswerMessage, JobMessage } from '../../electron/core/attachments/file-jobs.ts';

const port = parentPort;
if (port === null) throw new Error('This runs in a thread.');

port.on('message', ({ id, job: { path } }: JobMessage) => {
  const answer = (text: string, heldBytes = 0) =>
    port.postMessage({
      id,
      kind: 'done',
      findings: { kind: 'text', text },
      heldBytes,
    } satisfies AnswerMessage);
  const [wish, file = ''] = path.split(' ');
  switch (wish) {
    case 'crash':
      process.exit(7);
      break;
    case 'throw':
      throw new Error('A library fell over');
    case 'say-broke':
      port.postMessage({ id, kind: 'broke', error: 'Not my day' } satisfies AnswerMessage);
      break;
    case 'hang':
      for (;;);
    case 'fill-memory': {
      const heap: number[][] = [];
      for (;;) heap.push(Array.from({ length: 100_000 }, (_one, index) => index));
    }
    case 'grow':
      answer(`thread ${threadId}`, 2 ** 40);
      break;
    case 'wait-for':
      // Answers when the test has written the file, and tells that it began.
      writeFileSync(`${file}.begun`, '');
      while (!exists(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      answer(`thread ${threadId}`);
      break;
    default:
      answer(`thread ${threadId}`);
  }
});

function exists(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
