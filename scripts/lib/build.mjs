// The built renderer and Electron entries under out/, made anew where a source changed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { inProject, secondsSince } from './project.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'sync-server/protocol',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = inProject('out/.docket-build');

/**
 * @param {import('./child-programs.mjs').ChildPrograms} programs
 * @throws {Stop} with what the builder said, where it fails
 */
export async function ensureBuilt(programs) {
  const wanted = hashOfSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  const startMs = Date.now();
  await programs.complete({
    name: 'The build of the desktop client',
    args: [inProject('node_modules/electron-vite/bin/electron-vite.js'), 'build'],
  });
  writeFileSync(STAMP, wanted);
  process.stderr.write(`Built the desktop client in ${secondsSince(startMs)}.\n`);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest('hex');
}

function addToHash(hash, source) {
  const path = inProject(source);
  hash.update(`${source}\0`);
  if (!statSync(path).isDirectory()) {
    hash.update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) addToHash(hash, `${source}/${name}`);
}
