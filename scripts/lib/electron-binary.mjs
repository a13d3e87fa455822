// Whether Docket can run in a window of its own: Electron's binary is no package, it is downloaded at need.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { askYesNo } from './ask.mjs';
import { inProject } from './project.mjs';

const FIRST_ANSWER_WITHIN_MS = 10_000;

/**
 * @param {{ force: boolean, memoryFolder: string }} wish `force` where the person asked for Electron by name;
 *   `memoryFolder` is where a no is remembered, so that the question comes once
 * @returns {Promise<{ binary: string } | { because: string }>}
 */
export async function findElectron({ force, memoryFolder }) {
  const obstacle = whyNoWindow(thisMachine());
  if (obstacle !== undefined) return { because: obstacle };
  const installed = installedBinary();
  if (installed !== undefined) return { binary: installed };

  const memory = join(memoryFolder, 'electron-answer.json');
  if (!force) {
    if (existsSync(memory)) return { because: JSON.parse(readFileSync(memory, 'utf8')).because };
    if (!process.stdin.isTTY) return { because: 'Electron is not installed' };
  }
  const answer = await offerDownload(force);
  if (answer.because !== undefined) writeFileSync(memory, JSON.stringify(answer));
  return answer;
}

async function offerDownload(force) {
  const yes =
    force ||
    (await askYesNo(
      'Docket can run in a window of its own. That needs Electron, a download of some 120 MB, once. Fetch it? [y/N] ',
      FIRST_ANSWER_WITHIN_MS,
    ));
  if (!yes) return { because: 'Electron is not installed' };
  const downloadFailed = { because: 'Electron could not be downloaded' };
  if (!(await downloadAnswers())) return downloadFailed;
  process.stderr.write('Fetching Electron…\n');
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, [inProject('node_modules/electron/install.js')], {
      stdio: 'ignore',
    });
    child.on('close', resolve);
    child.on('error', () => resolve(1));
  });
  const binary = code === 0 ? installedBinary() : undefined;
  return binary === undefined ? downloadFailed : { binary };
}

function installedBinary() {
  const folder = inProject('node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const binary = join(dist, readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

/**
 * Why no window can open here, whatever is installed; undefined where one can.
 *
 * @param {{ platform: string, isRoot: boolean, hasScreen: boolean }} machine
 */
export function whyNoWindow({ platform, isRoot, hasScreen }) {
  if (platform !== 'linux') return undefined;
  // Chromium refuses to run as root with its sandbox, and Docket never runs without it.
  if (isRoot) return 'Electron does not run as root';
  return hasScreen ? undefined : 'there is no screen here';
}

const thisMachine = () => ({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  hasScreen: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
});

/** Any answer of the place Electron is downloaded from counts; silence for ten seconds does not. */
async function downloadAnswers() {
  const { getArtifactRemoteURL } = await import(
    pathToFileURL(inProject('node_modules/@electron/get/dist/artifact-utils.js')).href
  );
  const { version } = JSON.parse(readFileSync(inProject('node_modules/electron/package.json')));
  const details = { version: `v${version}`, artifactName: 'electron', platform: process.platform };
  try {
    const url = await getArtifactRemoteURL({ ...details, arch: process.arch });
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(FIRST_ANSWER_WITHIN_MS) });
    return true;
  } catch {
    return false;
  }
}
