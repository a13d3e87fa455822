// @vitest-environment jsdom
// "@" in an internal note: which colleagues are offered, and how one is taken. (C7)

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { membersFor, mentionAt } from '../../../renderer/composer/mention-at.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { at, fakeOffice } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

describe('(C7) the caret stands behind an @', () => {
  test.each([
    ['@', ''],
    ['@Jo', 'Jo'],
    ['please @Jonas Os', 'Jonas Os'],
    ['(@mär', 'mär'],
    ['line\n@x', 'x'],
    ['@Dr. R. Ohm', 'Dr. R. Ohm'],
  ])('%j', (text, typed) => {
    expect(mentionAt(text, text.length)).toEqual({ from: text.lastIndexOf('@'), typed });
  });

  test.each(['', 'jonas', 'mara@office', 'a @ b', '@one two three four', '@Jonas, and'])(
    'not in %j',
    (text) => {
      expect(mentionAt(text, text.length)).toBeUndefined();
    },
  );

  test('only what stands before the caret counts', () => {
    expect(mentionAt('@Jonas is here', 3)).toEqual({ from: 0, typed: 'Jo' });
  });
});

describe('(C7) an @ in a note', () => {
  const people = (names: readonly string[]) => {
    const bridge = fakeBridge(fakeOffice(12));
    const { members } = bridge.world.office;
    const named = names.map((name, index) => ({ ...at(members, 0), id: `${index}`, name }));
    Object.assign(bridge.world.office, { members: [at(members, 0), ...named] });
    return bridge;
  };

  async function typed(text: string, names = ['Joost Bakker', 'Öztürk Jo', 'Selin Kaya']) {
    const desk = renderDesk(jobAddress(0), people(names));
    const box = (await textBox()) as HTMLTextAreaElement;
    await waitFor(() => expect(box.readOnly).toBe(false));
    write(box, text);
    return { ...desk, box };
  }
  function write(box: HTMLTextAreaElement, text: string) {
    fireEvent.change(box, { target: { value: text } });
    box.setSelectionRange(text.length, text.length);
    fireEvent.select(box);
  }
  const offered = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

  test('offers colleagues whose name begins so, then those a word of whose name does, and never oneself', async () => {
    const { box, bridge } = await typed('Ask @jo');
    await waitFor(() => expect(offered()).toEqual(['JBJoost Bakker', 'ÖJÖztürk Jo']));
    write(box, 'Ask @oz');
    await waitFor(() => expect(offered()).toEqual(['ÖJÖztürk Jo']));
    write(box, `Ask @${at(bridge.world.office.members, 0).name.slice(0, 4)}`);
    await waitFor(() => expect(offered()).toEqual([]));
  });

  test('takes one by keyboard, and the text goes on behind it', async () => {
    const { box } = await typed('Ask @jo');
    await screen.findByRole('listbox', { name: 'Colleagues' });
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    const second = screen.getAllByRole('option')[1];
    expect(second?.getAttribute('aria-selected')).toBe('true');
    expect(box.getAttribute('aria-activedescendant')).toBe(second?.id);
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(box.value).toBe('Ask @Joost Bakker '));
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  test('takes one by mouse; Esc closes the list and leaves the text', async () => {
    const { box } = await typed('@sel');
    fireEvent.keyDown(box, { key: 'Escape' });
    await waitFor(() => expect(offered()).toEqual([]));
    expect(box.value).toBe('@sel');
    write(box, '@sel and @jo');
    fireEvent.click(await screen.findByRole('option', { name: /Joost/ }));
    await waitFor(() => expect(box.value).toBe('@sel and @Joost Bakker '));
  });

  test('is no key of its own where nobody fits: Ctrl Enter posts as ever', async () => {
    const { box, bridge } = await typed('@nobody');
    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    await waitFor(() =>
      expect(bridge.world.asked.map(({ name }) => name)).toContain('entries.post'),
    );
  });

  test('offers nobody in a customer reply', async () => {
    const { box } = await typed('');
    fireEvent.click(screen.getByRole('radio', { name: 'Customer reply' }));
    write(box, '@jo');
    expect(offered()).toEqual([]);
  });

  test('of fifty who fit the first six are shown', () => {
    const members = Array.from({ length: 50 }, (_, index) => ({ name: `Jo ${index}` }));
    expect(membersFor('jo', members as never)).toHaveLength(6);
  });
});
