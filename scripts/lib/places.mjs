// What a start needs of this machine, asked before anything is started: free ports and a folder to write to.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Stop } from './project.mjs';

/** @throws {Stop} where something listens on the port already, or may not listen there */
export async function expectFreePort(port, { what, command }) {
  const problem = await tryToListen(port);
  if (problem === undefined) return;
  if (problem.code === 'EACCES')
    throw new Stop(
      `${what} may not listen on port ${port} of this machine. Choose another: ${command} --port ${port < 1024 ? 4810 : port + 10}`,
    );
  throw new Stop(
    `${what} cannot listen on port ${port}: another program does, perhaps a Docket that already runs. Stop it, or choose another port: ${command} --port ${Math.min(port + 10, 65_534)}`,
  );
}

function tryToListen(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
}

/**
 * Makes the folder where it is missing.
 *
 * @throws {Stop} where nothing can be written in it
 */
export function expectWritableFolder(folder) {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (problem) {
    throw new Stop(
      `The data folder ${folder} cannot be written to (${REASONS[problem.code] ?? problem.code}). Choose another with --data DIR.`,
    );
  }
}

const REASONS = {
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in its place',
  EEXIST: 'a file is in its place',
};
