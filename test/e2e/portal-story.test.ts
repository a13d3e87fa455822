// A customer's whole way in a real browser, wide and narrow, with script and without: a link asked for and mailed by a real
// mail server, reading, filling in, writing, a photo up and down; accessible and light at every step. (E1-E6)

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hue } from '../../sync-server/protocol/values.ts';
import { ANNA_EMAIL, type MailOffice, openMailOffice } from '../support/mail-office.ts';
import { openBrowser } from '../support/open-browser.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What an old phone on a slow line is asked to load, fonts included. */
const MAX_BYTES = 220 * 1024;
const MAX_REQUESTS = 10;

let browser: Browser;
let office: MailOffice;
let origin: string;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  office = await openMailOffice();
  origin = await office.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => office.close());

async function mailedLink(page: Page, javaScriptEnabled: boolean): Promise<string> {
  await page.goto(`${origin}/portal`);
  await page.getByRole('textbox', { name: 'Email' }).fill(ANNA_EMAIL);
  await checkPage(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await checkPage(page, javaScriptEnabled);
  await vi.waitFor(async () => {
    await office.sendDue();
    expect(office.server.taken).toHaveLength(1);
  });
  const [path] = /\/portal\/enter\/[\w-]+/.exec(office.server.taken[0]?.mail.text ?? '') ?? [];
  return `${origin}${path ?? '/no-link-in-the-mail'}`;
}

/** Axe runs as a script; without script the pages are the same. */
async function checkPage(page: Page, hasScript: boolean): Promise<void> {
  if (!hasScript) return;
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overhang).toBeLessThanOrEqual(0);
}

/** What one page loads into a browser that was never here. */
async function loadOf(context: BrowserContext, path: string) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  let requests = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.goto(origin + path, { waitUntil: 'networkidle' });
  await page.close();
  return { bytes, requests };
}

describe.each([
  [1280, true],
  [1280, false],
  [360, true],
  [360, false],
] as const)('(E6) %i px wide, script %s', (width, javaScriptEnabled) => {
  test('from the mail to the photo and out again', async () => {
    const context = await browser.newContext({
      javaScriptEnabled,
      viewport: { width, height: 760 },
      acceptDownloads: true,
    });
    try {
      const page = await context.newPage();
      await page.goto(await mailedLink(page, javaScriptEnabled));
      await checkPage(page, javaScriptEnabled);
      await page.getByRole('button', { name: 'Open my jobs' }).click();
      await page.getByRole('heading', { name: 'Your jobs' }).waitFor();
      await checkPage(page, javaScriptEnabled);
      await page.getByRole('link', { name: 'Golf 8, rear quarter panel' }).click();
      await page.getByText('Monday 8:00 is yours').waitFor();
      await checkPage(page, javaScriptEnabled);

      await page.getByRole('textbox', { name: 'Claim number' }).fill('C-17');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();

      const photo = join(office.dataFolder, 'door.jpg');
      const background = { r: 63, g: 114, b: 228 };
      await writeFile(
        photo,
        await sharp({ create: { width: 64, height: 48, channels: 3, background } })
          .jpeg()
          .toBuffer(),
      );
      await page.getByRole('textbox', { name: /^Write to/ }).fill('Here is the other side.');
      await page.getByLabel('Add photos or files').setInputFiles(photo);
      if (javaScriptEnabled) await page.getByText(/^\d+ bytes, ready to send$/).waitFor();
      await checkPage(page, javaScriptEnabled);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('Sent to Nordhafen Repairs').waitFor();
      await checkPage(page, javaScriptEnabled);

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /^Download door\.jpg/ }).click(),
      ]);
      expect(await readFile(await download.path())).toEqual(await readFile(photo));

      await page.getByRole('link', { name: 'Where you are signed in' }).click();
      await page.getByText('This device').waitFor();
      await checkPage(page, javaScriptEnabled);
      await page.getByRole('button', { name: 'Sign out' }).last().click();
      await page.getByText('You are signed out on this device.').waitFor();
      await checkPage(page, javaScriptEnabled);
    } finally {
      await context.close();
    }
  });
});

test('a page weighs little and asks for little, the first time too', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 760 } });
  try {
    const page = await context.newPage();
    await page.goto(origin + (await office.link()));
    await page.getByRole('button', { name: 'Open my jobs' }).click();
    await page.getByRole('heading', { name: 'Your jobs' }).waitFor();
    for (const path of ['/portal', `/portal/jobs/${office.records.jobs.golf.id}`]) {
      const load = await loadOf(context, path);
      expect(load.bytes, path).toBeLessThanOrEqual(MAX_BYTES);
      expect(load.requests, path).toBeLessThanOrEqual(MAX_REQUESTS);
    }
  } finally {
    await context.close();
  }
});

test.each(['light', 'dark'] as const)(
  'every colour an office can choose is readable in %s',
  async (colorScheme) => {
    const context = await browser.newContext({ colorScheme });
    try {
      const page = await context.newPage();
      await page.goto(origin + (await office.link()));
      await page.getByRole('button', { name: 'Open my jobs' }).click();
      await page.getByRole('heading', { name: 'Your jobs' }).waitFor();
      for (const each of hue.options) {
        const record = { ...office.records.workspace, hue: each };
        await office.put({ kind: 'workspace', record });
        await page.goto(`${origin}/portal/jobs/${office.records.jobs.golf.id}`);
        const { violations } = await new AxeBuilder({ page }).withRules('color-contrast').analyze();
        expect(
          violations.flatMap(({ nodes }) => nodes.map(({ html }) => `${each}: ${html}`)),
        ).toEqual([]);
      }
    } finally {
      await context.close();
    }
  },
);
