// npm start: everything from a fresh clone to a running Docket.

import { ensureBuilt } from './lib/build.mjs';
import {
  chooseHost,
  DEFAULT_PORT,
  defaultDataFolder,
  portalLink,
  seed,
  startDesk,
  startServer,
} from './lib/halves.mjs';
import { openBrowser } from './lib/open-browser.mjs';
import { readOptions } from './lib/options.mjs';
import { expectFreePort, expectWritableFolder } from './lib/places.mjs';
import { run, Stop } from './lib/project.mjs';
import { runUntilStopped } from './lib/until-stopped.mjs';
import { ensureReady } from './setup.mjs';

const HELP = `npm start -- [options]

  --loopback    run the desktop client in the browser
  --electron    run it in a window of its own
  --data DIR    keep everything in DIR (default: .docket in the project)
  --port N      the sync server listens on N, the client on N + 1 (default: ${DEFAULT_PORT})
  --no-open     do not open the browser
  --empty       begin with an empty office instead of the demo
  --help        show this
`;

const OPTIONS = {
  usage: 'npm start -- --help lists them.',
  options: {
    loopback: 'flag',
    electron: 'flag',
    data: 'folder',
    port: 'port',
    'no-open': 'flag',
    empty: 'flag',
    help: 'flag',
  },
};

async function start(programs, options) {
  const dataFolder = options.data ?? defaultDataFolder();
  const port = options.port ?? DEFAULT_PORT;
  const command = 'npm start --';
  expectWritableFolder(dataFolder);
  await expectFreePort(port, { what: 'The sync server', command });
  await expectFreePort(port + 1, { what: 'The desktop client', command });
  const host = await chooseHost({ dataFolder, ...options });
  await ensureBuilt(programs);
  const seeded = await seed(programs, { dataFolder, empty: options.empty });
  const server = await startServer(programs, { dataFolder, port });
  const portal = await portalLink(programs, { dataFolder, serverUrl: server.url });
  const address = await startDesk(programs, {
    host,
    dataFolder,
    serverUrl: server.url,
    port: port + 1,
  });
  process.stdout.write(describe({ dataFolder, server, seeded, portal, host, address }));
  if (address !== undefined && !options['no-open']) openBrowser(address);
}

function describe({ dataFolder, server, seeded, portal, host, address }) {
  const signIns = seeded.signIns.map(({ email, password }) => `${email}   ${password}`);
  const rows = [
    ['Docket', address ?? 'in its own window'],
    ...signIns.map((signIn, index) => [index === 0 ? 'Sign in' : '', signIn]),
    ...portal.map((line, index) => [index === 0 ? 'Portal' : '', line]),
    ['Server', server.url],
    ['Mails', server.mailFolder ?? 'leave over the mail server in DOCKET_SMTP_URL'],
    ['Data', dataFolder],
  ];
  const where =
    host.because === undefined ? [] : [`  Docket runs in the browser: ${host.because}.`, ''];
  const lines = rows.map(([label, text]) => `  ${label.padEnd(9)}${text}`);
  const end = '  Ctrl-C stops everything; the next start goes on from here.';
  return ['', ...where, ...lines, '', end, '', ''].join('\n');
}

await run(async () => {
  const options = readOptions(process.argv.slice(2), OPTIONS);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  if (options.loopback && options.electron)
    throw new Stop('--loopback and --electron exclude each other. Choose one.');
  await ensureReady();
  await runUntilStopped((programs) => start(programs, options));
});
