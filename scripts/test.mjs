// npm test: everything the tests need, then all of them. The last line is always "N passed, N failed".
// Arguments go to vitest: `npm test -- test/sync-server`.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ChildPrograms } from './lib/child-programs.mjs';
import { inProject, Stop } from './lib/project.mjs';
import { summarize } from './lib/test-summary.mjs';
import { ensureReady } from './setup.mjs';

const REPORT = inProject(`test-results/report-${process.pid}.json`);

function runVitest(args, chromium) {
  const vitest = inProject('node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: inProject(),
    stdio: 'inherit',
    env: { ...process.env, DOCKET_CHROMIUM: chromium },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function takeReport() {
  if (!existsSync(REPORT)) return undefined;
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  rmSync(REPORT);
  return report;
}

async function prepareAndRun() {
  await ensureReady();
  const chromium = ensureBrowser();
  await ensureBuilt(new ChildPrograms());
  const exitCode = await runVitest(process.argv.slice(2), chromium);
  return summarize(takeReport(), exitCode);
}

function explain(problem) {
  const reason = problem instanceof Stop ? problem.message : String(problem.stack);
  return { line: '0 passed, 1 failed', ok: false, reason };
}

const { line, ok, reason } = await prepareAndRun().catch(explain);
if (reason !== undefined) process.stdout.write(`${reason}\n`);
process.stdout.write(`${line}\n`);
process.exitCode = ok ? 0 : 1;
