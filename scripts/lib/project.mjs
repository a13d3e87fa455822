// Where things are, and how a script says no.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export const inProject = (...parts) => join(PROJECT, ...parts);

/** What a person is told when a script cannot go on: what happened, to what, what to do. */
export class Stop extends Error {}

/** Runs a script's body. A `Stop` ends it with one sentence and exit code 1; anything else is our bug and shows its trace. */
export async function run(body) {
  try {
    await body();
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    process.stderr.write(`${problem.message}\n`);
    process.exit(1);
  }
}

export const secondsSince = (startMs) => `${((Date.now() - startMs) / 1000).toFixed(1)} s`;
