// @vitest-environment jsdom
// "/" in the composer: which canned replies are offered, and how one is inserted. (C6)

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { fitsTyped, slashAt } from '../../../renderer/composer/canned-at.ts';
import type { CannedReply, MemberId } from '../../../renderer/records.ts';
import { blobIdOf } from '../../support/builders.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { aFakeCannedReply } from '../../support/fake-canned.ts';
import { at, fakeOffice } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

describe('(C6) the caret stands behind a slash', () => {
  test.each([
    ['/', ''],
    ['/open', 'open'],
    ['Hello /opening ho', 'opening ho'],
    ['line\n/x', 'x'],
    ['\t/über', 'über'],
  ])('%j', (text, typed) => {
    expect(slashAt(text, text.length)).toEqual({ from: text.lastIndexOf('/'), typed });
  });

  test.each([
    '',
    'and/or',
    '3/4',
    '/etc/hosts',
    'https://x',
    '/ hello',
    '/a.b',
    '/one two three four five',
  ])('not in %j', (text) => {
    expect(slashAt(text, text.length)).toBeUndefined();
  });

  test('each word typed begins a word of title or text, whatever its case and accents', () => {
    const reply = aFakeCannedReply({ title: 'Öffnungszeiten', text: 'From eight, all week.' });
    for (const typed of ['', 'off', 'OFFN wee', 'eigh']) expect(fitsTyped(reply, typed)).toBe(true);
    for (const typed of ['nungs', 'off x']) expect(fitsTyped(reply, typed)).toBe(false);
  });
});

const aFile = {
  blobId: blobIdOf('prices'),
  name: 'prices.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 9,
};

async function desk(canned: readonly Partial<CannedReply>[]) {
  const bridge = fakeBridge(fakeOffice(12));
  const me = at(bridge.world.office.members, 0).id;
  bridge.world.canned = canned.map((one) =>
    aFakeCannedReply({ ...one, ...(one.ownerId && { ownerId: me }) }),
  );
  const shown = renderDesk(jobAddress(0), bridge);
  const box = (await textBox()) as HTMLTextAreaElement;
  await waitFor(() => expect(box.readOnly).toBe(false));
  return { ...shown, box };
}
function write(box: HTMLTextAreaElement, text: string, caret = text.length) {
  fireEvent.change(box, { target: { value: text } });
  box.setSelectionRange(caret, caret);
  fireEvent.select(box);
}
const offered = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const HOURS = { title: 'Opening hours', text: 'Hello {customer}, we open at 8.' };
const READY = { title: 'Ready to collect', text: 'It is ready. {author}' };

