// @vitest-environment jsdom
// An own note or reply is edited where it stands. (C10)

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { editedWords, readWords } from '../../../renderer/edits/edit-words.ts';
import type { Audience, EntryOf } from '../../../renderer/records.ts';
import { anEntry } from '../../support/builders.ts';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { at, fakeOffice } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const FIRST = 'The paint comes on Thursday.';

/** The newest entry of the first job is an own one. */
function withOwn(audience: Audience = 'internal', change: Partial<EntryOf<'reply'>> = {}) {
  const bridge = fakeBridge(fakeOffice(12));
  const { entries, jobs, members } = bridge.world.office;
  const index = entries.findLastIndex(({ jobId }) => jobId === at(jobs, 0).id);
  const { id, jobId, writtenAt, arrivedAt } = at(entries, index);
  const own: EntryOf<'reply'> = {
    id,
    jobId,
    writtenAt,
    arrivedAt,
    audience,
    author: { kind: 'member', memberId: at(members, 0).id },
    kind: 'reply',
    text: FIRST,
    attachmentIds: [],
    ...change,
  };
  entries[index] = own;
  return { bridge, own };
}

const row = async (text: string | RegExp = FIRST) => {
  const feed = within(await screen.findByRole('region', { name: 'Activity' }));
  return (await feed.findByText(text)).closest('article')!;
};
const edits = ({ world }: FakeBridge) =>
  world.asked.filter(({ name }) => name === 'entries.edit').map(({ args }) => args);
const editor = () => screen.findByRole('textbox', { name: /^Text of the/, hidden: true });
const noEditor = () =>
  waitFor(() => expect(screen.queryByRole('textbox', { name: /^Text of the/ })).toBeNull());

async function beginByKey(text = FIRST) {
  const menu = within(await row(text)).getByLabelText('What to do with this entry');
  menu.focus();
  fireEvent.keyDown(menu, { key: 'e' });
  return (await editor()) as HTMLTextAreaElement;
}

const type = (box: HTMLElement, value: string) => fireEvent.change(box, { target: { value } });
const save = (box: HTMLElement) => fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });

