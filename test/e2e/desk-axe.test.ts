// Every place of the desk in a real browser, in both themes and in the smallest window: axe finds nothing, and nothing is
// wider than the window. (I4)

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type DeskProcess,
  type OfficeProcesses,
  openDeskPage,
  startOfficeProcesses,
} from '../support/office-processes.ts';
import { openBrowser } from '../support/open-browser.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SMALL = { width: 900, height: 600 };

let browser: Browser;
let folder: string;
let processes: OfficeProcesses;
let desk: DeskProcess;
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await makeTempDir();
  processes = await startOfficeProcesses(folder);
  desk = await processes.desk(`${folder}/mara`);
  const context = await browser.newContext();
  await openDeskPage(context, desk, processes.office.mara);
  signedIn = await context.storageState();
  await context.close();
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

interface Place {
  readonly name: string;
  readonly path: () => string;
  /** What stands there once it is whole. */
  readonly whole: (page: Page) => Promise<unknown>;
}

const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole('heading', { name }).first().waitFor();
const dialog = (keys: string, name: string) => async (page: Page) => {
  await page.getByRole('navigation', { name: 'Jobs' }).waitFor();
  await page.keyboard.press(keys);
  await page.getByRole('dialog', { name }).waitFor();
};
const devicesOfMara = async (page: Page) => {
  await page.getByRole('button', { name: /device of/ }).click();
  await page.getByRole('list', { name: /^Devices of/ }).waitFor();
};
const jobPath = () => `/jobs/${processes.office.job.id}`;

const PLACES: readonly Place[] = [
  { name: 'the list of all jobs', path: () => '/all', whole: heading('All jobs') },
  {
    name: 'a job',
    path: jobPath,
    whole: (page) => page.getByRole('textbox', { name: /^Note/ }).waitFor(),
  },
  {
    name: 'a job’s files',
    path: () => `${jobPath()}/files`,
    whole: (page) => page.getByRole('link', { name: /^Files/, exact: false }).waitFor(),
  },
  {
    name: 'a job’s form',
    path: () => `${jobPath()}/form`,
    whole: (page) => page.getByRole('link', { name: /^Form/ }).waitFor(),
  },
  {
    name: 'a job as its customer sees it',
    path: () => `${jobPath()}/as-customer`,
    whole: heading(/portal/),
  },
  { name: 'the customers', path: () => '/customers', whole: heading('Customers') },
  {
    name: 'a customer',
    path: () => `/customers/${processes.office.anna.id}`,
    whole: (page) => page.getByRole('region', { name: 'Portal access' }).waitFor(),
  },
  { name: 'the pipelines', path: () => '/settings/pipelines', whole: heading('Pipelines') },
  {
    name: 'a pipeline',
    path: () => `/settings/pipelines/${processes.office.pipeline.id}`,
    whole: (page) => page.getByRole('region', { name: 'What a customer would see' }).waitFor(),
  },
  {
    name: 'a new pipeline',
    path: () => '/settings/pipelines/new',
    whole: (page) => page.getByRole('button', { name: /^Add the pipeline/ }).waitFor(),
  },
  {
    name: 'the canned replies',
    path: () => '/settings/canned-replies',
    whole: (page) => page.getByText('Nothing is shared yet').waitFor(),
  },
  {
    name: 'a new canned reply',
    path: () => '/settings/canned-replies/new',
    whole: async (page) => {
      await page.getByRole('textbox', { name: 'Text' }).fill('Hello {nobody}');
      await page.getByText(/is no variable/).waitFor();
    },
  },
  {
    name: 'how the office looks',
    path: () => '/settings/office',
    whole: (page) => page.getByRole('region', { name: 'What customers see' }).waitFor(),
  },
  {
    name: 'what a search found',
    path: () => '/search?q=anna',
    whole: (page) => page.getByRole('region', { name: 'Customers' }).waitFor(),
  },
  {
    name: 'the entries a search found',
    path: () => '/search?q=booked&in=entries',
    whole: (page) => page.getByRole('region', { name: 'Activity' }).waitFor(),
  },
  {
    name: 'the settings',
    path: () => '/settings',
    whole: async (page) => {
      await heading('Files on this device')(page);
      await page.getByRole('list', { name: /^Devices of/ }).waitFor();
    },
  },
  { name: 'the members', path: () => '/settings/members', whole: devicesOfMara },
  {
    name: 'a new member',
    path: () => '/settings/members',
    whole: async (page) => {
      await page.getByRole('button', { name: 'Add a member' }).click();
      await page.getByRole('dialog', { name: 'Add a member' }).waitFor();
    },
  },
  {
    name: 'the question about removing a member',
    path: () => '/settings/members',
    whole: async (page) => {
      await page.getByRole('button', { name: /^Change Jonas/ }).click();
      await page.getByRole('menuitem', { name: 'Remove from the office' }).click();
      await page.getByRole('dialog', { name: /^Remove Jonas/ }).waitFor();
    },
  },
  { name: 'what waits', path: () => '/waiting', whole: heading('Waiting to send') },
  { name: 'the Inbox', path: () => '/inbox', whole: heading('Inbox') },
  { name: 'a new job', path: () => '/all', whole: dialog('n', 'New job') },
  { name: 'a new customer', path: () => '/customers', whole: dialog('n', 'New customer') },
  { name: 'the palette', path: () => '/all', whole: dialog('Control+k', 'Find anything') },
  { name: 'the keys', path: () => '/all', whole: dialog('?', 'Keys') },
];

describe.each(['light', 'dark'] as const)('(I4) in %s', (colorScheme) => {
  test.each(PLACES)('axe finds nothing in $name, which fits a small window', async (place) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: SMALL,
      reducedMotion: 'reduce',
      storageState: signedIn,
    });
    try {
      const page = await context.newPage();
      const address = new URL(desk.url);
      address.hash = place.path();
      await page.goto(address.href);
      await place.whole(page);
      const axe = new AxeBuilder({ page });
      // The same page in other colours: only they can be wrong.
      if (colorScheme === 'dark') axe.withRules('color-contrast');
      else axe.withTags(WCAG);
      const { violations, passes } = await axe.analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(passes.length).toBeGreaterThan(colorScheme === 'dark' ? 0 : 15);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(SMALL.width);
    } finally {
      await context.close();
    }
  });
});
