// A reply that is to be sent later, by keyboard alone: the desk is closed, the customer writes first, and the author decides in the
// morning. (C8)

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { deskStory } from '../support/desk-story.ts';

const REPLY = 'Good morning Anna, it is ready.';
const QUESTION = 'Wait, what does it cost?';

const story = deskStory();

const waiting = () => story.mara.getByRole('region', { name: 'Scheduled replies' });

async function axeFinds(where: string): Promise<unknown[]> {
  return (await new AxeBuilder({ page: story.mara }).include(where).analyze()).violations;
}

test('(C8) [W1] [W2] is held by the customer’s word while its desk is closed, and read once after a person has sent it', async () => {
  const { browser, desk, mara, processes } = story;
  await mara.getByRole('link', { name: processes.office.job.title }).first().click();
  await mara.getByRole('textbox', { name: 'Note' }).waitFor();
  await mara.keyboard.press('Alt+2');
  const reply = mara.getByRole('textbox', { name: 'Reply to Anna Berg' });
  await reply.fill(REPLY);
  await reply.press('Control+Shift+Enter');
  await mara.getByRole('menu', { name: 'Send later' }).waitFor();
  expect(await axeFinds('[role=menu]')).toEqual([]);
  await mara.keyboard.press('Enter');
  await waiting().getByText(REPLY).waitFor();
  await mara.getByText('Up to date').first().waitFor();
  expect(await axeFinds('[data-feed]')).toEqual([]);

  await desk.kill();
  const customer = await browser.newPage();
  await customer.goto(processes.portalLink);
  await customer.getByRole('button').first().click();
  await customer.getByRole('link', { name: processes.office.job.title }).click();
  expect(await customer.getByText(REPLY).count()).toBe(0);
  await customer.getByRole('textbox').first().fill(QUESTION);
  await customer.getByRole('button', { name: 'Send' }).first().click();
  await customer.getByText(QUESTION).first().waitFor();

  await desk.startAgain();
  await mara.reload();
  await mara.getByText('1 not sent').waitFor();
  await waiting().getByRole('button', { name: 'Look and decide' }).press('Enter');
  const question = mara.getByRole('alertdialog');
  await question.getByText(QUESTION).waitFor();
  expect(await axeFinds('[role=alertdialog]')).toEqual([]);
  await question.getByRole('button', { name: 'Send now' }).press('Enter');
  await mara.getByRole('article').filter({ hasText: REPLY }).getByText(/sent/).waitFor();

  await customer.reload();
  await customer.getByText(REPLY).waitFor();
  expect(await customer.getByText(REPLY).count()).toBe(1);
});
