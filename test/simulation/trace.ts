// What happened, line by line, in words that are the same for the same seed.

import { createHash } from 'node:crypto';

const KEPT_LINES = 30;

export class Trace {
  readonly #hash = createHash('sha256');
  readonly #last: string[] = [];
  readonly #print: ((line: string) => void) | undefined;
  #lines = 0;

  constructor(print?: (line: string) => void) {
    this.#print = print;
  }

  add(atMs: number, who: string, what: string): void {
    const line = `${new Date(atMs).toISOString().slice(0, 23)} ${who.padEnd(10)} ${what}`;
    this.#hash.update(`${line}\n`);
    this.#lines += 1;
    this.#last.push(line);
    if (this.#last.length > KEPT_LINES) this.#last.shift();
    this.#print?.(line);
  }

  get length(): number {
    return this.#lines;
  }

  get last(): readonly string[] {
    return this.#last;
  }

  /** Once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
