// The program behind `npm run simulate`: seed after seed, then a tally of what they exercised.

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CONTROLS, type ControlName } from './controls.ts';
import { runSeeds, type SeedsReport, type ToldSeed } from './run-seeds.ts';
import { simulate } from './simulate.ts';

const USAGE = `Usage: npm run simulate -- [--seeds N] [--seed FIRST] [--jobs N] [--trace] [--control ${CONTROLS.join('|')}]`;

/** More are for whoever asks for them: others work on this machine, too. */
const MOST_JOBS = 2;
const PROGRESS_SEEDS = 500;

interface Wish {
  readonly firstSeed: number;
  readonly seeds: number;
  readonly jobs: number;
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
      jobs: { type: 'string' },
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
  const jobs = Number(values.jobs ?? Math.min(MOST_JOBS, availableParallelism(), seeds));
  if (!Number.isInteger(jobs) || jobs < 1) return '--jobs takes a whole number from 1.';
  if (trace && seeds > 1) return '--trace tells one seed: add --seed.';
  return { firstSeed, seeds, jobs, trace, control: known };
}

async function runAll(runWish: Wish): Promise<boolean> {
  const { seeds, control, trace } = runWish;
  if (trace) await simulate({ seed: runWish.firstSeed, control, print: say });
  const startMs = performance.now();
  const stopping = new AbortController();
  // Stories that are being told are told to their end, so that they leave nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  const report = await runSeeds({
    ...runWish,
    signal: stopping.signal,
    onTold: tellProgress,
    onFailure: tellFailure,
  });
  if (control !== undefined) return reportControl(control, report);
  const { told, tally, failed } = report;
  const perSecond = (told / ((performance.now() - startMs) / 1000)).toFixed(1);
  for (const [name, count] of Object.entries(tally.counts))
    say(`${String(count).padStart(8)}  ${name}`);
  if (failed.length > 0) say(`Failed seeds: ${failed.map(({ seed }) => seed).join(', ')}`);
  // One seed has no room for everything.
  const isProved = seeds === 1 || tally.zeros.length === 0;
  if (!isProved) say(`Never exercised, so not proved: ${tally.zeros.join(', ')}`);
  say(`${told} seeds, ${failed.length} failed, ${perSecond} seeds/s`);
  return failed.length === 0 && isProved;
}

function tellProgress(told: number): void {
  if (told % PROGRESS_SEEDS === 0) say(`${told} seeds told`);
}

function tellFailure({ seed, failure }: ToldSeed): void {
  for (const line of failure?.lastLines ?? []) say(line);
  say(`Seed ${seed}: ${failure?.message ?? ''}`);
}

/** With a safeguard off, noticing nothing is the failure. */
function reportControl(control: ControlName, { told, failed }: SeedsReport): boolean {
  const isNoticed = failed.length > 0;
  say(
    `Without ${control}: ${isNoticed ? `noticed within ${told} seeds` : `NOT noticed in ${told} seeds`}.`,
  );
  return isNoticed;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
