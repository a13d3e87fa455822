// Twenty files dropped from the operating system, offline, with the desk killed twice on the way; the customer gets every
// byte of each. Real files, real processes, a real browser.

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DeskProcess,
  type OfficeProcesses,
  openDeskPage,
  startOfficeProcesses,
} from '../support/office-processes.ts';
import { openBrowser } from '../support/open-browser.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

const SAMPLES = fileURLToPath(
  new URL('../../sync-server/admin/demo-office/files', import.meta.url),
);
/** As people name them, and what they are. */
const GOOD: readonly (readonly [string, string])[] = [
  ['fault-memory.txt', 'notes.txt'],
  ['paint-readings.txt', '😀 paint 😀.txt'],
  ['invoice-excess.pdf', 'Rechnung März.pdf'],
  ['estimate.pdf', 'تقرير ٢٠٢٦.pdf'],
  ['expert-report.pdf', 'expert report (final) #2.pdf'],
  ['return-report.pdf', 'con.pdf'],
  ['parts-list.xls', 'parts.xls'],
  ['hours.xlsx', 'hours.xlsx'],
  ['letter-to-insurer.docx', `${'long '.repeat(37)}letter.docx`],
  ['warranty.doc', 'warranty.doc'],
  ['dent-count.numbers', 'count.numbers'],
  ['slip-scan.tiff', 'slip.tiff'],
  ['workshop-bench.avif', 'bench.avif'],
  ['paint-primer.webp', 'primer.webp'],
  ['return-label.png', 'label.png'],
  ['dent-door.jpg', 'door.jpg'],
  ['gauge-display.bmp', 'gauge.bmp'],
  ['paint-compare.gif', 'compare.gif'],
  ['dent-quarter.heic', 'IMG_0001.HEIC'],
];
const BAD = 'clip.jpg';
/** Pictures are made of them meanwhile, on a machine that has other things to do. */
const PATIENTLY = { timeout: 60_000 };

let browser: Browser;
let folder: string;
let dropped: string;
let processes: OfficeProcesses;
let desk: DeskProcess;
let mara: Page;
let anna: Page;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await makeTempDir();
  dropped = join(folder, 'dropped');
  await mkdir(dropped);
  for (const [sample, name] of GOOD) await copyFile(join(SAMPLES, sample), join(dropped, name));
  const video = '000000186674797069736f6d0000020069736f6d69736f32';
  await writeFile(join(dropped, BAD), Buffer.from(video, 'hex'));
  processes = await startOfficeProcesses(folder);
  desk = await processes.desk(`${folder}/mara`);
  mara = await openDeskPage(await browser.newContext(), desk, processes.office.mara);
  await mara.getByRole('link', { name: processes.office.job.title }).first().click();
  await mara.getByRole('textbox', { name: 'Note' }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

interface Drag {
  hold(): Promise<void>;
  letGo(): Promise<void>;
}

/** Files as the operating system holds them over the page. */
async function drag(page: Page, names: readonly string[]): Promise<Drag> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const data = {
    items: [],
    files: names.map((name) => join(dropped, name)),
    dragOperationsMask: 1,
  };
  const box = await page.getByRole('heading', { level: 1 }).boundingBox();
  const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 120, data };
  return {
    hold: async () => {
      await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
      await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
    },
    letGo: async () => {
      await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
      await session.detach();
    },
  };
}

const tray = () => mara.getByRole('list', { name: 'Files' });
/** What of the draft is safe: everything that can be taken out again. */
const inTray = async () =>
  (
    await tray()
      .getByRole('button', { name: /^Remove / })
      .all()
  ).length;
const namesInTray = async () => {
  const buttons = await tray()
    .getByRole('button', { name: /^Remove / })
    .all();
  return Promise.all(
    buttons.map(async (button) => (await button.getAttribute('aria-label'))?.slice(7)),
  );
};

test('(D1, D2, D4) twenty files dropped offline are safe or refused by name; a kill on the way loses none that was added', async () => {
  desk.line.cut();
  const names = [...GOOD.map(([, name]) => name), BAD];
  const all = await drag(mara, names);
  await all.hold();
  await mara.getByText('Drop to add 20 files').waitFor();
  await all.letGo();
  await expect.poll(inTray, PATIENTLY).toBeGreaterThan(4);
  await desk.kill();
  const safe = await namesInTray();
  await desk.startAgain();
  await mara.reload();
  await tray().waitFor();
  for (const name of safe) expect(await namesInTray()).toContain(name);

  const kept = await namesInTray();
  const rest = names.filter((name) => !kept.includes(name));
  if (rest.length > 0) {
    const again = await drag(mara, rest);
    await again.hold();
    await again.letGo();
  }
  await expect.poll(inTray, PATIENTLY).toBe(GOOD.length);
  if (rest.includes(BAD)) await mara.getByText(`“${BAD}” is a video`).waitFor();
  // The originals may go: what is added is Docket's own copy.
  await rm(dropped, { recursive: true });
});

