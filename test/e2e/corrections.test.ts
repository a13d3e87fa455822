// A job opened with a wrong title and for the wrong customer, put right by keyboard alone and without a network: who it never
// was for sees it go, whom it is for finds it, and what was written for one customer never goes to another. (A1)

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { deskStory } from '../support/desk-story.ts';

const RIGHT_TITLE = 'Golf 8, rear bumper and sensor';
const REPLY = 'Hello Béla, Thursday at eight is yours.';

const story = deskStory();
const dialog = () => story.mara.getByRole('dialog', { name: 'Correct this job' });

test('(A1, I4) [V1] offline and by keyboard, a job gets its right title and customer, and stays with whom it was written to', async () => {
  const { browser, desk, mara, processes } = story;
  const { job } = processes.office;
  const anna = await browser.newPage();
  await anna.goto(processes.portalLink);
  await anna.getByRole('button').first().click();
  await anna.getByRole('link', { name: job.title }).waitFor();

  await mara.getByRole('link', { name: job.title }).first().click();
  await mara.getByRole('textbox', { name: 'Note' }).waitFor();
  desk.line.cut();
  await mara.getByText('Working offline').first().waitFor();
  await mara.getByRole('heading', { level: 1 }).click();
  await mara.keyboard.press('t');
  await dialog().getByLabel('Title').waitFor();
  const found = await new AxeBuilder({ page: mara }).include('[role=dialog]').analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await mara.keyboard.press('Control+a');
  await mara.keyboard.type(RIGHT_TITLE);
  await dialog().getByRole('button', { name: 'Change' }).focus();
  await mara.keyboard.press('Enter');
  await mara.keyboard.type('Béla');
  await dialog()
    .getByRole('option', { name: /Béla Nagy/, selected: true })
    .waitFor();
  await mara.keyboard.press('Enter');
  await expect
    .poll(() => mara.locator(':focus').textContent(), { message: 'the focus is not lost' })
    .toBe('Change');
  await dialog().getByText('Béla Nagy will see this job in the portal').waitFor();
  await dialog().getByLabel('Title').press('Enter');
  await mara.getByRole('heading', { level: 1, name: RIGHT_TITLE }).waitFor();
  await mara.getByRole('article').filter({ hasText: RIGHT_TITLE }).first().waitFor();

  desk.line.restore();
  await mara.getByText('Up to date').first().waitFor();
  await expect
    .poll(async () => {
      await anna.reload();
      return anna.getByRole('link', { name: /Golf/ }).count();
    })
    .toBe(0);

  await mara.getByRole('radio', { name: 'Customer reply' }).click();
  const reply = mara.getByRole('textbox', { name: 'Reply to Béla Nagy' });
  await reply.fill(REPLY);
  await reply.press('Control+Enter');
  await mara.getByRole('article').filter({ hasText: REPLY }).waitFor();
  await mara.getByRole('heading', { level: 1 }).click();
  await mara.keyboard.press('t');
  await dialog()
    .getByText(/written for Béla Nagy or by them/)
    .waitFor();
  expect(await dialog().getByRole('button', { name: 'Change' }).count()).toBe(0);
});
