// A thread that prints one copy, so that the core's own loop waits for no font and no picture. It is left when the copy is
// done, when it was cancelled, and when it broke; each costs this copy and nothing else. (G4)

import { Worker } from 'node:worker_threads';
import type { FromPrinter, PrintBlock, Printed, PrintHead, ToPrinter } from './print-blocks.ts';

/** V8's part of the thread's memory: a page and the words it is set in. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

export class PrintThread {
  readonly #worker: Worker;
  #settle: { resolve(message: FromPrinter): void; reject(error: Error): void } | undefined;
  #broken: Error | undefined;

  /** @param program the thread's: a `.ts` file under Node, a bundle of its own under Electron */
  constructor(program: string) {
    this.#worker = new Worker(program, { resourceLimits: RESOURCE_LIMITS, stderr: true });
    this.#worker.on('message', (message: FromPrinter) => {
      if (message.kind === 'broke') this.#break(errorOf(message));
      else this.#settle?.resolve(message);
    });
    this.#worker.on('error', (error: Error) => this.#break(error));
    this.#worker.on('exit', () => this.#break(new Error('The thread that prints has ended.')));
    this.#worker.unref();
  }

  async begin(path: string, head: PrintHead): Promise<void> {
    await this.#ask({ kind: 'begin', path, head });
  }

  /** Resolves when they are on their pages: whoever has more waits for it. */
  async print(blocks: readonly PrintBlock[]): Promise<void> {
    if (blocks.length > 0) await this.#ask({ kind: 'blocks', blocks });
  }

  /** Resolves when the whole file is written. */
  async end(last: string): Promise<Printed> {
    const answer = await this.#ask({ kind: 'end', last });
    if (answer.kind !== 'done') throw new Error('The thread ends with what it printed.');
    return answer.printed;
  }

  /** Cuts off whatever it does. */
  async leave(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(message: ToPrinter): Promise<FromPrinter> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined) {
        reject(this.#broken);
        return;
      }
      this.#settle = { resolve, reject };
      this.#worker.postMessage(message);
    });
  }

  #break(error: Error): void {
    this.#broken ??= error;
    this.#settle?.reject(this.#broken);
  }
}

/** With the system's code, where it was the disk. */
function errorOf({ error, code }: Extract<FromPrinter, { kind: 'broke' }>): Error {
  return Object.assign(new Error(error), code === null ? {} : { code });
}
