// @vitest-environment jsdom
// Where canned replies are written, changed, shared and deleted. (C6)

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { CannedReply } from '../../../renderer/records.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { aFakeCannedReply } from '../../support/fake-canned.ts';
import { at, fakeOffice } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const PLACE = '/settings/canned-replies';

function place(canned: (me: CannedReply['createdBy']) => readonly CannedReply[], rest = '') {
  const bridge = fakeBridge(fakeOffice(12));
  const { members } = bridge.world.office;
  bridge.world.canned = [...canned(at(members, 0).id)];
  return renderDesk(`${PLACE}${rest}`, bridge);
}
const field = (name: string) => screen.findByRole('textbox', { name });
const type = async (name: string, value: string) =>
  fireEvent.change(await field(name), { target: { value } });
const asked = ({ bridge }: ReturnType<typeof place>) => bridge.world.asked.at(-1);

describe('(C6) the list', () => {
  test('shows the shared ones and one’s own apart, with how many there are, and finds by title and text', async () => {
    place((me) => [
      aFakeCannedReply({ title: 'Opening hours' }),
      aFakeCannedReply({ title: 'Directions', text: 'Turn left at the mill.' }),
      aFakeCannedReply({ title: 'My greeting', ownerId: me }),
    ]);
    expect(await screen.findByRole('link', { name: /Opening hours/ })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Shared 2' })).toHaveProperty('ariaPressed', 'true');
    expect(screen.queryByText('My greeting')).toBeNull();
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search in canned replies' }), {
      target: { value: 'mill' },
    });
    await waitFor(() => expect(screen.queryByText('Opening hours')).toBeNull());
    expect(screen.getByRole('link', { name: /Directions/ })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Mine 1' }));
    expect(await screen.findByText('No canned reply fits')).toBeDefined();
    fireEvent.click(screen.getAllByRole('button', { name: 'Clear the search' })[0]!);
    expect(await screen.findByRole('link', { name: /My greeting/ })).toBeDefined();
  });

  test('teaches where there is none', async () => {
    place(() => []);
    expect(await screen.findByText('Nothing is shared yet')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Mine 0' }));
    expect(await screen.findByText(/Nobody else gets to see it/)).toBeDefined();
  });
});

describe('(C6) a new one', () => {
  test('is begun by N, survives the window, warns of what is no variable, and is saved by Ctrl S', async () => {
    const desk = place(() => []);
    await screen.findByText('Nothing is shared yet');
    fireEvent.keyDown(document.body, { key: 'n' });
    await type('Title', 'Collect');
    await type('Text', 'Hello {kustomer}, {customer}.');
    expect(await screen.findByText(/\{kustomer\} is no variable and stays as typed/)).toBeDefined();
    await waitFor(async () =>
      expect(
        await desk.drafts.readEdit({
          subject: 'new canned reply',
          memberId: at(desk.bridge.world.office.members, 0).id,
        }),
      ).toMatchObject({ title: 'Collect' }),
    );
    desk.reload();
    await waitFor(async () => expect(await field('Title')).toHaveProperty('value', 'Collect'));
    await type('Text', 'Hello {customer}.');
    fireEvent.keyDown(window, { key: 's', ctrlKey: true });
    await waitFor(() =>
      expect(asked(desk)).toEqual({
        name: 'canned-replies.create',
        args: { sharing: 'shared', title: 'Collect', text: 'Hello {customer}.', files: [] },
      }),
    );
    expect(await screen.findByRole('heading', { name: 'Collect' })).toBeDefined();
  });

  test('says what is missing, and what the office said no to', async () => {
    const desk = place(() => [], '/new');
    expect(await screen.findByText('Give it a title: it is found by that.')).toBeDefined();
    await type('Title', 'Collect');
    expect(await screen.findByText('Write a text, or add a file.')).toBeDefined();
    await type('Text', 'x'.repeat(20_001));
    expect(await screen.findByText('The text is 1 character too long.')).toBeDefined();
    await type('Text', 'x');
    desk.bridge.world.failing.set(
      'canned-replies.create',
      'The office shares 1,000 canned replies.',
    );
    fireEvent.click(screen.getByRole('button', { name: /Add the canned reply/ }));
    expect(await screen.findByText('The office shares 1,000 canned replies.')).toBeDefined();
    expect(await field('Title')).toHaveProperty('value', 'Collect');
  });

  test('(D4) is not saved without a file that is still being added', async () => {
    const desk = place(() => [], '/new');
    const { addFile } = desk.bridge;
    const { promise: come, resolve: letCome } = Promise.withResolvers<undefined>();
    const slow: typeof addFile = async (...file) => {
      await come;
      return addFile(...file);
    };
    Object.assign(desk.bridge, { addFile: slow });
    await type('Title', 'Prices');
    await type('Text', 'Here they are.');
    const chosen = new File(['prices'], 'prices.txt', { type: 'text/plain' });
    fireEvent.change(screen.getByLabelText('Choose files'), { target: { files: [chosen] } });
    expect(await screen.findByText('Its files are still being added.')).toBeDefined();
    fireEvent.keyDown(window, { key: 's', ctrlKey: true });
    letCome(undefined);
    expect(await screen.findByText('prices.txt')).toBeDefined();
    expect(desk.bridge.world.asked.map(({ name }) => name)).not.toContain('canned-replies.create');
    await waitFor(() => expect(screen.queryByText('Its files are still being added.')).toBeNull());
    fireEvent.keyDown(window, { key: 's', ctrlKey: true });
    await waitFor(() =>
      expect(asked(desk)).toMatchObject({
        name: 'canned-replies.create',
        args: { files: [{ name: 'prices.txt' }] },
      }),
    );
  });

  test('takes a variable by a click where the caret stands', async () => {
    place(() => [], '/new');
    await type('Text', 'Hello !');
    const text = (await field('Text')) as HTMLTextAreaElement;
    text.setSelectionRange(6, 6);
    fireEvent.click(screen.getByRole('button', { name: 'Insert {first_name}: Their first name' }));
    await waitFor(() => expect(text.value).toBe('Hello {first_name}!'));
  });
});

describe('(C6) one that is there', () => {
  const one = (overrides: Partial<CannedReply> = {}) => {
    const reply = aFakeCannedReply(overrides);
    return { reply, desk: place(() => [reply], `/${reply.id}`) };
  };

  test('(H5) saves only what was changed, from what stood, and says what a colleague changed meanwhile', async () => {
    const { reply, desk } = one();
    await type('Text', 'From nine.');
    desk.bridge.world.canned = [{ ...reply, text: 'From ten.' }];
    desk.bridge.changed();
    expect(await screen.findByText(/Text changed meanwhile/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: /^Save/ }));
    await waitFor(() =>
      expect(asked(desk)).toEqual({
        name: 'canned-replies.update',
        args: {
          cannedReplyId: reply.id,
          changes: [{ field: 'text', from: reply.text, to: 'From nine.' }],
        },
      }),
    );
  });

  test('of a colleague can be changed and copied, but not taken away', async () => {
    const { desk } = one();
    fireEvent.click(await screen.findByRole('button', { name: 'Copy for me' }));
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Make personal' })).toBeNull();
    await waitFor(() =>
      expect(asked(desk)).toMatchObject({
        name: 'canned-replies.create',
        args: { sharing: 'personal', title: 'Opening hours' },
      }),
    );
  });

  test('of one’s own is shared only after a question, and then stands in the other list', async () => {
    const reply = aFakeCannedReply();
    const desk = place(
      (me) => [{ ...reply, ownerId: me, createdBy: me, changedBy: me }],
      `/${reply.id}`,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Share' }));
    const question = within(await screen.findByRole('alertdialog'));
    fireEvent.click(question.getByRole('button', { name: 'Share' }));
    await waitFor(() =>
      expect(asked(desk)).toEqual({
        name: 'canned-replies.move',
        args: { cannedReplyId: reply.id, to: 'shared' },
      }),
    );
    expect(await screen.findByRole('button', { name: 'Make personal' })).toBeDefined();
    expect(await screen.findByRole('button', { name: 'Shared 1' })).toBeDefined();
  });

  test('(C3) that is shared while something is changed and not saved keeps that', async () => {
    const reply = aFakeCannedReply();
    place((me) => [{ ...reply, ownerId: me, createdBy: me, changedBy: me }], `/${reply.id}`);
    await type('Text', 'From nine, all week.');
    fireEvent.click(await screen.findByRole('button', { name: 'Share' }));
    const question = within(await screen.findByRole('alertdialog'));
    fireEvent.click(question.getByRole('button', { name: 'Share' }));
    expect(await screen.findByRole('button', { name: 'Make personal' })).toBeDefined();
    expect(await field('Text')).toHaveProperty('value', 'From nine, all week.');
    expect(screen.getByRole('button', { name: /^Save/ })).toBeDefined();
  });

  test('is deleted only after a question', async () => {
    const reply = aFakeCannedReply();
    const desk = place((me) => [{ ...reply, createdBy: me }], `/${reply.id}`);
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    const question = within(await screen.findByRole('alertdialog'));
    expect(question.getByText(/Nobody in the office can insert it any more/)).toBeDefined();
    fireEvent.click(question.getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(asked(desk)).toEqual({
        name: 'canned-replies.delete',
        args: { cannedReplyId: reply.id, fromTitle: 'Opening hours' },
      }),
    );
    expect(await screen.findByText('Nothing is shared yet')).toBeDefined();
  });

  test('(C3) that a colleague takes away while it is changed here leaves what was not saved, to keep or to discard', async () => {
    const { desk } = one();
    await type('Text', 'From nine, all week.');
    desk.bridge.world.canned = [];
    desk.bridge.changed();
    expect(
      await screen.findByText(/What you changed in it and had not saved is kept/),
    ).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Save as one of my own' }));
    await waitFor(() =>
      expect(asked(desk)).toEqual({
        name: 'canned-replies.create',
        args: {
          sharing: 'personal',
          title: 'Opening hours',
          text: 'From nine, all week.',
          files: [],
        },
      }),
    );
    expect(await field('Text')).toHaveProperty('value', 'From nine, all week.');
  });

  test('that is gone says so', async () => {
    place(() => [], `/${aFakeCannedReply().id}`);
    expect(await screen.findByText('This canned reply is gone')).toBeDefined();
  });
});
