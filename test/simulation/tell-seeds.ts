// Tells stories in a process of its own, one seed at a time as it is asked: forked by run-seeds.ts.

import type { SeedOrder, ToldSeed } from './run-seeds.ts';
import { hasCanned, simulate } from './simulate.ts';

process.on('message', ({ seed, control }: SeedOrder) => void tell(seed, control));

async function tell(seed: number, control: SeedOrder['control']): Promise<void> {
  const withCanned = hasCanned(seed);
  const { violation, lastLines, tally } = await simulate({ seed, control, withCanned });
  const told: ToldSeed = {
    seed,
    counts: tally.counts,
    failure: violation === undefined ? undefined : { message: violation.message, lastLines },
  };
  process.send?.(told);
}
