// The oracle's eye on what customers have read of texts that were edited since: it is said so, and nothing else is. (C10)

import type { WrittenEntry } from '../../sync-server/protocol/entries.ts';
import type { Model } from './model.ts';
import { type Run, short } from './run.ts';

export class EditWatch {
  readonly #run: Run;
  readonly #model: () => Model;
  /** Texts that stood on a page a customer got, by entry. */
  readonly #read = new Set<string>();
  /** Those that stood while a page was made, whether it arrived or not. */
  readonly #mayBeRead = new Set<string>();
  /** All texts each edited entry ever had, on servers that are no more, too. */
  readonly #texts = new Map<string, Set<string>>();

  constructor(run: Run, model: () => Model) {
    this.#run = run;
    this.#model = model;
  }

  edited(entryId: string, before: string, after: string): void {
    this.#run.count('entries edited');
    const texts = this.#texts.get(entryId) ?? new Set([before]);
    this.#texts.set(entryId, texts.add(before).add(after));
  }

  /** What a reply said instead of these words, at any time; these words first. */
  variantsOf(text: string): readonly string[] {
    const all = [...this.#texts.values()].find((texts) => texts.has(text));
    return [...new Set([text, ...(all ?? [])])];
  }

  /** A page of this job is asked for, or its answer is here. */
  looks(jobId: string): void {
    for (const key of this.#standing(jobId)) this.#mayBeRead.add(key);
  }

  /** Nothing changed on the job while the customer got this page of it. */
  got(jobId: string): void {
    for (const key of this.#standing(jobId)) this.#read.add(key);
  }

  /** What was read of a server that is no more nobody knows. */
  restored(): void {
    this.#read.clear();
  }

  /** Of a first text a clock says whether it was read, and clocks are set in these stories: it is left to other tests. */
  check({ id, audience, earlier = [] }: WrittenEntry): void {
    for (const { text, customerSeenAt } of earlier.slice(1)) {
      const key = keyOf(id, text);
      const isSaid = customerSeenAt !== undefined;
      if (isSaid) this.#run.count('earlier texts a customer had read');
      if (isSaid && (audience === 'internal' || !this.#mayBeRead.has(key)))
        this.#run.violate('nobody is said to have read what they had not', short(id));
      if (!isSaid && this.#read.has(key))
        this.#run.violate('what a customer had read is said so', `${text} of ${short(id)}`);
    }
  }

  #standing(jobId: string): readonly string[] {
    return this.#model()
      .entries.filter((entry) => entry.jobId === jobId && entry.audience === 'visible')
      .map(({ id, text }) => keyOf(id, text));
  }
}

const keyOf = (entryId: string, text: string): string => `${entryId} ${text}`;
