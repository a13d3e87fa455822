// Other programs that replicate, with the very rows of one of our mirrors, each in processes of its own. They are no part of
// Docket: their packages are installed in their own folder when the bench first asks for them.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import type { PeerSync } from './measurements.ts';
import { runProgram } from './run-program.ts';

export const PEERS = ['pouchdb', 'watermelondb'] as const;
type Peer = (typeof PEERS)[number];

const NAMES: Readonly<Record<Peer, string>> = {
  pouchdb: 'PouchDB 9, LevelDB',
  watermelondb: 'WatermelonDB 0.28, no search',
};

/** Kinds of records the peers have tables for. */
const TABLES = [
  'workspace',
  'member',
  'pipeline',
  'customer',
  'job',
  'entry',
  'attachment',
  'read_mark',
];
const FOLDER = fileURLToPath(new URL('../peers', import.meta.url));

/** Undefined once they are there; otherwise why they cannot be, in a sentence. */
export async function installPeers(): Promise<string | undefined> {
  if (existsSync(join(FOLDER, 'node_modules', 'pouchdb'))) return undefined;
  process.stderr.write('Installing PouchDB and WatermelonDB to compare with.\n');
  // None of their packages needs its scripts: what is native comes built.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const child =
    npm === undefined
      ? spawn('npm', args, { cwd: FOLDER, stdio: ['ignore', 2, 2], shell: isWindows() })
      : spawn(process.execPath, [npm, ...args], { cwd: FOLDER, stdio: ['ignore', 2, 2] });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  return code === 0
    ? undefined
    : 'PouchDB and WatermelonDB could not be installed, so this run goes on without them.';
}

/** The rows of a filled mirror, in the order they came, as the peers read them. */
export async function exportRows(mirrorFile: string, rowsFile: string): Promise<void> {
  const mirror = new BetterSqlite(mirrorFile, { readonly: true });
  function* lines() {
    for (const table of TABLES)
      for (const row of mirror.prepare(`SELECT * FROM ${table} ORDER BY rowid`).iterate())
        yield `${JSON.stringify({ table, row })}\n`;
  }
  await pipeline(Readable.from(lines()), createWriteStream(rowsFile));
  mirror.close();
}

/** One first replication into a fresh store, and a flush of new notes. */
export async function runPeer(
  peer: Peer,
  {
    folder,
    rowsFile,
    notes,
  }: { readonly folder: string; readonly rowsFile: string; readonly notes: string },
): Promise<PeerSync & { readonly against: string }> {
  const places = [join(folder, 'server'), join(folder, 'client')] as const;
  for (const place of places) await mkdir(place, { recursive: true });
  const server = fork(join(FOLDER, `${peer}-server.mjs`), [places[0], rowsFile]);
  try {
    const port = await portOf(server);
    const args = [places[1], String(port), notes];
    const program = `bench/peers/${peer}-client.mjs`;
    return { ...(await runProgram<PeerSync>(program, args)), against: NAMES[peer] };
  } finally {
    server.kill();
  }
}

function portOf(server: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('message', resolve);
  server.once('exit', (code) =>
    reject(new Error(`A peer’s server ended with ${code ?? 'a signal'}.`)),
  );
  return promise;
}

function isWindows(): boolean {
  return process.platform === 'win32';
}