describe('(C6) a slash', () => {
  test('offers what fits, shared and own, narrows while it is typed, and shows what would be inserted', async () => {
    const { box, bridge } = await desk([
      HOURS,
      { ...READY, ownerId: 'me' as MemberId, files: [aFile] },
    ]);
    write(box, '/');
    await waitFor(() =>
      expect(offered()).toEqual(['Opening hours', 'Ready to collect, yours alone1 file']),
    );
    expect(box.getAttribute('aria-controls')).toBe('canned-list');
    expect(box.getAttribute('aria-activedescendant')).toBe('canned-list-0');
    const { name } = at(bridge.world.office.customers, 0);
    expect(screen.getByText(`Hello ${name}, we open at 8.`)).toBeDefined();
    write(box, '/coll');
    await waitFor(() => expect(offered()).toHaveLength(1));
    const me = at(bridge.world.office.members, 0).name;
    expect(screen.getByText(`It is ready. ${me}`)).toBeDefined();
    expect(screen.getByText('prices.pdf')).toBeDefined();
  });

  test.each(['Enter', 'Tab'])(
    'inserts the chosen one by %s where the slash stood, filled in',
    async (key) => {
      const { box, bridge } = await desk([HOURS, READY]);
      write(box, 'So: /rea\nBye', 8);
      await waitFor(() => expect(offered()).toHaveLength(1));
      fireEvent.keyDown(box, { key });
      const me = at(bridge.world.office.members, 0).name;
      await waitFor(() => expect(box.value).toBe(`So: It is ready. ${me}\nBye`));
      expect(screen.queryByRole('listbox')).toBeNull();
    },
  );

  test('walks by arrow keys and takes by mouse', async () => {
    const { box } = await desk([HOURS, READY]);
    write(box, '/');
    await waitFor(() => expect(offered()).toHaveLength(2));
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
    fireEvent.click(screen.getAllByRole('option')[1]!);
    await waitFor(() => expect(box.value).toContain('It is ready.'));
  });

  test('that matches nothing is in nobody’s way: no list, and Enter, Tab and Esc are the text’s', async () => {
    const { box, bridge } = await desk([HOURS]);
    for (const text of ['Either /', 'and/or', 'see /etc', 'due 3/4', '/zzz']) {
      write(box, text);
      if (text === 'Either /') continue;
      await waitFor(() => expect(offered()).toEqual([]));
      expect(fireEvent.keyDown(box, { key: 'Enter' })).toBe(true);
      expect(fireEvent.keyDown(box, { key: 'Tab' })).toBe(true);
      expect(box.hasAttribute('aria-activedescendant')).toBe(false);
    }
    expect(bridge.world.asked.map(({ name }) => name)).not.toContain('canned-replies.take-files');
  });

  test('is closed by Esc, and stays so while the same word is typed', async () => {
    const { box } = await desk([HOURS]);
    write(box, '/');
    await waitFor(() => expect(offered()).toHaveLength(1));
    fireEvent.keyDown(box, { key: 'Escape' });
    write(box, '/open');
    expect(offered()).toEqual([]);
    expect(box.value).toBe('/open');
    write(box, '/open /');
    await waitFor(() => expect(offered()).toHaveLength(1));
  });

  test('of a canned reply without a value marks what is to be filled in', async () => {
    const { box } = await desk([{ title: 'Ask', text: 'About {nothing}: when?' }]);
    write(box, '/ask');
    await waitFor(() => expect(offered()).toHaveLength(1));
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(box.value).toBe('About {nothing}: when?'));
    await waitFor(() => expect([box.selectionStart, box.selectionEnd]).toEqual([6, 15]));
  });
});

describe('(C6) its files', () => {
  test('(D3) join the draft, internal, and say which could not be had', async () => {
    const missing = { ...aFile, blobId: blobIdOf('x'), name: 'plan.pdf' };
    const { box, bridge } = await desk([{ ...HOURS, files: [aFile, missing] }]);
    bridge.world.missingCanned = ['plan.pdf'];
    fireEvent.click(screen.getByRole('radio', { name: 'Customer reply' }));
    write(box, '/open');
    await waitFor(() => expect(offered()).toHaveLength(1));
    fireEvent.keyDown(box, { key: 'Enter' });
    const files = within(await screen.findByRole('list', { name: 'Files' }));
    expect(
      files.getByRole('switch', { name: 'prices.pdf: visible to the customer' }),
    ).toHaveProperty('ariaChecked', 'false');
    expect(files.queryByText('plan.pdf')).toBeNull();
    expect(await screen.findByText(/“plan.pdf” is not on this device yet/)).toBeDefined();
    expect(bridge.world.asked.map(({ name }) => name)).not.toContain('entries.post');
  });
});

describe('(C6) while its files are still coming', () => {
  test('(C2) nothing is posted without them, by key or by button; then they are in the draft they were meant for', async () => {
    const { box, bridge } = await desk([{ ...HOURS, files: [aFile] }]);
    const { request } = bridge;
    const { promise: come, resolve: letCome } = Promise.withResolvers<undefined>();
    const slow: typeof request = async (name, args) => {
      if (name === 'canned-replies.take-files') await come;
      return request(name, args);
    };
    Object.assign(bridge, { request: slow });
    write(box, '/open');
    await waitFor(() => expect(offered()).toHaveLength(1));
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(box.value).toContain('we open at 8.'));
    expect(screen.getByText('Adding its files …')).toBeDefined();
    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    expect(screen.getByRole('button', { name: /Ctrl ↵/ })).toHaveProperty('disabled', true);
    letCome(undefined);
    await screen.findByRole('list', { name: 'Files' });
    expect(bridge.world.asked.map(({ name }) => name)).not.toContain('entries.post');
    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    await waitFor(() =>
      expect(bridge.world.asked.at(-1)).toMatchObject({
        name: 'entries.post',
        args: { files: [{ name: 'prices.pdf' }] },
      }),
    );
  });
});

