// npm run check: types, lint, the import rule, formatting, unused code. Runs all of them and fails if any fails.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inProject, run, secondsSince } from './lib/project.mjs';
import { ensureReady } from './setup.mjs';

/** Lint takes longer than all others, and one core: they run beside it. */
const LANES = [
  [['lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']]],
  [
    ['types', 'typescript-native/bin/tsc', ['--project', '.']],
    // The protocol alone: it must stand without Node's and the browser's types.
    ['protocol types', 'typescript-native/bin/tsc', ['--project', 'sync-server/protocol']],
    ['import rule', 'dependency-cruiser/bin/dependency-cruiser.mjs', importRuleArgs()],
    ['formatting', '@biomejs/biome/bin/biome', ['format', '.']],
    ['unused code', 'knip/bin/knip.js', []],
  ],
];

function importRuleArgs() {
  const places = ['electron', 'renderer', 'sync-server', 'scripts', 'test', 'bench'].filter(
    (place) => existsSync(inProject(place)),
  );
  return ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...places];
}

function runCheck(program, args) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(process.execPath, [inProject('node_modules', program), ...args], {
      cwd: inProject(),
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (problem) => resolve({ ok: false, output: problem.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

await run(async () => {
  await ensureReady();
  const failed = [];
  const runLane = async (lane) => {
    for (const [name, program, args] of lane) {
      const startMs = Date.now();
      const { ok, output } = await runCheck(program, args);
      if (!ok) failed.push(name);
      const told = ok ? '' : `${output.trimEnd()}\n`;
      const verdict = `${name}: ${ok ? 'clean' : 'failed'} (${secondsSince(startMs)})\n`;
      process.stdout.write(told + verdict);
    }
  };
  await Promise.all(LANES.map(runLane));
  if (failed.length > 0) process.stdout.write(`Failed: ${failed.join(', ')}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});
