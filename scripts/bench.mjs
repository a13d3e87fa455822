// Runs one bench: `npm run bench -- sync`. A table for people, then one line of JSON.

import { existsSync } from 'node:fs';
import { inProject, run, Stop } from './lib/project.mjs';
import { ensureReady, runToItsEnd } from './setup.mjs';

await run(async () => {
  await ensureReady();
  const [name = '', ...args] = process.argv.slice(2);
  const program = inProject(`bench/${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(program))
    throw new Stop(
      `There is no bench “${name}”. There is: npm run bench -- sync, -- files, -- portal, -- export, -- storage`,
    );
  await runToItsEnd(process.execPath, [program, ...args]);
});
