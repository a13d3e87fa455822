// The feed in a real browser: rows have real heights there, and scrolling is what goes wrong.

import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startOfficeProcesses,
  type OfficeProcesses,
  openDeskPage,
} from '../support/office-processes.ts';
import { openBrowser } from '../support/open-browser.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';
import { deviceHeaders, TEST_PASSWORD } from '../support/test-server.ts';

const ENTRIES = 150;

let browser: Browser;
let folder: string;
let processes: OfficeProcesses;
let mara: Page;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await makeTempDir();
  processes = await startOfficeProcesses(folder);
  await writeLongThread(processes);
  const desk = await processes.desk(`${folder}/mara`);
  // Reduced motion settles at once, which is when a late measurement hurts.
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  mara = await openDeskPage(context, desk, processes.office.mara);
  await mara.getByRole('link', { name: processes.office.job.title }).first().click();
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

const entry = (text: string) => mara.getByRole('article').filter({ hasText: text });

async function isInView(text: string): Promise<boolean> {
  const found = entry(text);
  if ((await found.count()) === 0) return false;
  return found.evaluate((element) => {
    const view = element.closest('section')?.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    return view !== undefined && box.top < view.bottom && box.bottom <= view.bottom + 1;
  });
}

test('(B1) a long feed opens at its newest entry', async () => {
  await expect.poll(() => isInView(`Entry ${ENTRIES} `), { timeout: 10_000 }).toBe(true);
});

test('what a person just wrote is scrolled to, however far up they were', async () => {
  await mara.mouse.move(900, 400);
  await mara.mouse.wheel(0, -3000);
  await expect.poll(() => isInView(`Entry ${ENTRIES} `)).toBe(false);
  await mara.getByRole('textbox', { name: 'Note' }).fill('Just written');
  await mara.keyboard.press('Control+Enter');
  await expect.poll(() => isInView('Just written'), { timeout: 10_000 }).toBe(true);
});

test('what others write never moves whoever reads further up', async () => {
  await mara.mouse.move(900, 400);
  await mara.mouse.wheel(0, -3000);
  const above = (rows: { text: string; top: number }[]) =>
    rows.map(({ text, top }) => `${text} ${top}`);
  await expect
    .poll(async () => above(await rowsInView()).join() === above(await rowsInView()).join())
    .toBe(true);
  const before = above(await rowsInView());
  expect(before.length).toBeGreaterThan(1);
  await pushNotes(processes, ['From a colleague, below']);
  await mara.getByText('1 new below').waitFor();
  expect(above(await rowsInView())).toEqual(before);
});

test('(I4) whatever is written and attached, the composer keeps to its share and its button to the window', async () => {
  const lines = Array.from({ length: 30 }, (_, line) => `Line ${line} of a long letter`);
  const box = mara.getByRole('textbox', { name: 'Note' });
  await box.fill(lines.join('\n'));
  const empty = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  await mara
    .getByLabel('Choose files')
    .setInputFiles(Array.from({ length: 8 }, (_, index) => empty(`empty ${index}.txt`)));
  await mara.getByText('8 files were not added').waitFor();
  const before = mara.viewportSize();
  for (const size of [
    { width: 900, height: 600 },
    // A window of 1280 x 800 at twice the size.
    { width: 640, height: 400 },
  ]) {
    await mara.setViewportSize(size);
    const composer = await mara.getByRole('region', { name: 'Internal note' }).boundingBox();
    const button = await mara.getByRole('button', { name: 'Add note' }).boundingBox();
    expect(composer!.height).toBeLessThan(size.height * 0.55);
    expect(button!.y + button!.height).toBeLessThan(size.height);
  }
  await mara.getByRole('button', { name: 'Dismiss all' }).click();
  await box.fill('');
  if (before !== null) await mara.setViewportSize(before);
});

/** What stands where on the screen, in whole pixels. */
function rowsInView(): Promise<{ text: string; top: number }[]> {
  return mara.locator('[data-feed]').evaluate((view) => {
    const frame = view.getBoundingClientRect();
    return [...view.querySelectorAll('article')]
      .map((row) => ({ text: row.textContent.slice(0, 60), box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > frame.top && box.top < frame.bottom)
      .map(({ text, box }) => ({ text, top: Math.round(box.top) }));
  });
}

function writeLongThread(office: OfficeProcesses): Promise<void> {
  const texts = Array.from(
    { length: ENTRIES },
    (_, index) => `Entry ${index + 1} ${'and a few more words of it '.repeat((index * 7) % 40)}`,
  );
  return pushNotes(office, texts);
}

async function pushNotes({ office, serverUrl }: OfficeProcesses, texts: string[]): Promise<void> {
  const post = async (path: string, body: unknown, token?: string) => {
    const answer = await fetch(serverUrl + path, {
      method: 'POST',
      headers: { ...deviceHeaders(token), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} was answered with ${await answer.text()}`);
    return (await answer.json()) as { token: string };
  };
  const clientId = randomUUID();
  const signIn = {
    email: office.jonas.email,
    password: TEST_PASSWORD,
    clientId,
    deviceName: 'Test',
  };
  const { token } = await post('/api/auth/sign-in', signIn);
  const mutations = texts.map((text) => ({
    id: randomUUID(),
    clientId,
    name: 'post_entry',
    args: {
      jobId: office.job.id,
      entryId: randomUUID(),
      audience: 'internal',
      text,
      attachments: [],
      seenVersion: 0,
    },
    writtenAt: new Date().toISOString(),
  }));
  await post('/api/sync/push', { mutations }, token);
}

test('(G1) a search over the whole office finds an old entry as one types, and leads to it', async () => {
  await mara.keyboard.press('Escape');
  await mara.evaluate(() => {
    window.location.hash = '#/search';
  });
  await mara.getByRole('searchbox', { name: 'Search everything' }).fill('entry 101');
  const hits = mara.getByRole('region', { name: 'Activity' });
  await hits.getByRole('link', { name: /Entry 101\b/ }).waitFor();
  await mara.keyboard.press('ArrowDown');
  await mara.keyboard.press('Enter');
  await expect.poll(() => isInView('Entry 101 ')).toBe(true);
});
