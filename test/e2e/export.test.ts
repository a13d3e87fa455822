// A job leaves Docket by keyboard alone, with no network: the customer copy as a PDF, and the full copy as a zip. Real
// processes, a real browser, real downloads. (G4)

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import yauzl from 'yauzl';
import { deskStory } from '../support/desk-story.ts';
import { readPdf } from '../support/read-pdf.ts';

const NOTE = 'The left side was repaired before, say nothing yet.';
const REPLY = 'Hello Anna, Thursday at eight is yours. Grüße, Łucja';

const story = deskStory();

async function write(audience: 'Internal note' | 'Customer reply', text: string): Promise<void> {
  await story.mara.getByRole('radio', { name: audience }).click();
  const box = story.mara.getByRole('region', { name: audience }).getByRole('textbox');
  await box.fill(text);
  await box.press('Control+Enter');
  await story.mara.getByRole('article').filter({ hasText: text }).waitFor();
}

const dialog = () => story.mara.getByRole('dialog', { name: 'Export job' });

/** The button that has the focus saves it. */
async function savedWithEnter(): Promise<{ name: string; bytes: Buffer }> {
  await dialog().getByRole('button', { name: 'Save' }).waitFor();
  const [download] = await Promise.all([
    story.mara.waitForEvent('download'),
    story.mara.keyboard.press('Enter'),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('(G4, I4) offline and by keyboard, the customer gets what is theirs and the office keeps everything', async () => {
  const { desk, mara, processes } = story;
  await mara.getByRole('link', { name: processes.office.job.title }).first().click();
  await write('Internal note', NOTE);
  await write('Customer reply', REPLY);
  const reply = mara.getByRole('article').filter({ hasText: REPLY });
  await reply.getByRole('button', { name: /^In the portal/ }).waitFor();
  desk.line.cut();
  await mara.getByText('Working offline').first().waitFor();
  await mara.getByRole('heading', { level: 1 }).click();

  await mara.keyboard.press('x');
  await dialog()
    .getByRole('radio', { name: /Customer copy/ })
    .waitFor();
  const found = await new AxeBuilder({ page: mara }).include('[role=dialog]').analyze();
  expect(found.violations).toEqual([]);
  await dialog().getByRole('button', { name: 'Export customer copy' }).press('Enter');
  const customer = await savedWithEnter();
  expect(customer.name).toMatch(/Front wing, dent and paint, customer copy\.pdf$/);
  const { text, raw } = await readPdf(customer.bytes);
  expect(text).toContain(REPLY);
  expect(text).toContain('Customer copy for Anna Berg');
  expect(text + raw).not.toMatch(/left side|say nothing/);
  await mara.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });

  await mara.keyboard.press('Control+k');
  await mara.getByPlaceholder(/Find anything/).fill('export');
  await mara.getByRole('option', { name: /^Export job/, selected: true }).waitFor();
  await mara.keyboard.press('Enter');
  const choice = dialog().getByRole('radio', { name: /Customer copy/ });
  await choice.focus();
  // As long as a finger takes: the choice follows the focus while the key is down.
  await mara.keyboard.press('ArrowRight', { delay: 80 });
  await dialog().getByRole('radio', { name: /^PDF/ }).focus();
  await mara.keyboard.press('ArrowDown', { delay: 80 });
  await dialog().getByRole('button', { name: 'Export full copy' }).press('Enter');
  const full = await savedWithEnter();
  expect(full.name).toMatch(/full copy \(internal\)\.zip$/);
  const zip = await yauzl.fromBufferPromise(full.bytes);
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName);
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    const content = entry.fileName.endsWith('.pdf')
      ? (await readPdf(bytes)).text
      : bytes.toString();
    for (const word of [NOTE, REPLY]) expect(content).toContain(word);
  }
  expect(names).toEqual([expect.stringMatching(/full copy \(internal\)\.pdf$/), 'activity.json']);
}, 120_000);
