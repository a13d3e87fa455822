// A scanner writes into a folder, and a person drags what came onto a job: real files, real processes, a real browser.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startOfficeProcesses,
  type DeskProcess,
  type OfficeProcesses,
  openDeskPage,
} from '../support/office-processes.ts';
import { openBrowser } from '../support/open-browser.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

let browser: Browser;
let folder: string;
let scans: string;
let processes: OfficeProcesses;
let desk: DeskProcess;
let mara: Page;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await makeTempDir();
  scans = join(folder, 'Scans');
  await mkdir(scans);
  processes = await startOfficeProcesses(folder);
  desk = await processes.desk(`${folder}/mara`);
  mara = await openDeskPage(await browser.newContext(), desk, processes.office.mara);
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

test('(D10) a folder is watched, and what arrives there stands in the Inbox', async () => {
  await mara.keyboard.press('g');
  await mara.keyboard.press('i');
  await mara.getByRole('button', { name: 'Watch a folder' }).click();
  await mara.getByRole('combobox', { name: 'Folder' }).fill(scans);
  await mara.keyboard.press('Enter');
  await mara.getByRole('list', { name: 'Watched folders' }).getByText(scans).waitFor();
  await mara.keyboard.press('Escape');
  await mara.getByText('Nothing new').waitFor();
  await writeFile(join(scans, 'Delivery note 118.txt'), 'Two bumpers, one grille.');
  await writeFile(join(scans, 'Delivery note 119.txt'), 'One headlamp.');
  await mara.getByText('Delivery note 118.txt').waitFor();
  await mara.getByText('Delivery note 119.txt').waitFor();
  const { violations } = await new AxeBuilder({ page: mara }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
});

test('(D10) offline too, a file dragged onto a job lies in its composer and reaches the office later', async () => {
  const { job } = processes.office;
  desk.line.cut();
  const row = mara.getByRole('link', { name: job.title }).first();
  await mara.getByText('Delivery note 118.txt').dragTo(row);
  await mara.getByRole('list', { name: 'Files' }).getByText('Delivery note 118.txt').waitFor();
  await mara.getByRole('textbox', { name: 'Note' }).fill('Came with the driver.');
  await mara.keyboard.press('Control+Enter');
  await mara.getByRole('article').filter({ hasText: 'Came with the driver.' }).waitFor();
  desk.line.restore();
  const other = await processes.desk(`${folder}/jonas`);
  const jonas = await openDeskPage(await browser.newContext(), other, processes.office.jonas);
  await jonas.getByRole('link', { name: job.title }).first().click();
  await jonas.getByRole('article').filter({ hasText: 'Came with the driver.' }).waitFor();
  await jonas.getByText('Delivery note 118.txt').waitFor();
});

test('(D10) what was added has left the Inbox, and the rest is still there after a restart', async () => {
  await desk.kill();
  await desk.startAgain();
  // Out of the text, then by keys: on a job the second one alone would begin a note.
  await mara.keyboard.press('Escape');
  await mara.keyboard.press('g');
  await mara.keyboard.press('i');
  await mara.getByText('Delivery note 119.txt').waitFor();
  await expect.poll(() => mara.getByText('Delivery note 118.txt').count()).toBe(0);
});
