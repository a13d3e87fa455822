// npm run desk: the desktop client alone, against a sync server that runs elsewhere.

import { ensureBuilt } from './lib/build.mjs';
import { chooseHost, DEFAULT_PORT, defaultDataFolder, startDesk } from './lib/halves.mjs';
import { openBrowser } from './lib/open-browser.mjs';
import { readOptions } from './lib/options.mjs';
import { expectFreePort, expectWritableFolder } from './lib/places.mjs';
import { run, Stop } from './lib/project.mjs';
import { runUntilStopped } from './lib/until-stopped.mjs';
import { ensureReady } from './setup.mjs';

const HELP = `npm run desk -- --server URL [options]

  --server URL  the office's sync server, as in http://127.0.0.1:${DEFAULT_PORT}
  --loopback    run in the browser
  --electron    run in a window of its own
  --data DIR    keep everything in DIR (default: .docket in the project)
  --port N      the browser's address (default: ${DEFAULT_PORT + 1})
  --no-open     do not open the browser
  --help        show this
`;

const OPTIONS = {
  usage: 'npm run desk -- --help lists them.',
  options: {
    server: 'url',
    loopback: 'flag',
    electron: 'flag',
    data: 'folder',
    port: 'port',
    'no-open': 'flag',
    help: 'flag',
  },
};

async function start(programs, options) {
  const dataFolder = options.data ?? defaultDataFolder();
  const port = options.port ?? DEFAULT_PORT + 1;
  expectWritableFolder(dataFolder);
  await expectFreePort(port, { what: 'The desktop client', command: 'npm run desk --' });
  const host = await chooseHost({ dataFolder, ...options });
  await ensureBuilt(programs);
  const address = await startDesk(programs, { host, dataFolder, serverUrl: options.server, port });
  if (address === undefined) return;
  process.stdout.write(`\n  Docket runs in the browser: ${host.because}.\n  ${address}\n\n`);
  if (!options['no-open']) openBrowser(address);
}

await run(async () => {
  const options = readOptions(process.argv.slice(2), OPTIONS);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  if (options.server === undefined)
    throw new Stop(
      '--server URL is missing: the desktop client needs the address of its sync server.',
    );
  if (options.loopback && options.electron)
    throw new Stop('--loopback and --electron exclude each other. Choose one.');
  await ensureReady();
  await runUntilStopped((programs) => start(programs, options));
});
