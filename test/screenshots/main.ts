// npm run screenshots: the pictures in docs/screenshots, of the real program over the demo office.

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { startCutProxy } from '../support/cut-proxy.ts';
import { openBrowser } from '../support/open-browser.ts';
import { freePort, startProgram } from '../support/program.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = `${ROOT}/docs/screenshots`;
const DESK = { width: 1280, height: 800 };
const SMALL = { width: 900, height: 600 };
const PHONE = { width: 360, height: 760 };
const JOB = 'Golf 8, rear quarter panel';
const REPLY = 'Hello Anna, thank you for the photo. Thursday is fine; the left side is on us.';
const run = promisify(execFile);

await mkdir(FOLDER, { recursive: true });
const data = await makeTempDir();
const browser = await openBrowser();
try {
  await takeAll(browser, data);
} finally {
  await browser.close();
  await removeTempDir(data);
}
process.exit(0);

async function takeAll(browser: Browser, folder: string): Promise<void> {
  const seeded = await runNode('sync-server/admin/seed-demo.ts', '--data', `${folder}/server`);
  const { signIns } = JSON.parse(seeded) as { signIns: { email: string; password: string }[] };
  const [mara] = signIns;
  if (mara === undefined) throw new Error('The demo office has a member to sign in.');
  const port = await freePort();
  const server = await startProgram('sync-server/main.ts', [], {
    DOCKET_DATA: `${folder}/server`,
    DOCKET_PORT: String(port),
    DOCKET_LOG: 'warn',
  });
  const line = await startCutProxy(server.url);
  const desk = await startProgram('electron/loopback/main.ts', [
    ...['--data', `${folder}/desk`],
    ...['--server', line.url],
    ...['--port', String(await freePort())],
    ...['--undo-seconds', '0'],
  ]);
  await takePortal(browser, `${folder}/server`, server.url);
  await signIn(browser, desk.url, mara);
  for (const colorScheme of ['light', 'dark'] as const) {
    await take(browser, `list-${colorScheme}`, { viewport: DESK, colorScheme }, (page) =>
      page.goto(desk.url),
    );
    await take(browser, `job-${colorScheme}`, { viewport: DESK, colorScheme }, async (page) => {
      await openJob(page, desk.url);
      await page.getByRole('radio', { name: 'Customer reply' }).click();
      await page.getByRole('textbox', { name: /^Reply/ }).fill(REPLY);
    });
  }
  for (const colorScheme of ['light', 'dark'] as const)
    await take(browser, `files-${colorScheme}`, { viewport: DESK, colorScheme }, (page) =>
      openFiles(page, desk.url),
    );
  await take(browser, 'file-preview', { viewport: DESK }, async (page) => {
    await openFiles(page, desk.url);
    await page
      .getByRole('option', { name: /\.heic/i })
      .first()
      .dblclick();
    await page.getByRole('dialog').getByRole('img').waitFor();
  });
  await take(browser, 'job-small', { viewport: SMALL }, (page) => openJob(page, desk.url));
  await take(browser, 'search', { viewport: DESK }, async (page) => {
    await page.goto(`${desk.url}#/search?q=bumper`);
    await page.getByRole('region', { name: 'Activity' }).waitFor();
  });
  await take(browser, 'customer', { viewport: DESK }, async (page) => {
    await page.goto(desk.url);
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('link', { name: /Anna Berg/ }).click();
    await page.getByRole('heading', { name: 'Anna Berg', level: 1 }).waitFor();
  });
  await take(browser, 'as-customer', { viewport: DESK }, async (page) => {
    await openJob(page, desk.url);
    await page.getByRole('button', { name: 'View as the customer' }).click();
    await page.getByRole('article', { name: 'The portal’s page' }).waitFor();
  });
  await take(browser, 'pipeline', { viewport: DESK }, async (page) => {
    await page.goto(desk.url);
    await page.getByRole('link', { name: 'Edit the pipelines' }).click();
    await page.getByRole('region', { name: 'Pipelines' }).getByRole('link').first().click();
    await page.getByRole('region', { name: 'What a customer would see' }).waitFor();
  });
  line.cut();
  await take(browser, 'job-offline', { viewport: DESK }, async (page) => {
    await openJob(page, desk.url);
    await write(
      page,
      'Internal note',
      'Left side is scratched as well. Ask Henrik for half a day more.',
    );
    await write(
      page,
      'Customer reply',
      'Hello Anna, we look at the left side tomorrow, at no extra cost.',
    );
    await page.getByText('Working offline').first().waitFor();
  });
  await take(browser, 'waiting-to-send', { viewport: DESK }, (page) =>
    page.goto(`${desk.url}#/waiting`),
  );
  await Promise.all([desk.stop(), server.stop(), line.close()]);
}

async function takePortal(
  browser: Browser,
  serverFolder: string,
  serverUrl: string,
): Promise<void> {
  for (const [name, viewport] of [
    ['portal', DESK],
    ['portal-360', PHONE],
  ] as const) {
    const link = await runNode(
      'sync-server/admin/portal-link.ts',
      '--data',
      serverFolder,
      '--public-url',
      serverUrl,
    );
    const { url } = JSON.parse(link) as { url: string };
    await take(browser, name, { viewport }, async (page) => {
      await page.goto(url);
      await page.getByRole('button').first().click();
      await page.getByRole('link', { name: JOB }).click();
    });
  }
}

async function signIn(browser: Browser, url: string, who: { email: string; password: string }) {
  await take(browser, 'sign-in', { viewport: DESK }, (page) => page.goto(url));
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByLabel('Email').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Up to date').first().waitFor();
  await page.context().close();
}

async function openJob(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const link = page.getByRole('link', { name: JOB }).first();
  await page.getByRole('link', { name: 'All jobs' }).click();
  await link.click();
  await page.getByRole('textbox', { name: /^(Note|Reply)/ }).waitFor();
}

async function openFiles(page: Page, url: string): Promise<void> {
  await openJob(page, url);
  await page.getByRole('link', { name: /^Files/ }).click();
  await page.getByRole('listbox', { name: 'Files' }).waitFor();
}

async function write(page: Page, audience: 'Internal note' | 'Customer reply', text: string) {
  await page.getByRole('radio', { name: audience }).click();
  const composer = page.getByRole('region', { name: audience });
  await composer.getByRole('textbox').fill(text);
  await composer.getByRole('textbox').press('Control+Enter');
  await page.getByRole('article').filter({ hasText: text }).waitFor();
}

async function take(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  goThere: (page: Page) => Promise<unknown>,
): Promise<void> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  await goThere(page);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(hasSettled, undefined, { polling: 100 });
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await context.close();
  process.stderr.write(`${name}\n`);
}

/** Runs in the page: pictures are there, and for a second nothing has moved. */
function hasSettled(): boolean {
  const heights = [...document.querySelectorAll('*')].map((element) => element.scrollTop);
  const now = `${document.body.innerText.length} ${heights.join()}`;
  const seen = window as unknown as { before?: string; still?: number };
  seen.still = seen.before === now ? (seen.still ?? 0) + 1 : 0;
  seen.before = now;
  // A picture out of view is not fetched before it is scrolled to.
  const isOut = ({ top, bottom }: DOMRect) => bottom < 0 || top > window.innerHeight;
  const isDone = (image: HTMLImageElement) =>
    image.complete || isOut(image.getBoundingClientRect());
  return seen.still >= 10 && [...document.images].every(isDone);
}

async function runNode(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [file, ...args], { cwd: ROOT });
  return stdout.trim().split('\n').at(-1) ?? '';
}
