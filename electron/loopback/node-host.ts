// The core's surroundings where there is no Electron: plain Node on the user's own machine.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock, Host, LogLine, Secrets } from '../core/host.ts';
import { fromStore } from '../core/random-store.ts';
import { systemOpener } from './open-path.ts';

const FILE_PROGRAM = fileURLToPath(
  new URL('../core/attachments/worker/file-worker.ts', import.meta.url),
);

const PRINT_PROGRAM = fileURLToPath(
  new URL('../core/printing/worker/print-worker.ts', import.meta.url),
);

export function nodeHost(dataFolder: string): Host {
  const openPath = systemOpener(process.platform, process.env);
  return {
    dataFolder,
    homeFolder: homedir(),
    deviceName: `${hostname()} (browser)`.slice(0, 120),
    clock: systemClock,
    secrets: fileSecrets(dataFolder),
    randomBytes: fromStore(randomBytes),
    ...(openPath === undefined ? {} : { openPath }),
    log: writeLogLine,
    fileProgram: FILE_PROGRAM,
    printProgram: PRINT_PROGRAM,
  };
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** No keychain here: a file only this user can read. Electron keeps them in the system's keychain. (I2, I3) */
export function fileSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json');
  let last: Promise<unknown> = Promise.resolve();

  /** One change after the other, so that none overwrites another's. */
  function change(edit: (secrets: Map<string, string>) => void): Promise<void> {
    const next = last.then(async () => {
      const secrets = await load();
      edit(secrets);
      await mkdir(dataFolder, { recursive: true });
      const content = JSON.stringify(Object.fromEntries(secrets));
      await writeFile(`${file}.new`, content, { mode: 0o600, flush: true });
      await rename(`${file}.new`, file);
    });
    last = next.catch(() => undefined);
    return next;
  }

  async function load(): Promise<Map<string, string>> {
    try {
      return new Map(
        Object.entries(JSON.parse(await readFile(file, 'utf8')) as Record<string, string>),
      );
    } catch {
      // Not there yet, or damaged: signing in again writes it anew.
      return new Map();
    }
  }

  return {
    read: async (name) => {
      await last;
      return (await load()).get(name);
    },
    write: (name, value) => change((secrets) => secrets.set(name, value)),
    remove: (name) => change((secrets) => secrets.delete(name)),
  };
}

function writeLogLine(line: LogLine): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}
