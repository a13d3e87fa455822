// Runs a TypeScript program of this project on a Node that can: `node scripts/program.mjs test/simulation/main.ts --seeds 10`.

import { inProject, run } from './lib/project.mjs';
import { ensureReady, runToItsEnd } from './setup.mjs';

await run(async () => {
  await ensureReady();
  const [program, ...args] = process.argv.slice(2);
  await runToItsEnd(process.execPath, [inProject(program), ...args]);
});
