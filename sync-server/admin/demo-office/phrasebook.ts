// Chooses among the variants of a text so that no job says the same twice and the office hardly ever does.

import type { Random } from './chance.ts';

const ATTEMPTS_EACH = 4;

export class Phrasebook {
  readonly #uses = new Map<string, number>();
  readonly #officeTexts = new Set<string>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * @param render fills a variant in; called again where its text was used before
   * @param jobTexts what the job says already; the answer is never among it, and is added
   * @throws where every variant would repeat something of the same job
   */
  choose(
    variants: readonly string[],
    render: (variant: string) => string,
    jobTexts: Set<string>,
  ): string {
    let repeated: { readonly variant: string; readonly text: string } | undefined;
    for (const variant of this.#leastUsedFirst(variants))
      for (let attempt = 0; attempt < ATTEMPTS_EACH; attempt += 1) {
        const text = render(variant);
        if (jobTexts.has(text)) continue;
        if (!this.#officeTexts.has(text)) return this.#take(variant, text, jobTexts);
        repeated ??= { variant, text };
      }
    if (repeated === undefined) throw new Error(`Nothing new to say with: ${variants[0] ?? ''}`);
    return this.#take(repeated.variant, repeated.text, jobTexts);
  }

  #take(variant: string, text: string, jobTexts: Set<string>): string {
    this.#uses.set(variant, (this.#uses.get(variant) ?? 0) + 1);
    this.#officeTexts.add(text);
    jobTexts.add(text);
    return text;
  }

  #leastUsedFirst(variants: readonly string[]): string[] {
    return variants
      .map((variant) => ({ variant, rank: (this.#uses.get(variant) ?? 0) + this.#random() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ variant }) => variant);
  }
}
