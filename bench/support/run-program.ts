// A measurement in a process of its own, so that no other one's memory and warmth are in it.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A desk, started as it is in life (scripts/lib/halves.mjs). */
export function runDesk<T>(file: string, args: readonly string[]): Promise<T> {
  return runProgram(file, args, ['--max-semi-space-size=8']);
}

/** Runs a program to its end and answers with the last line it printed, as JSON. */
export async function runProgram<T>(
  file: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<T> {
  const child = spawn(process.execPath, [...nodeArgs, file, ...args], {
    cwd: PROJECT,
    // As a desk is started (scripts/lib/halves.mjs).
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${file} ended with ${code}.`);
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as T;
}