test('(D3, D7) [F1] [B2] sent visible offline and killed while it waits, all of it reaches the customer to the byte', async () => {
  await mara.getByRole('radio', { name: 'Customer reply' }).click();
  await mara.getByRole('button', { name: 'Make visible' }).click();
  await mara.getByRole('button', { name: /^Send to Anna Berg/ }).click();
  await mara.getByText('On this device, waiting').first().waitFor();
  await desk.kill();
  await desk.startAgain();
  await mara.reload();
  await mara.getByText('On this device, waiting').first().waitFor();
  desk.line.restore();
  const waiting = () => mara.getByText('On this device, waiting').count();
  await expect.poll(waiting, PATIENTLY).toBe(0);

  anna = await (await browser.newContext()).newPage();
  await anna.goto(processes.portalLink);
  await anna.getByRole('button').first().click();
  await anna.getByRole('link', { name: processes.office.job.title }).click();
  for (const [sample, name] of GOOD) {
    const link = anna.locator(`a[download][aria-label^=${JSON.stringify(`Download ${name}, `)}]`);
    await link.waitFor();
    // Killed before it had looked through a photo, the desktop does so now; until then it is being prepared. (D6)
    const url = new URL((await link.getAttribute('href')) ?? '', anna.url()).href;
    const status = async () => (await anna.request.get(url)).status();
    await expect.poll(status, PATIENTLY).toBe(200);
    const bytes = await (await anna.request.get(url)).body();
    expect(bytes.equals(await readFile(join(SAMPLES, sample))), name).toBe(true);
  }
});

test('(A3, D9, I4) the Files tab shows them all by keyboard, previews them, and passes axe', async () => {
  await mara.getByRole('heading', { level: 1 }).click();
  await mara.keyboard.press('2');
  const list = mara.getByRole('listbox', { name: 'Files' });
  await list.waitFor();
  await mara.getByRole('button', { name: /^All 19/ }).waitFor();
  await list.focus();
  await mara.keyboard.press('End');
  await mara.keyboard.press('Space');
  const preview = mara.getByRole('dialog');
  await preview.getByText('19 of 19', { exact: true }).waitFor();
  await mara.keyboard.press('ArrowLeft');
  await preview.getByText('18 of 19', { exact: true }).waitFor();
  const inPreview = await new AxeBuilder({ page: mara }).analyze();
  expect(inPreview.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await mara.keyboard.press('Space');
  await preview.waitFor({ state: 'detached' });
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
  const { violations } = await new AxeBuilder({ page: mara }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
});

test('(D9) everything is saved as one zip that holds every byte', async () => {
  await mara.getByRole('button', { name: 'Save as zip' }).click();
  const [download] = await Promise.all([
    mara.waitForEvent('download'),
    mara.getByRole('menuitem', { name: 'Save all as zip' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/, files\.zip$/);
  const bytes = await readFile(await download.path());
  for (const [sample] of GOOD)
    expect(bytes.includes(await readFile(join(SAMPLES, sample))), sample).toBe(true);
});

test('(C10) a file taken back is marked, gone from the portal, and says that the customer had looked', async () => {
  const list = mara.getByRole('listbox', { name: 'Files' });
  await list.getByRole('option', { name: /label\.png/ }).click();
  await mara.keyboard.press('Delete');
  await mara.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await list
    .getByRole('option', { name: /label\.png/ })
    .getByText('Withdrawn')
    .waitFor();
  await mara.getByText('Up to date').first().waitFor();
  await list.getByRole('option', { name: /label\.png/ }).dblclick();
  await mara
    .getByRole('dialog')
    .getByText(/Withdrawn by you.*Anna Berg had looked/)
    .waitFor();
  await anna.reload();
  await anna.getByRole('link', { name: /^Download notes\.txt/ }).waitFor();
  expect(await anna.getByText('label.png').count()).toBe(0);
});
