// A customer writes; of two tabs of a desk that nobody looks at one tells of it, by the browser's own means. (F4)

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DeskProcess,
  type OfficeProcesses,
  openDeskPage,
  startOfficeProcesses,
} from '../support/office-processes.ts';
import { openBrowser } from '../support/open-browser.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

let browser: Browser;
let folder: string;
let processes: OfficeProcesses;
let desk: DeskProcess;
let context: BrowserContext;
let first: Page;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await makeTempDir();
  processes = await startOfficeProcesses(folder);
  desk = await processes.desk(`${folder}/mara`);
  context = await browser.newContext();
  await context.addInitScript(keepNotices);
  first = await openDeskPage(context, desk, processes.office.mara);
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

/** Runs in the page: a browser without a screen has no place for notices, so what is shown stands in a list. */
function keepNotices(): void {
  const standing: object[] = [];
  class Kept {
    static permission = localStorage.getItem('may') ?? 'default';
    static requestPermission(): Promise<string> {
      localStorage.setItem('may', 'granted');
      Kept.permission = 'granted';
      return Promise.resolve('granted');
    }
    onclick: () => void = () => undefined;
    readonly title: string;
    readonly body: string;
    constructor(title: string, { body }: { body: string }) {
      this.title = title;
      this.body = body;
      standing.push(this);
    }
    close(): void {
      standing.splice(standing.indexOf(this), 1);
    }
  }
  Object.assign(window, { Notification: Kept, standing });
}

interface Told {
  readonly title: string;
  readonly body: string;
  onclick(): void;
}

const standing = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { standing: Told[] }).standing.map(
      ({ title, body }) => `${title}\n${body}`,
    ),
  );

test('(F4) a notice is allowed on a click, told by one tab, leads to its entry, and is over when read', async () => {
  await first.goto(`${desk.url}#/settings?part=notifications`);
  await first.getByRole('button', { name: 'Allow notifications' }).click();
  const part = first.getByRole('region', { name: 'Notifications' });
  await part.getByLabel('Quiet hours').click();
  await part.getByLabel('From', { exact: true }).waitFor();
  const found = await new AxeBuilder({ page: first }).analyze();
  expect(found.violations).toEqual([]);
  await part.getByLabel('Quiet hours').click();
  await first.goto(`${desk.url}#/all`);
  const second = await context.newPage();
  await second.goto(`${desk.url}#/all`);
  await second.getByRole('link', { name: processes.office.job.title }).first().waitFor();

  const customer = await browser.newPage();
  await customer.goto(processes.portalLink);
  await customer.getByRole('button').first().click();
  await customer.getByRole('link', { name: processes.office.job.title }).click();
  await customer.getByRole('textbox').first().fill('Is it ready?');
  await customer.getByRole('button', { name: 'Send' }).first().click();
  await customer.getByText('Is it ready?').first().waitFor();

  const all = async () => [...(await standing(first)), ...(await standing(second))];
  await expect.poll(all).toHaveLength(1);
  const { title } = processes.office.job;
  expect((await all())[0]).toMatch(/^Anna Berg wrote\n/);
  expect((await all())[0]).toContain(title);
  expect((await all())[0]).toContain('Is it ready?');
  await expect.poll(() => first.title()).toMatch(/^\(1\)/);
  const icon = first.locator('link[rel=icon]');
  await expect.poll(() => icon.getAttribute('href')).toMatch(/^data:image\/png/);

  const teller = (await standing(first)).length === 1 ? first : second;
  await teller.evaluate(() => (window as unknown as { standing: Told[] }).standing[0]?.onclick());
  await teller.getByRole('article').filter({ hasText: 'Is it ready?' }).waitFor();
  await expect.poll(all).toEqual([]);
  await expect.poll(() => first.title()).not.toMatch(/^\(/);
  await expect.poll(() => icon.getAttribute('href')).not.toMatch(/^data:/);
});
