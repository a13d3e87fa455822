// What the portal's script adds, in a real browser: files that go up while one writes, over a line that breaks. (E4, C3)

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CutProxy, startCutProxy } from '../support/cut-proxy.ts';
import { openBrowser } from '../support/open-browser.ts';
import { openPortalOffice, type PortalOffice } from '../support/portal-office.ts';

let office: PortalOffice;
let browser: Browser;
let line: CutProxy;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  office = await openPortalOffice();
  line = await startCutProxy(await office.app.listen({ host: '127.0.0.1', port: 0 }));
  context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  page = await context.newPage();
  await page.goto(line.url + (await office.link()));
  await page.getByRole('button', { name: 'Open my jobs' }).click();
  await page.getByRole('link', { name: 'Golf 8, rear quarter panel' }).click();
});
afterEach(async () => {
  await context.close();
  await line.close();
  await office.close();
});

const textBox = () => page.getByRole('textbox', { name: 'Write to Nordhafen Repairs' });
const choose = (...paths: readonly string[]) =>
  page.getByLabel('Add photos or files').setInputFiles([...paths]);
async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(office.dataFolder, name);
  await writeFile(path, content);
  return path;
}
const files = async () =>
  (
    await office.storage.attachmentsOfJob(
      office.records.workspace.id,
      office.records.jobs.golf.id,
      'visible',
    )
  ).map(({ record }) => record);

describe('(E4) with script', () => {
  test('a file goes on after the line broke, Send waits for it, and it arrives once', async () => {
    const large = await file('dents.txt', Buffer.alloc(20 * 1024 * 1024, 'two dents, '));
    const offsets: number[] = [];
    page.on('request', (request) => {
      const offset = request.headers()['upload-offset'];
      if (request.method() === 'PATCH') offsets.push(Number(offset));
    });
    line.cutAfter(5 * 1024 * 1024);
    await choose(large);
    await textBox().fill('All the dents');
    await page.getByText('Waiting for the connection …').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    line.restore();
    await page.getByText('Sent to Nordhafen Repairs').waitFor();
    expect(offsets).toEqual([0, expect.any(Number)]);
    expect(offsets[1]).toBeGreaterThan(0);
    expect(await page.getByText('All the dents').count()).toBe(1);
    const sent = (await files()).filter(({ name }) => name === 'dents.txt');
    expect(sent).toMatchObject([{ sizeBytes: 20 * 1024 * 1024, mediaType: 'text/plain' }]);
  });

  test('(D2) a file that is refused says why, another one does not mind, and both can be removed', async () => {
    await choose(
      await file('page.html', '<html>'),
      await file('empty.txt', ''),
      await file('list.txt', 'One, two.'),
      await file('more.txt', 'Three.'),
    );
    await page.getByText('9 bytes, ready to send').waitFor();
    await page.getByText(/^Not added: this kind of file is not supported\./).waitFor();
    await page.getByText(/^Not added: it is empty\./).waitFor();
    await page.getByRole('button', { name: 'Remove more.txt' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Sent to Nordhafen Repairs').waitFor();
    const names = (await files()).map(({ name }) => name);
    expect(names).toContain('list.txt');
    for (const name of ['page.html', 'empty.txt', 'more.txt']) expect(names).not.toContain(name);
  });

  test('(C3) what was typed outlives a reload, and is gone after Send and after signing out', async () => {
    await textBox().fill('Half a thought');
    await page.reload();
    expect(await textBox().inputValue()).toBe('Half a thought');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Sent to Nordhafen Repairs').waitFor();
    expect(await textBox().inputValue()).toBe('');
    await textBox().fill('Another one');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).first().waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });
});

test('the script weighs at most 20 kB and is the only one', async () => {
  const scripts = await page.evaluate(() => [...document.scripts].map(({ src }) => src));
  expect(scripts).toHaveLength(1);
  const answer = await page.request.get(scripts[0] ?? '');
  expect((await answer.body()).byteLength).toBeLessThanOrEqual(20 * 1024);
});
