// An office of names that no line has room for and that nothing breaks: all of them stay where they stand, and nothing has to be
// scrolled sideways, neither on the desk nor on a phone. (I4, E6)

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../sync-server/auth/passwords.ts';
import { openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import * as build from '../support/builders.ts';
import { copiedLink } from '../support/enter-portal.ts';
import {
  type DeskProcess,
  type OfficeProcesses,
  openDeskPage,
  startOfficeProcesses,
} from '../support/office-processes.ts';
import { openBrowser } from '../support/open-browser.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';
import { TEST_PASSWORD } from '../support/test-server.ts';

const LONG =
  'Kraftfahrzeughaftpflichtversicherungsschadensregulierungsbeauftragtenbesprechungsprotokoll';
const EMAIL = `${'a'.repeat(60)}@${'b'.repeat(60)}.example`;
const SMALL = { width: 900, height: 600 };
const PHONE = { width: 360, height: 700 };

const workspace = build.aWorkspace({ name: LONG });
const mara = build.aMember({ email: 'mara@names.example', role: 'admin' });
const colleague = build.aMember({ name: LONG, email: EMAIL });
const stage = build.aStage({ name: LONG });
const pipeline = build.aPipeline({
  name: LONG,
  stages: [stage],
  fields: [build.aFormField({ label: LONG, type: 'text' })],
});
const customer = build.aCustomer({ name: LONG, emails: [EMAIL] });
const namesake = build.aCustomer({ name: LONG, emails: [EMAIL] });
const job = build.aJob({
  title: LONG,
  customerId: customer.id,
  pipelineId: pipeline.id,
  stageId: stage.id,
  assigneeId: colleague.id,
});
const said = {
  jobId: job.id,
  audience: 'visible',
  author: { kind: 'member', memberId: colleague.id },
} as const;

let browser: Browser;
let folder: string;
let processes: OfficeProcesses;
let desk: DeskProcess;
let page: Page;
let portalLink: (serverUrl: string) => string;

beforeAll(async () => {
  [browser, folder] = await Promise.all([openBrowser(), makeTempDir()]);
  await addLongNames(`${folder}/server`);
  processes = await startOfficeProcesses(folder);
  desk = await processes.desk(`${folder}/desk`);
  page = await openDeskPage(await browser.newContext({ viewport: SMALL }), desk, mara);
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

test.each([
  ['the list', '/all', 'All jobs'],
  ['a list of one pipeline', `/pipelines/${pipeline.id}`, LONG],
  ['a job', `/jobs/${job.id}`, LONG],
  ['a job’s form', `/jobs/${job.id}/form`, LONG],
  ['a job as its customer sees it', `/jobs/${job.id}/as-customer`, /portal/],
  ['the customers', '/customers', 'Customers'],
  ['a customer', `/customers/${customer.id}`, LONG],
  ['a pipeline', `/settings/pipelines/${pipeline.id}`, 'Stages'],
  ['the members', '/settings/members', 'Members'],
  ['how the office looks', '/settings/office', 'What customers see'],
  ['what a search found', `/search?q=${LONG}`, /^Jobs/],
])('(I4) nothing of %s lies beside its window', async (_, path, heading) => {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, path);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  await page.getByText(LONG).first().waitFor();
  await expectNothingBeside();
});

test('(I4) the name of the customer can be read in a job’s header, however long its assignee is called', async () => {
  const button = page.getByRole('main').getByRole('button', { name: LONG, exact: true });
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `/jobs/${job.id}`);
  await button.waitFor();
  expect((await button.boundingBox())?.width).toBeGreaterThan(120);
});

test('(I4) nothing in the palette lies beside it', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Find anything' }).getByText(LONG).first().waitFor();
  await expectNothingBeside();
  await page.keyboard.press('Escape');
});

test('(E6) no page of the portal is wider than a phone', async () => {
  const context = await browser.newContext({ viewport: PHONE });
  const phone = await context.newPage();
  const width = () => phone.evaluate(() => document.documentElement.scrollWidth);
  await phone.goto(portalLink(processes.serverUrl));
  expect(await width()).toBe(PHONE.width);
  await phone.getByRole('button').first().click();
  await phone.getByRole('link', { name: LONG }).first().waitFor();
  expect(await width()).toBe(PHONE.width);
  await phone.getByRole('main').getByRole('link', { name: LONG }).click();
  await phone.getByRole('heading', { name: LONG, level: 1 }).waitFor();
  expect(await width()).toBe(PHONE.width);
  await context.close();
});

async function addLongNames(serverFolder: string): Promise<void> {
  const { storage } = await openDataFolder(serverFolder);
  await storage.createWorkspace({
    workspaceId: workspace.id,
    records: [
      { kind: 'workspace', record: workspace },
      { kind: 'member', record: mara },
      { kind: 'member', record: colleague },
      { kind: 'pipeline', record: pipeline },
      { kind: 'customer', record: customer },
      { kind: 'customer', record: namesake },
      { kind: 'job', record: job },
      {
        kind: 'entry',
        record: build.aStatusChange({ ...said, toStageId: stage.id, toName: LONG, fromName: LONG }),
      },
      {
        kind: 'entry',
        record: build.anAssignment({ ...said, audience: 'internal', toMemberId: colleague.id }),
      },
      { kind: 'entry', record: build.anEntry({ ...said, text: LONG.repeat(3) }) },
    ],
    signIns: [
      {
        memberId: mara.id,
        email: mara.email,
        passwordHash: await hashPassword(TEST_PASSWORD),
      },
    ],
    blobs: [],
    references: { prefix: 'L-', next: 2 },
  });
  const place = { workspaceId: workspace.id, customerId: customer.id };
  const link = new URL(
    await copiedLink({ storage, now: () => Date.now() }, place, 'http://127.0.0.1'),
  );
  portalLink = (serverUrl) => serverUrl + link.pathname;
  await storage.close();
}

/** What scrolls sideways, and what is cut off by the window; a name that ends in three dots is neither. */
async function expectNothingBeside(): Promise<void> {
  const beside = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#root *, [role=dialog] *')]
      .filter((element) => element.closest('.truncate, .sr-only, svg') === null)
      .filter((element) => {
        const scrolls = ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
        const { width, right } = element.getBoundingClientRect();
        return (
          (scrolls && element.scrollWidth > element.clientWidth + 1) ||
          (width > 0 && right > window.innerWidth + 1)
        );
      })
      .map((element) => `${element.tagName} ${element.className}`),
  );
  expect(beside).toEqual([]);
}
