// The program behind `npm run simulate`: seed after seed, then a tally of what they exercised.

import { parseArgs } from 'node:util';
import { CONTROLS, type ControlName } from './controls.ts';
import { simulate, type Story } from './simulate.ts';
import { Tally } from './tally.ts';

const USAGE = `Usage: npm run simulate -- [--seeds N] [--seed FIRST] [--trace] [--control ${CONTROLS.join('|')}]`;

interface Wish {
  readonly firstSeed: number;
  readonly seeds: number;
  readonly trace: boolean;
  readonly control: ControlName | undefined;
}

const wish = readWish(process.argv.slice(2));
if (typeof wish === 'string') {
  process.stderr.write(`${wish}\n${USAGE}\n`);
  process.exitCode = 1;
} else process.exitCode = (await runAll(wish)) ? 0 : 1;

/** A sentence where the command line is not understood. */
function readWish(args: readonly string[]): Wish | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      control: { type: 'string' },
    },
  });
  const { control, trace } = values;
  const known = CONTROLS.find((name) => name === control);
  if (control !== undefined && known === undefined) return `"${control}" is no safeguard.`;
  // One seed is asked for to look at it, a control until it is noticed.
  const usual = values.seed !== undefined ? '1' : known === undefined ? '100' : '200';
  const [seeds, firstSeed] = [Number(values.seeds ?? usual), Number(values.seed ?? 1)];
  if (!Number.isInteger(seeds) || seeds < 1) return '--seeds takes a whole number from 1.';
  if (!Number.isInteger(firstSeed) || firstSeed < 0) return '--seed takes a whole number.';
  return { firstSeed, seeds, trace, control: known };
}

async function runAll({ firstSeed, seeds, trace, control }: Wish): Promise<boolean> {
  const startMs = performance.now();
  const total = new Tally();
  let told = 0;
  const failed: number[] = [];
  const stopping = new AbortController();
  // The story that is being told is told to its end, so that it leaves nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    if (stopping.signal.aborted) break;
    const story = await simulate({ seed, control, print: trace ? say : undefined });
    told += 1;
    total.add(story.tally);
    if (story.violation === undefined) continue;
    failed.push(seed);
    report(story);
    if (control !== undefined) break;
  }
  if (control !== undefined) return reportControl(control, told, failed.length > 0);
  const perSecond = (told / ((performance.now() - startMs) / 1000)).toFixed(1);
  for (const [name, count] of Object.entries(total.counts))
    say(`${String(count).padStart(8)}  ${name}`);
  if (failed.length > 0) say(`Failed seeds: ${failed.join(', ')}`);
  // One seed has no room for everything.
  const isProved = seeds === 1 || total.zeros.length === 0;
  if (!isProved) say(`Never exercised, so not proved: ${total.zeros.join(', ')}`);
  say(`${told} seeds, ${failed.length} failed, ${perSecond} seeds/s`);
  return failed.length === 0 && isProved;
}

function report({ seed, violation, lastLines }: Story): void {
  for (const line of lastLines) say(line);
  say(`Seed ${seed}: ${violation?.message ?? ''}`);
}

/** With a safeguard off, noticing nothing is the failure. */
function reportControl(control: ControlName, told: number, isNoticed: boolean): boolean {
  say(
    `Without ${control}: ${isNoticed ? `noticed at seed ${told}` : `NOT noticed in ${told} seeds`}.`,
  );
  return isNoticed;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
