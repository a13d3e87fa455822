// A customer reply that is regretted: taken back by key and by button, killed over, and sent in the end; and a customer who
// reads what was meant, once.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { deskStory } from '../support/desk-story.ts';

const WRONG = 'Hello Anna, Tuesday at eight is yours';
const RIGHT = 'Hello Anna, Thursday at eight is yours';

const story = deskStory();

const reply = () => story.mara.getByRole('textbox', { name: 'Reply to Anna Berg' });
const countdown = () => story.mara.getByRole('timer').filter({ hasText: /^in \d+ s$/ });

async function send(text: string): Promise<void> {
  await story.mara.getByRole('radio', { name: 'Customer reply' }).click();
  await reply().fill(text);
  await reply().press('Control+Enter');
  await countdown().waitFor();
}

test('(C4) [P8] [F1] a reply comes back until it leaves, over a crash too, and the customer reads the last of it once', async () => {
  const { browser, desk, mara, processes } = story;
  await mara.goto(`${desk.url}#/settings`);
  await mara.getByLabel('Undo time for customer replies').selectOption('60');
  await mara.goto(`${desk.url}#/`);
  await mara.getByRole('link', { name: processes.office.job.title }).first().click();
  await mara.getByRole('textbox', { name: 'Note' }).waitFor();

  await send(WRONG);
  const found = await new AxeBuilder({ page: mara }).include('[data-feed]').analyze();
  expect(found.violations).toEqual([]);
  await mara.keyboard.press('Control+z');
  await expect.poll(() => reply().inputValue()).toBe(WRONG);
  await reply().press('Control+Enter');
  await countdown().waitFor();

  await desk.kill();
  await desk.startAgain();
  await mara.reload();
  await countdown().waitFor();
  await mara.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => reply().inputValue()).toBe(WRONG);
  await reply().fill('');
  await mara.getByRole('article').filter({ hasText: WRONG }).waitFor({ state: 'detached' });

  desk.line.cut();
  await mara.getByText('Working offline').first().waitFor();
  await mara.getByRole('radio', { name: 'Customer reply' }).click();
  await reply().fill(RIGHT);
  await reply().press('Control+Enter');
  const entry = mara.getByRole('article').filter({ hasText: RIGHT });
  await entry.getByRole('button', { name: 'Make internal' }).waitFor();
  desk.line.restore();
  await countdown().waitFor();
  await mara.getByRole('button', { name: 'Send now' }).click();
  await entry.getByRole('button', { name: 'In the portal, mail follows' }).waitFor();

  const customer = await browser.newPage();
  await customer.goto(processes.portalLink);
  await customer.getByRole('button').first().click();
  await customer.getByRole('link', { name: processes.office.job.title }).click();
  await customer.getByText(RIGHT).waitFor();
  expect(await customer.getByText(RIGHT).count()).toBe(1);
  expect(await customer.getByText(WRONG).count()).toBe(0);
});
