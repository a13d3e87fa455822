// npm run crash: kills for as often as told, then a tally and every promise that did not hold.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CrashReport } from './crash-report.ts';
import { runCrash } from './run-crash.ts';

const HELP = `npm run crash -- [options]

  --kills N          how often something is killed (default: 20)
  --seed S           where chance begins; a real machine's times differ from run to run all the same
  --control dedup    take deduplication away from the server: the run must notice
`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String((Date.now() % 10_000) + 1) },
    control: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const control = values.control === 'dedup' ? 'dedup' : undefined;
const isUnderstood =
  [values.kills, values.seed].every((text) => /^[1-9]\d{0,5}$/.test(text)) &&
  values.control === control;

if (values.help || !isUnderstood) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 1;
} else await crash();

async function crash(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-crash-'));
  const startMs = Date.now();
  process.stdout.write(`${values.kills} kills, seed ${values.seed}\n`);
  const report = await runCrash({
    folder,
    kills: Number(values.kills),
    seed: Number(values.seed),
    control,
    say: (line) => process.stdout.write(`  ${line}\n`),
  });
  tell(report);
  process.stdout.write(
    `${report.violations.length} promises broken, ${((Date.now() - startMs) / 1000).toFixed(1)} s\n`,
  );
  const isAsHoped = control === undefined ? report.violations.length === 0 : isCaught(report);
  process.exitCode = isAsHoped ? 0 : 1;
  if (isAsHoped) await rm(folder, { recursive: true, force: true });
  else process.stdout.write(`What is left of it is in ${folder}\n`);
}

function tell({ tally, violations }: CrashReport): void {
  for (const [name, count] of Object.entries(tally))
    process.stdout.write(`${String(count).padStart(9)}  ${name}\n`);
  for (const violation of violations) process.stdout.write(`Broken: ${violation}\n`);
}

/** A harness that finds nothing where something is taken away finds nothing anywhere. */
function isCaught({ violations }: CrashReport): boolean {
  return violations.some((violation) => violation.startsWith('Doubled'));
}