describe('(C10) an own entry', () => {
  test('E edits the one that has the focus, and elsewhere still shows the customer’s view', async () => {
    const { bridge, own } = withOwn();
    renderDesk(jobAddress(0), bridge);
    const box = await beginByKey();
    expect(box.value).toBe(FIRST);
    await screen.findByText('Only your team sees the new text');
    type(box, 'The paint comes on Friday.');
    save(box);
    await waitFor(() => expect(edits(bridge)).toHaveLength(1));
    expect(edits(bridge)[0]).toMatchObject({
      entryId: own.id,
      text: 'The paint comes on Friday.',
    });
    await noEditor();
    const edited = within(await row('The paint comes on Friday.'));
    fireEvent.click(edited.getByRole('button', { name: /^Edited/, hidden: true }));
    const history = await screen.findByRole('dialog', { name: 'What it said before' });
    expect(within(history).getByText(FIRST)).toBeDefined();
    fireEvent.keyDown(history, { key: 'Escape' });
    (document.activeElement as HTMLElement | null)?.blur();
    fireEvent.keyDown(document.body, { key: 'e' });
    await waitFor(() => expect(window.location.hash).toContain('/as-customer'));
  });

  test('↑ in an empty composer edits the last one; with something written it is the cursor’s', async () => {
    renderDesk(jobAddress(0), withOwn().bridge);
    await row();
    const box = (await textBox()) as HTMLTextAreaElement;
    await waitFor(() => expect(box.readOnly).toBe(false));
    type(box, 'x');
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    expect(screen.queryByRole('textbox', { name: /^Text of the/ })).toBeNull();
    type(box, '');
    await waitFor(() => expect(box.value).toBe(''));
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    expect(((await editor()) as HTMLTextAreaElement).value).toBe(FIRST);
  });

  test('Esc leaves what is unchanged, and asks before it drops what was typed', async () => {
    const { bridge } = withOwn();
    renderDesk(jobAddress(0), bridge);
    fireEvent.keyDown(await beginByKey(), { key: 'Escape' });
    await noEditor();
    const box = await beginByKey();
    type(box, 'Something else.');
    fireEvent.keyDown(box, { key: 'Escape' });
    const question = await screen.findByRole('alertdialog', { name: 'Drop what you changed?' });
    fireEvent.click(within(question).getByText('Go on editing'));
    expect(((await editor()) as HTMLTextAreaElement).value).toBe('Something else.');
    fireEvent.keyDown(box, { key: 'Escape' });
    fireEvent.click(await screen.findByText('Drop it'));
    await noEditor();
    expect(await row()).toBeDefined();
    expect(edits(bridge)).toEqual([]);
  });

  test('(C3) what is typed survives a reload, in its place', async () => {
    const desk = renderDesk(jobAddress(0), withOwn().bridge);
    type(await beginByKey(), 'Half a sentence');
    await waitFor(async () => {
      const subject = `entries of ${at(desk.bridge.world.office.jobs, 0).id}` as const;
      const { id: memberId } = at(desk.bridge.world.office.members, 0);
      expect(await desk.drafts.readEdit({ subject, memberId })).toMatchObject({
        text: 'Half a sentence',
      });
    });
    desk.reload();
    expect(((await editor()) as HTMLTextAreaElement).value).toBe('Half a sentence');
  });

  test('(C9) of a reply says who sees the new text, and is looked through before it is saved', async () => {
    const { bridge } = withOwn('visible');
    bridge.world.leaks = [{ kind: 'customer', customerId: 'x' as never, name: 'Carla Tal' }];
    renderDesk(jobAddress(0), bridge);
    const box = await beginByKey();
    expect(box.closest('section')?.textContent).toContain('sees the new text');
    type(box, 'As we did for Carla Tal.');
    save(box);
    const question = await screen.findByRole('alertdialog');
    expect(edits(bridge)).toEqual([]);
    fireEvent.click(within(question).getByText('Send it anyway'));
    await waitFor(() => expect(edits(bridge)).toHaveLength(1));
  });

  test('(H5) shows what was put there meanwhile beside what is typed, and saves nothing until one is chosen', async () => {
    const { bridge, own } = withOwn();
    renderDesk(jobAddress(0), bridge);
    const box = await beginByKey();
    type(box, 'Mine.');
    const { entries } = bridge.world.office;
    entries[entries.indexOf(own)] = { ...own, text: 'From the other device.' };
    bridge.changed();
    await screen.findByText('You edited this on another device meanwhile:');
    save(box);
    expect(edits(bridge)).toEqual([]);
    fireEvent.click(screen.getByText('Go on with mine'));
    await waitFor(() => {
      save(box);
      expect(edits(bridge)).toHaveLength(1);
    });
  });

  test('begun from its menu gives the focus back to where the menu was', async () => {
    const { bridge } = withOwn();
    renderDesk(jobAddress(0), bridge);
    const menu = within(await row()).getByLabelText('What to do with this entry');
    menu.focus();
    fireEvent.keyDown(menu, { key: 'Enter' });
    const edit = (await screen.findByText('Edit')).closest<HTMLElement>('[role=menuitem]')!;
    edit.focus();
    fireEvent.click(edit);
    const box = await editor();
    await waitFor(() => expect(document.activeElement).toBe(box));
    type(box, 'The paint comes on Friday.');
    save(box);
    await noEditor();
    const again = within(await row('The paint comes on Friday.'));
    await waitFor(() =>
      expect(document.activeElement).toBe(again.getByLabelText('What to do with this entry')),
    );
  });

  test('(C3) withdrawn on another device while it is edited: what was typed stays until it is dropped, and then another can be', async () => {
    const { bridge, own } = withOwn();
    const { entries, members } = bridge.world.office;
    const second = { ...own, id: anEntry().id, text: 'The other one.' };
    entries.push(second);
    renderDesk(jobAddress(0), bridge);
    const box = await beginByKey();
    type(box, 'Half a sentence');
    const withdrawn = { memberId: at(members, 0).id, at: new Date().toISOString() };
    entries[entries.indexOf(own)] = { ...own, withdrawn };
    act(() => bridge.changed());
    await screen.findByText(/^This was withdrawn meanwhile/);
    expect(((await editor()) as HTMLTextAreaElement).value).toBe('Half a sentence');
    save(await editor());
    expect(edits(bridge)).toEqual([]);
    fireEvent.keyDown(await editor(), { key: 'Escape' });
    fireEvent.click(await screen.findByText('Drop it'));
    await noEditor();
    expect((await beginByKey('The other one.')).value).toBe('The other one.');
  });

  test('[T3] removed for good while it is edited leaves nothing of it in the editor or on the disk', async () => {
    const { bridge, own } = withOwn();
    const { entries, members } = bridge.world.office;
    const desk = renderDesk(jobAddress(0), bridge);
    type(await beginByKey(), `${FIRST} Or on Friday.`);
    const redacted = { memberId: at(members, 1).id, at: new Date().toISOString() };
    entries[entries.indexOf(own)] = { ...own, text: '', redacted };
    act(() => bridge.changed());
    await noEditor();
    const subject = `entries of ${own.jobId}` as const;
    const { id: memberId } = at(members, 0);
    await waitFor(async () =>
      expect(await desk.drafts.readEdit({ subject, memberId })).toBeUndefined(),
    );
  });

  test('another’s entry has no such thing', async () => {
    const { bridge, own } = withOwn();
    const { entries, members } = bridge.world.office;
    const byOther = { kind: 'member', memberId: at(members, 1).id } as const;
    entries[entries.indexOf(own)] = { ...own, author: byOther };
    renderDesk(jobAddress(0), bridge);
    const menu = within(await row()).getByLabelText('What to do with this entry');
    fireEvent.keyDown(menu, { key: 'Enter' });
    await screen.findByText('Copy link');
    expect(screen.queryByText('Edit')).toBeNull();
  });
});

describe('(C10) what is said of an edited text', () => {
  const NOW = new Date('2026-11-12T15:00:00');
  const earlier = (read: object) => [
    { text: 'x', until: '2026-11-12T10:32:00', untilVersion: 7, ...read },
  ];
  const entryWith = (read: object, audience: Audience = 'visible') =>
    anEntry({ audience, earlier: earlier(read) });
  const seen = { customerSeenAt: '2026-11-12T10:31:00' };
  const mailed = { mailedAt: '2026-11-12T10:30:00' };

  test.each([
    [{}, 'Edited 10:32', 'Anna had not read it.'],
    [seen, 'Edited 10:32, after Anna had read it', 'Anna had read it, last 10:31.'],
    [mailed, 'Edited 10:32, after a mail with it had left', 'A mail with it left 10:30.'],
  ])('%j', (read, words, readers) => {
    const entry = entryWith(read);
    expect(editedWords(entry, 'Anna', NOW)).toBe(words);
    expect(readWords(entry.earlier![0]!, 'visible', 'Anna', NOW)).toBe(readers);
  });

  test('of a note nobody outside is spoken of', () => {
    const entry = entryWith({}, 'internal');
    expect(editedWords(entry, 'Anna', NOW)).toBe('Edited 10:32');
    expect(readWords(entry.earlier![0]!, 'internal', 'Anna', NOW)).toBeNull();
    expect(editedWords(anEntry(), 'Anna', NOW)).toBeNull();
  });
});