describe('(C6) without a slash', () => {
  const openMenu = async () => {
    const button = screen.getByRole('button', { name: 'Canned replies' });
    fireEvent.pointerDown(button, { button: 0, ctrlKey: false });
    return within(await screen.findByRole('menu', { name: 'Canned replies' }));
  };

  test('the list is opened by a button, behind what is written, and Esc leaves no trace of it', async () => {
    const { box } = await desk([HOURS]);
    write(box, 'Dear Anna,');
    const menu = await openMenu();
    fireEvent.click(menu.getByRole('menuitem', { name: /^Insert a canned reply/ }));
    await waitFor(() => expect(offered()).toEqual(['Opening hours']));
    expect(box.value).toBe('Dear Anna, /');
    fireEvent.keyDown(box, { key: 'Escape' });
    await waitFor(() => expect(box.value).toBe('Dear Anna, '));
    expect(offered()).toEqual([]);
  });

  test('(C3) what is selected stays: the list stands behind it, and Esc takes none of it', async () => {
    const { box } = await desk([HOURS]);
    write(box, 'Dear Anna, all is well.');
    box.setSelectionRange(0, 10);
    const menu = await openMenu();
    fireEvent.click(menu.getByRole('menuitem', { name: /^Insert a canned reply/ }));
    await waitFor(() => expect(offered()).toEqual(['Opening hours']));
    fireEvent.keyDown(box, { key: 'Escape' });
    await waitFor(() => expect(offered()).toEqual([]));
    expect(box.value.replaceAll(' ', '')).toBe('DearAnna,alliswell.');
  });

  test('it says how one comes to be where there is none', async () => {
    await desk([]);
    const menu = await openMenu();
    fireEvent.click(menu.getByRole('menuitem', { name: /^Insert a canned reply/ }));
    const note = within(await screen.findByRole('note'));
    expect(note.getByRole('link', { name: 'Canned replies' }).getAttribute('href')).toContain(
      '/settings/canned-replies',
    );
  });

  test('C opens it anywhere on the job page, and so does the palette', async () => {
    const { box } = await desk([HOURS]);
    fireEvent.keyDown(document.body, { key: 'c' });
    await waitFor(() => expect(offered()).toEqual(['Opening hours']));
    fireEvent.keyDown(box, { key: 'Escape' });
    await waitFor(() => expect(box.value).toBe(''));
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'insert canned' } });
    fireEvent.click(await screen.findByText('Insert a canned reply'));
    await waitFor(() => expect(offered()).toEqual(['Opening hours']));
  });

  test('what is written is saved as one, with variables for what belongs to this job', async () => {
    const { box, bridge } = await desk([]);
    const { name } = at(bridge.world.office.customers, 0);
    write(box, `Hello ${name}, all is well.`);
    const menu = await openMenu();
    fireEvent.click(menu.getByRole('menuitem', { name: 'Save as canned reply' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Save as canned reply' }));
    expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveProperty(
      'value',
      'Hello {customer}, all is well.',
    );
    expect(
      dialog.getByText('What belongs to this job alone became a variable. Read it once more.'),
    );
    expect(dialog.getByRole('radio', { name: 'Only you' })).toHaveProperty('ariaChecked', 'true');
    fireEvent.change(dialog.getByRole('textbox', { name: 'Title' }), {
      target: { value: 'All well' },
    });
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(bridge.world.asked.at(-1)).toEqual({
        name: 'canned-replies.create',
        args: {
          sharing: 'personal',
          title: 'All well',
          text: 'Hello {customer}, all is well.',
          files: [],
        },
      }),
    );
    expect(box.value).toBe(`Hello ${name}, all is well.`);
  });
});

test('(C6) a customer reply with something unfilled asks once more, and says what', async () => {
  const { box, bridge } = await desk([]);
  bridge.world.leaks = [{ kind: 'unfilled', words: '{reference: not known}' }];
  fireEvent.click(screen.getByRole('radio', { name: 'Customer reply' }));
  write(box, 'Your job {reference: not known}.');
  fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
  const question = within(
    await screen.findByRole('alertdialog', { name: 'Something is not filled in' }),
  );
  expect(question.getByText('{reference: not known}')).toBeDefined();
  fireEvent.click(question.getByRole('button', { name: 'Back to the reply' }));
  expect(bridge.world.asked.map(({ name }) => name)).not.toContain('entries.post');
});
