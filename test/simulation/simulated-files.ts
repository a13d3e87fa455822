// The files people in a story have at hand, and what bytes stand behind which name.

import { createHash } from 'node:crypto';
import type { Run } from './run.ts';

export interface FileAtHand {
  readonly name: string;
  readonly text: string;
}

export class SimulatedFiles {
  readonly #run: Run;
  readonly #texts = new Map<string, string>();
  readonly #atHand: FileAtHand[] = [];
  #renamed = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** A new one, and now and then one with the same bytes as another. */
  take(): FileAtHand {
    const { chance } = this.#run;
    const old = chance.happens(0.2) ? chance.pickAny(this.#atHand) : undefined;
    if (old !== undefined) this.#run.count('files with the bytes of another');
    const number = this.#atHand.length + 1;
    const words = `page ${number} `.repeat(chance.between(1, 20));
    const file = { name: `file-${number}.txt`, text: old?.text ?? words };
    this.#atHand.push(file);
    this.#texts.set(createHash('sha256').update(file.text).digest('hex'), file.text);
    return file;
  }

  /** Its bytes are nobody else's. */
  takeNew(words: string): FileAtHand {
    const file = { name: `${words}.txt`, text: `${words} `.repeat(5) };
    this.#texts.set(createHash('sha256').update(file.text).digest('hex'), file.text);
    return file;
  }

  /** No two files are ever called the same. */
  newName(): string {
    this.#renamed += 1;
    return `renamed-${this.#renamed}.txt`;
  }

  textOf(blobId: string): string | undefined {
    return this.#texts.get(blobId);
  }
}
