// The portal in a real browser: accessible in both themes, whole on the narrowest phone, and working without script. (E6)

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as build from '../support/builders.ts';
import { openBrowser } from '../support/open-browser.ts';
import { openPortalOffice, type PortalOffice } from '../support/portal-office.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let office: PortalOffice;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  [office, browser] = await Promise.all([openPortalOffice(), openBrowser()]);
  origin = await office.app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await browser.close();
  await office.close();
});

interface Visit {
  readonly name: string;
  readonly open: (page: Page) => Promise<unknown>;
}

const golfPath = () => `${origin}/portal/jobs/${office.records.jobs.golf.id}`;

async function sendText(page: Page, text: string): Promise<void> {
  await page.goto(golfPath());
  await page.getByRole('textbox', { name: 'Write to Nordhafen Repairs' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

const PAGES: readonly Visit[] = [
  { name: 'the list', open: (page) => page.goto(`${origin}/portal`) },
  { name: 'a job', open: (page) => page.goto(golfPath()) },
  { name: 'a job after sending', open: (page) => sendText(page, 'See you on Monday.') },
  { name: 'a job with a text that was not sent', open: (page) => sendText(page, '   ') },
  {
    name: 'a job without a box to write in',
    open: (page) => page.goto(`${origin}/portal/jobs/${office.records.jobs.van.id}`),
  },
  {
    name: 'a job on which nothing happened yet',
    open: (page) => page.goto(`${origin}/portal/jobs/${office.records.jobs.bare.id}`),
  },
  { name: 'a page that is not there', open: (page) => page.goto(`${origin}/portal/jobs/x`) },
];

const OUTSIDE: readonly Visit[] = [
  { name: 'a link', open: async (page) => page.goto(origin + (await office.link())) },
  { name: 'a link that is gone', open: (page) => page.goto(`${origin}/portal/enter/made-up`) },
  { name: 'signing in', open: (page) => page.goto(`${origin}/portal/sign-in`) },
];

describe.each(['light', 'dark'] as const)('(E6) in %s', (colorScheme) => {
  test('axe finds nothing on any page, and none is wider than a 320 px window', async () => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 320, height: 700 },
    });
    try {
      for (const visit of OUTSIDE) await check(context, visit);
      await signIn(await context.newPage());
      for (const visit of PAGES) await check(context, visit);
    } finally {
      await context.close();
    }
  });
});

async function check(context: BrowserContext, { name, open }: Visit): Promise<void> {
  const page = await context.newPage();
  await open(page);
  const { violations, passes } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    name,
  ).toEqual([]);
  expect(passes.length, `axe looked at ${name}`).toBeGreaterThan(15);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${name} is wider than the window`).toBeLessThanOrEqual(320);
  expect(await smallTargets(page), name).toEqual([]);
  await page.close();
}

/** Everything to press but links inside a line of text, which WCAG 2.2 leaves to the text. */
async function smallTargets(page: Page): Promise<readonly string[]> {
  const small: string[] = [];
  for (const target of await page.locator('button, a.button, a.brand, a.thumb, .back a').all()) {
    const box = await target.boundingBox();
    if (box !== null && (box.height < 44 || box.width < 44))
      small.push(`${await target.textContent()} ${box.width}x${box.height}`);
  }
  return small;
}

async function signIn(page: Page): Promise<void> {
  await page.goto(origin + (await office.link()));
  await page.getByRole('button', { name: 'Open my jobs' }).click();
  await page.waitForURL(`${origin}/portal`);
}

test('(E6) reading, opening a file, writing and signing out work without script and without a mouse', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
    acceptDownloads: true,
  });
  try {
    const page = await context.newPage();
    await signIn(page);
    await page.getByRole('link', { name: 'Golf 8, rear quarter panel' }).press('Enter');
    await page.getByRole('heading', { name: 'Golf 8, rear quarter panel', level: 1 }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Download estimate-2291/ }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('estimate-2291.png');
    const text = `Without script, ${build.nextId()}`;
    await page.getByRole('textbox', { name: 'Write to Nordhafen Repairs' }).fill(text);
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Sent to Nordhafen Repairs').waitFor();
    await page.reload();
    expect(await page.getByText(text).count()).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).press('Enter');
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await page.goto(golfPath());
    expect(await page.getByText(text).count()).toBe(0);
  } finally {
    await context.close();
  }
});
