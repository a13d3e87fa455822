// What runs in the thread that prints: one copy, from its first page to its last. (G4)

import { parentPort } from 'node:worker_threads';
import type { FromPrinter, ToPrinter } from '../print-blocks.ts';
import { Printer } from './printer.ts';

if (parentPort === null) throw new Error('This program runs in a thread of the core.');
const core = parentPort;
let printer: Printer | undefined;

core.on('message', (message: ToPrinter) => {
  perform(message).then(answer, (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    answer({ kind: 'broke', error: String(error).slice(0, 300), code });
  });
});

async function perform(message: ToPrinter): Promise<FromPrinter> {
  if (message.kind === 'begin') {
    printer = new Printer(message.path, message.head);
    await printer.begin();
    return { kind: 'took' };
  }
  if (printer === undefined) throw new Error('Printing begins with its head.');
  if (message.kind === 'end') return { kind: 'done', printed: await printer.end(message.last) };
  await printer.print(message.blocks);
  return { kind: 'took' };
}

function answer(message: FromPrinter): void {
  core.postMessage(message);
}
