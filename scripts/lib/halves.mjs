// The two halves of Docket as programs: the sync server, and the desktop client in one of its two hosts.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './electron-binary.mjs';
import { inProject, Stop } from './project.mjs';

export const DEFAULT_PORT = 4810;
export const defaultDataFolder = () => inProject('.docket');

const serverFolder = (dataFolder) => join(dataFolder, 'server');
const deskFolder = (dataFolder) => join(dataFolder, 'desk');

/** Makes the demo office, or an empty one, on the first start; does nothing on later ones. Answers with its sign-ins. */
export async function seed(programs, { dataFolder, empty }) {
  const program = await programs.complete({
    name: 'The making of the demo office',
    args: [
      inProject('sync-server/admin/seed-demo.ts'),
      '--data',
      serverFolder(dataFolder),
      ...(empty ? ['--empty'] : []),
    ],
  });
  return program.event('seeded');
}

/** A fresh link into the portal, as lines to show; an office without customers says so instead. */
export async function portalLink(programs, { dataFolder, serverUrl }) {
  const program = programs.start({
    name: 'The making of a portal link',
    args: [
      inProject('sync-server/admin/portal-link.ts'),
      '--data',
      serverFolder(dataFolder),
      '--public-url',
      serverUrl,
    ],
  });
  if ((await program.ended) !== 0) return [program.lastWords()];
  const { url, customer } = await program.event('portal-link');
  return [url, `for ${customer}; it opens once`];
}

/** @returns {Promise<{ url: string, mailFolder: string | undefined }>} once it listens; mails go to a mail server or to the folder */
export async function startServer(programs, { dataFolder, port }) {
  const program = programs.start({
    name: 'The sync server',
    args: [inProject('sync-server/main.ts')],
    env: { DOCKET_DATA: serverFolder(dataFolder), DOCKET_PORT: String(port) },
  });
  const { url, mailFolder } = await program.event('listening');
  return { program, url, mailFolder };
}

/**
 * Electron where it is to be had, else the loopback host. Asked before anything is started: it may ask a person.
 *
 * @returns {Promise<{ binary: string } | { because: string }>} `because` says why there is no window
 * @throws {Stop} for `--electron` where there is none to be had
 */
export async function chooseHost({ dataFolder, loopback, electron }) {
  if (loopback) return { because: 'you asked for it' };
  const found = await findElectron({ force: electron, memoryFolder: dataFolder });
  if (electron && found.binary === undefined)
    throw new Stop(
      `Docket cannot open a window: ${found.because}. Leave out --electron to run it in the browser.`,
    );
  return found;
}

/** The desktop client. Answers with the address the loopback host serves it at; undefined where a window opened. */
export async function startDesk(programs, { host, dataFolder, serverUrl, port }) {
  const folder = deskFolder(dataFolder);
  mkdirSync(folder, { recursive: true });
  const args = ['--data', folder, '--server', serverUrl];
  if (host.binary !== undefined) {
    programs.start({
      name: 'Electron',
      command: host.binary,
      args: [inProject(), ...args],
      // Built already; and what this Node has compiled is no business of Electron's own.
      env: { NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    return undefined;
  }
  const program = programs.start({
    name: 'The loopback host',
    // New objects get 8 MB instead of 16 before they are looked through: a first sync stays 30 MB smaller, and is as fast.
    args: [
      '--max-semi-space-size=8',
      inProject('electron/loopback/main.ts'),
      ...args,
      '--port',
      String(port),
    ],
    // glibc keeps what threads have freed, once for each of up to eight a core; the threads that look into photos free a lot.
    env: { MALLOC_ARENA_MAX: '2' },
  });
  return (await program.event('listening')).url;
}
