// The program behind `npm run simulate`: seed after seed, then the tally.

import type { ControlName } from './controls.ts';
import { simulate, type Story } from './simulate.ts';
import { Tally } from './tally.ts';

interface Wish {
  readonly firstSeed: number;
  readonly seeds: number;
  readonly trace: boolean;
  readonly control: ControlName | undefined;
}

const wish = JSON.parse(process.argv[2] ?? '{}') as Wish;
process.exitCode = (await runAll(wish)) ? 0 : 1;

async function runAll({ firstSeed, seeds, trace, control }: Wish): Promise<boolean> {
  const startMs = performance.now();
  const total = new Tally();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  let told = 0;
  let failed = 0;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const story = await simulate({
      seed,
      ...(control === undefined ? {} : { control }),
      ...(trace ? { print: say } : {}),
    });
    told += 1;
    total.add(story.tally);
    if (story.violation === undefined) continue;
    failed += 1;
    report(story, say);
    if (control !== undefined) break;
  }
  const seconds = (performance.now() - startMs) / 1000;
  if (control !== undefined) return reportControl(control, { told, failed }, say);
  for (const [name, count] of Object.entries(total.counts))
    say(`${String(count).padStart(8)}  ${name}`);
  say(`${told} seeds, ${failed} failed, ${(told / seconds).toFixed(1)} seeds/s`);
  if (seeds > 1 && total.zeros.length > 0) say(`Never exercised: ${total.zeros.join(', ')}`);
  return failed === 0 && (seeds === 1 || total.zeros.length === 0);
}

function report({ seed, violation, lastLines }: Story, say: (line: string) => void): void {
  for (const line of lastLines) say(line);
  say(`Seed ${seed}: ${violation?.message ?? ''}`);
}

/** With a safeguard off, finding nothing is the failure. */
function reportControl(
  control: ControlName,
  { told, failed }: { told: number; failed: number },
  say: (line: string) => void,
): boolean {
  say(
    failed > 0
      ? `Without ${control}: noticed after ${told} seeds.`
      : `Without ${control}: NOT noticed in ${told} seeds.`,
  );
  return failed > 0;
}
