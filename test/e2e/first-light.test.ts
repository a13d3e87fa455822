// The story Docket is built for: written with the network cut, killed, started again, reconnected; read once by everyone it
// was meant for, and never by anybody else.

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

const NOTE = 'Insurer pays for paint only, keep the second quote at hand';
const REPLY = 'Hello Anna, Thursday at eight is yours';
const ANSWER = 'Thank you, see you on Thursday';

let browser: Browser;
let folder: string;
let processes: OfficeProcesses;
let maraDesk: DeskProcess;
let jonasDesk: DeskProcess;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await makeTempDir();
  processes = await startOfficeProcesses(folder);
  maraDesk = await processes.desk(`${folder}/mara`);
  jonasDesk = await processes.desk(`${folder}/jonas`);
});

afterAll(async () => {
  await browser.close();
  await processes.stop();
  await removeTempDir(folder);
});

const entry = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

async function openJob(page: Page): Promise<void> {
  await page.getByRole('link', { name: processes.office.job.title }).first().click();
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
}

async function write(
  page: Page,
  audience: 'Internal note' | 'Customer reply',
  text: string,
): Promise<void> {
  await page.getByRole('radio', { name: audience }).click();
  const composer = page.getByRole('region', { name: audience });
  await composer.getByRole('textbox').fill(text);
  await composer
    .getByRole('button', {
      name: audience === 'Internal note' ? /^Add note/ : /^Send to Anna Berg/,
    })
    .click();
  await entry(page, text).waitFor();
}

/** Everything a browser is sent: bodies, headers and addresses. */
function recordAnswers(context: BrowserContext): { everything(): Promise<string> } {
  const answers: Promise<string>[] = [];
  context.on('response', (response) => {
    const read = async () => {
      const headers = JSON.stringify(await response.allHeaders());
      const body = await response.body().catch(() => Buffer.alloc(0));
      return `${response.url()}\n${headers}\n${body.toString('utf8')}`;
    };
    answers.push(read());
  });
  return { everything: async () => (await Promise.all(answers)).join('\n') };
}

describe('first light', () => {
  test('(H3) [F1] a note and a reply written offline survive a kill and reach everyone they were meant for, once', async () => {
    const mara = await openDeskPage(await browser.newContext(), maraDesk, processes.office.mara);
    const jonas = await openDeskPage(await browser.newContext(), jonasDesk, processes.office.jonas);
    const customerContext = await browser.newContext();
    const sent = recordAnswers(customerContext);
    const customer = await customerContext.newPage();
    await customer.goto(processes.portalLink);
    await customer.getByRole('button').first().click();
    await customer.getByRole('link', { name: processes.office.job.title }).waitFor();
    await openJob(mara);
    await openJob(jonas);

    maraDesk.line.cut();
    await write(mara, 'Internal note', NOTE);
    await write(mara, 'Customer reply', REPLY);
    await expect.poll(() => mara.getByText('On this device, waiting').count()).toBe(2);
    await mara.getByText('Working offline').first().waitFor();

    await maraDesk.kill();
    await maraDesk.startAgain();
    await mara.reload();
    await entry(mara, NOTE).waitFor();
    await expect.poll(() => mara.getByText('On this device, waiting').count()).toBe(2);

    maraDesk.line.restore();
    await entry(jonas, NOTE).waitFor();
    await entry(jonas, REPLY).waitFor();
    await expect.poll(() => mara.getByText('On this device, waiting').count()).toBe(0);

    await customer.getByRole('link', { name: processes.office.job.title }).click();
    await customer.getByText(REPLY).waitFor();
    expect(await customer.getByText(REPLY).count()).toBe(1);
    for (const page of [mara, jonas])
      for (const text of [NOTE, REPLY]) expect(await entry(page, text).count()).toBe(1);

    await customer.getByRole('textbox').fill(ANSWER);
    await customer.getByRole('button', { name: 'Send' }).click();
    await customer.getByText(ANSWER).first().waitFor();
    await entry(jonas, ANSWER).waitFor();
    await entry(mara, ANSWER).waitFor();
    expect(await entry(mara, ANSWER).getByText('From customer').count()).toBe(1);

    await customer.goto(`${processes.serverUrl}/portal`);
    await customer.reload();
    const everything = await sent.everything();
    expect(everything).toContain(REPLY);
    expect(everything).not.toContain(NOTE);
    expect(everything).not.toContain(NOTE.slice(0, 12));
  });
});
