// A canned reply in a real browser: written once, inserted by keys alone without a network, asked about where something is not
// filled in, and never in the way of a slash that means a slash. (C6)

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { deskStory } from '../support/desk-story.ts';

const story = deskStory();

test('(C6) what is written once is inserted by keys, offline too, and asks about what nobody filled in', async () => {
  const { desk, mara, processes } = story;
  desk.line.cut();
  await mara.getByText('Working offline').first().waitFor();
  await mara.keyboard.press('g');
  await mara.keyboard.press('r');
  await mara.getByText('Nothing is shared yet').waitFor();
  await mara.keyboard.press('n');
  await mara.getByRole('textbox', { name: 'Title' }).fill('Ready to collect');
  await mara
    .getByRole('textbox', { name: 'Text' })
    .fill('Hello {first_name}, {job} is ready on {day}. {author}');
  await mara.keyboard.press('Control+s');
  await mara.getByRole('heading', { name: 'Ready to collect' }).waitFor();

  await mara.goto(`${desk.url}#/jobs/${processes.office.job.id}`);
  await mara.getByRole('textbox', { name: 'Note' }).waitFor();
  await mara.keyboard.press('r');
  const reply = mara.getByRole('textbox', { name: 'Reply to Anna Berg' });
  await reply.pressSequentially('and/or ');
  await reply.press('Enter');
  await reply.pressSequentially('/rea');
  await mara.getByRole('option', { name: 'Ready to collect' }).waitFor();
  const found = await new AxeBuilder({ page: mara }).include('main').analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await reply.press('Enter');
  const { job, mara: author } = processes.office;
  const inserted = `and/or \nHello Anna, ${job.title} is ready on {day}. ${author.name}`;
  await expect.poll(() => reply.inputValue()).toBe(inserted);
  // What is to be filled in is marked: typing does it.
  const marked = () =>
    reply.evaluate((box) =>
      box instanceof HTMLTextAreaElement
        ? box.value.slice(box.selectionStart, box.selectionEnd)
        : '',
    );
  await expect.poll(marked).toBe('{day}');

  await reply.press('Control+Enter');
  const question = mara.getByRole('alertdialog', { name: 'Something is not filled in' });
  await question.getByText('{day}').waitFor();
  await question.getByRole('button', { name: 'Back to the reply' }).click();
  await reply.fill(inserted.replace('{day}', 'Monday'));
  await reply.press('Control+Enter');
  await mara.getByRole('article').filter({ hasText: 'is ready on Monday' }).waitFor();

  await mara.keyboard.press('Control+k');
  await mara.getByRole('combobox').fill('insert canned');
  const choice = mara.getByRole('option', { name: /^Insert a canned reply/ });
  await expect.poll(() => choice.getAttribute('aria-selected')).toBe('true');
  await mara.keyboard.press('Enter');
  await mara.getByRole('listbox', { name: 'Canned replies' }).waitFor();
  await mara.keyboard.press('Escape');
  await mara.getByRole('listbox', { name: 'Canned replies' }).waitFor({ state: 'detached' });
});
