// Seed after seed, on as many cores as wanted: every story is alone with its seed, so who tells it makes no difference.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ControlName } from './controls.ts';
import { Tally } from './tally.ts';

export interface SeedOrder {
  readonly seed: number;
  readonly control?: ControlName | undefined;
}

/** What a story came to, as far as it crosses from process to process. */
export interface ToldSeed {
  readonly seed: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly failure: { readonly message: string; readonly lastLines: readonly string[] } | undefined;
}

export interface SeedsWish {
  readonly firstSeed: number;
  readonly seeds: number;
  /** Processes. */
  readonly jobs: number;
  readonly control?: ControlName | undefined;
  /** Stories that have begun are told to their end. */
  readonly signal?: AbortSignal;
  onTold?(told: number): void;
  onFailure?(story: ToldSeed): void;
}

export interface SeedsReport {
  readonly told: number;
  readonly tally: Tally;
  readonly failed: readonly ToldSeed[];
}

/** With a control the first failure ends the run: it is what was wanted. */
export async function runSeeds(wish: SeedsWish): Promise<SeedsReport> {
  const tally = new Tally();
  const failed: ToldSeed[] = [];
  let told = 0;
  let next = wish.firstSeed;
  const take = (): number | undefined => {
    const isOver =
      wish.signal?.aborted === true || (wish.control !== undefined && failed.length > 0);
    if (isOver || next >= wish.firstSeed + wish.seeds) return undefined;
    next += 1;
    return next - 1;
  };
  const work = async () => {
    let teller = newTeller();
    try {
      for (let seed = take(); seed !== undefined; seed = take()) {
        const story = await tellBy(teller, { seed, control: wish.control });
        if (teller.exitCode !== null || teller.signalCode !== null) teller = newTeller();
        told += 1;
        wish.onTold?.(told);
        tally.addCounts(story.counts);
        if (story.failure === undefined) continue;
        failed.push(story);
        wish.onFailure?.(story);
      }
    } finally {
      teller.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(wish.jobs, wish.seeds) }, work));
  return { told, tally, failed: failed.toSorted((a, b) => a.seed - b.seed) };
}

function newTeller(): ChildProcess {
  return fork(fileURLToPath(new URL('tell-seeds.ts', import.meta.url)));
}

/** A story that ends its process has failed; the next one is told by another. */
function tellBy(teller: ChildProcess, order: SeedOrder): Promise<ToldSeed> {
  const { promise, resolve } = Promise.withResolvers<ToldSeed>();
  const onEnd = (code: number | null) => {
    const message = `it ended its process with ${code ?? 'a signal'}`;
    resolve({ seed: order.seed, counts: {}, failure: { message, lastLines: [] } });
  };
  teller.once('exit', onEnd);
  teller.once('message', (told: ToldSeed) => {
    teller.off('exit', onEnd);
    resolve(told);
  });
  teller.send(order);
  return promise;
}
