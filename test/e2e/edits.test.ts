// A reply with a mistake in it that the customer has read: put right where it stands, over a reload and without a network; and
// the customer reads what is right, and that it was another.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { deskStory } from '../support/desk-story.ts';

const WRONG = 'Hello Anna, Tuesday at eight is yours';
const RIGHT = 'Hello Anna, Thursday at eight is yours';

const story = deskStory();

const entry = (text: string) => story.mara.getByRole('article').filter({ hasText: text });
const editor = () => story.mara.getByRole('textbox', { name: 'Text of the reply' });
const hasFocus = () => editor().evaluate((box) => box === document.activeElement);

/** Runs in the page: what is typed is on the disk a moment later, and a story is quicker than a person. */
async function keptEdits(): Promise<string> {
  const answerOf = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('The drafts could not be read.'));
    });
  const texts: string[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name));
    if (database.objectStoreNames.contains('edits')) {
      const edits = database.transaction('edits').objectStore('edits');
      texts.push(JSON.stringify(await answerOf(edits.getAll())));
    }
    database.close();
  }
  return texts.join();
}

test('(C10) [T5] what the customer has read is put right offline, from the menu and over a reload, and both sides say so', async () => {
  const { browser, desk, mara, processes } = story;
  await mara.goto(`${desk.url}#/settings`);
  await mara.getByLabel('Undo time for customer replies').selectOption('0');
  await mara.goto(`${desk.url}#/`);
  const { title } = processes.office.job;
  await mara.getByRole('link', { name: title }).first().click();
  await mara.getByRole('radio', { name: 'Customer reply' }).click();
  const reply = mara.getByRole('textbox', { name: 'Reply to Anna Berg' });
  await reply.fill(WRONG);
  await reply.press('Control+Enter');
  await entry(WRONG).getByRole('button', { name: 'In the portal, mail follows' }).waitFor();

  const customer = await (await browser.newContext()).newPage();
  await customer.goto(processes.portalLink);
  await customer.getByRole('button').first().click();
  await customer.getByRole('link', { name: title }).click();
  await customer.getByText(WRONG).waitFor();
  await entry(WRONG).getByRole('button', { name: /^Seen/ }).waitFor();

  desk.line.cut();
  await mara.getByText('Working offline').first().waitFor();
  await entry(WRONG).hover();
  await entry(WRONG).getByRole('button', { name: 'What to do with this entry' }).click();
  await mara.getByRole('menuitem', { name: /^Edit/ }).click();
  await expect.poll(hasFocus).toBe(true);
  const found = await new AxeBuilder({ page: mara }).include('[data-feed]').analyze();
  expect(found.violations).toEqual([]);
  await editor().fill(RIGHT);
  await expect.poll(() => mara.evaluate(keptEdits)).toContain(RIGHT);
  await mara.reload();
  await expect.poll(() => editor().inputValue()).toBe(RIGHT);
  await editor().press('Control+Enter');
  await entry(RIGHT).getByText('On this device, waiting').waitFor();
  desk.line.restore();

  const edited = entry(RIGHT).getByRole('button', {
    name: /^Edited .*after Anna Berg had read it$/,
  });
  await edited.click();
  await mara.getByRole('dialog', { name: 'What it said before' }).getByText(WRONG).waitFor();
  await expect
    .poll(async () => {
      await customer.reload();
      return customer.getByText(RIGHT).count();
    })
    .toBe(1);
  expect(await customer.getByText(WRONG).count()).toBe(0);
  await customer.getByText(/^Edited \d\d:\d\d$/).waitFor();
  const axe = await new AxeBuilder({ page: customer }).analyze();
  expect(axe.violations).toEqual([]);
});
