// The browser the end-to-end tests drive: a system Chrome or Chromium, else Playwright's download, else Debian's package.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { inProject, Stop } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const APPLICATIONS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
    process.env[variable] === undefined
      ? []
      : [join(process.env[variable], 'Google/Chrome/Application/chrome.exe')],
  ),
};

/**
 * The path of a browser's program, got where there was none.
 *
 * @throws {Stop} where none can be had
 */
export function ensureBrowser() {
  const found = process.env.DOCKET_CHROMIUM ?? systemBrowser() ?? playwrightBrowser();
  if (found !== undefined) return found;
  const got = downloadPlaywrightBrowser() ?? installDebianBrowser();
  if (got !== undefined) return got;
  throw new Stop(
    'The end-to-end tests need a browser, and none could be found or fetched. Install Chrome or Chromium, or set DOCKET_CHROMIUM to the path of one, and run npm test again.',
  );
}

function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...(APPLICATIONS[process.platform] ?? []),
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((path) => existsSync(path));
}

function playwrightBrowser() {
  const { chromium } = createRequire(inProject('package.json'))('playwright');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : undefined;
}

function downloadPlaywrightBrowser() {
  process.stderr.write('Fetching a browser for the end-to-end tests…\n');
  const playwright = inProject('node_modules/playwright/cli.js');
  spawnSync(process.execPath, [playwright, 'install', 'chromium'], { stdio: 'ignore' });
  return playwrightBrowser();
}

function installDebianBrowser() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  process.stderr.write("Installing Debian's chromium for the end-to-end tests…\n");
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
  return systemBrowser();
}
