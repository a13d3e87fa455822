// npm run server: the sync server alone, listening until it is stopped.

import { DEFAULT_PORT, defaultDataFolder, seed, startServer } from './lib/halves.mjs';
import { readOptions } from './lib/options.mjs';
import { expectFreePort, expectWritableFolder } from './lib/places.mjs';
import { run } from './lib/project.mjs';
import { runUntilStopped } from './lib/until-stopped.mjs';
import { ensureReady } from './setup.mjs';

const HELP = `npm run server -- [options]

  --data DIR    keep everything in DIR (default: .docket in the project)
  --port N      listen on N (default: ${DEFAULT_PORT})
  --empty       begin with an empty office instead of the demo
  --help        show this
`;

const OPTIONS = {
  usage: 'npm run server -- --help lists them.',
  options: { data: 'folder', port: 'port', empty: 'flag', help: 'flag' },
};

async function start(programs, options) {
  const dataFolder = options.data ?? defaultDataFolder();
  const port = options.port ?? DEFAULT_PORT;
  expectWritableFolder(dataFolder);
  await expectFreePort(port, { what: 'The sync server', command: 'npm run server --' });
  const seeded = await seed(programs, { dataFolder, empty: options.empty });
  const { url, mailFolder } = await startServer(programs, { dataFolder, port });
  const signIns = seeded.signIns.map(
    ({ email, password }) => `  ${email.padEnd(32)} ${password}\n`,
  );
  const mails = mailFolder === undefined ? '' : `  Mails are written to ${mailFolder}\n`;
  process.stdout.write(`\n  The sync server listens on ${url}\n${mails}${signIns.join('')}\n`);
}

await run(async () => {
  const options = readOptions(process.argv.slice(2), OPTIONS);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  await ensureReady();
  await runUntilStopped((programs) => start(programs, options));
});
