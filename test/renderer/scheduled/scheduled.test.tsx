// @vitest-environment jsdom

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { ScheduledItem } from '../../../electron/core/api/scheduled-contract.ts';
import { fakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { at, fakeId, fakeOffice } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const asked = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((each) => each.name === name).map(({ args }) => args as never);

async function write(text: string) {
  const box = await textBox();
  await waitFor(() => expect(box).toHaveProperty('readOnly', false));
  fireEvent.change(box, { target: { value: text } });
  fireEvent.click(await screen.findByRole('radio', { name: 'Customer reply' }));
}

const openTimes = async () => {
  fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true, shiftKey: true });
  return screen.findByRole('menu', { name: 'Send later' });
};

/** Asked for by its attribute: to work out every role of a page that is covered takes long. */
const question = () =>
  waitFor(() => {
    const found = document.querySelector<HTMLElement>('[role=alertdialog]');
    if (found === null) throw new Error('There is no question.');
    return found;
  });

function aScheduled(bridge: FakeBridge, more: Partial<ScheduledItem> = {}): ScheduledItem {
  const { office } = bridge.world;
  const me = at(office.members, 0);
  return {
    entryId: fakeId(),
    jobId: at(office.jobs, 0).id,
    jobTitle: at(office.jobs, 0).title,
    jobReference: at(office.jobs, 0).reference,
    customerName: 'Anna Berg',
    authorId: me.id,
    authorName: me.name,
    mine: true,
    text: 'Good morning Anna, it is ready.',
    files: [],
    writtenAt: new Date().toISOString(),
    sendAt: new Date(Date.now() + 3_600_000).toISOString(),
    unlessCustomerWrites: true,
    revision: 3,
    seenVersion: 7,
    held: null,
    waiting: null,
    ...more,
  };
}

describe('(C8) sending a reply later', () => {
  test('by key: a time of the menu schedules it, with the rule on, and the draft is gone', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    renderDesk(jobAddress(0), bridge);
    await write('Good morning Anna.');
    const menu = await openTimes();
    expect(within(menu).getByRole('menuitemcheckbox').textContent).toBe(
      'Not if Anna Berg writes first',
    );
    fireEvent.click(within(menu).getByRole('menuitem', { name: /^Tomorrow 08:00/ }));
    await waitFor(() => expect(asked(bridge, 'scheduled.add')).toHaveLength(1));
    expect(asked(bridge, 'scheduled.add')[0]).toMatchObject({
      text: 'Good morning Anna.',
      unlessCustomerWrites: true,
    });
    await waitFor(async () => expect(await textBox()).toHaveProperty('value', ''));
    expect(asked(bridge, 'entries.post')).toEqual([]);
  });

  test('the rule can be taken off', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    renderDesk(jobAddress(0), bridge);
    await write('Good morning Anna.');
    const menu = await openTimes();
    fireEvent.click(within(menu).getByRole('menuitemcheckbox'));
    fireEvent.click(within(menu).getByRole('menuitem', { name: /^In 2 hours/ }));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.add')[0]).toMatchObject({ unlessCustomerWrites: false }),
    );
  });

  test('(C9) what may not be meant for the customer is asked about when it is scheduled', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.leaks = [{ kind: 'customer', customerId: fakeId<never>(), name: 'Bela Nagy' }];
    renderDesk(jobAddress(0), bridge);
    await write('Like the one of Bela Nagy.');
    fireEvent.click(within(await openTimes()).getByRole('menuitem', { name: /^Tomorrow 08:00/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Send it anyway' }));
    await waitFor(() => expect(asked(bridge, 'scheduled.add')).toHaveLength(1));
    expect(asked(bridge, 'entries.post')).toEqual([]);
  });

  test('another time is any time that is not over', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    renderDesk(jobAddress(0), bridge);
    await write('Good morning Anna.');
    fireEvent.click(within(await openTimes()).getByRole('menuitem', { name: 'Another time…' }));
    const field = await screen.findByLabelText('When');
    fireEvent.change(field, { target: { value: '2020-01-01T08:00' } });
    expect(screen.getByText('This time is over. Choose a later one.')).toBeDefined();
    const next = new Date().getFullYear() + 1;
    fireEvent.change(field, { target: { value: `${next}-01-02T09:15` } });
    fireEvent.click(screen.getByRole('button', { name: /^Schedule for/ }));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.add')[0]).toMatchObject({
        sendAt: new Date(next, 0, 2, 9, 15).toISOString(),
      }),
    );
  });

  test('a clock that is ten years off is said, and the times are told from the server’s', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.clockAheadMs = 3653 * 86_400_000;
    renderDesk(jobAddress(0), bridge);
    await write('Good morning Anna.');
    const menu = await openTimes();
    expect(menu.textContent).toContain('3653 days ahead of the server’s');
    fireEvent.click(within(menu).getByRole('menuitem', { name: /^In 2 hours/ }));
    await waitFor(() => expect(asked(bridge, 'scheduled.add')).toHaveLength(1));
    const [{ sendAt }] = asked(bridge, 'scheduled.add') as unknown as [{ sendAt: string }];
    expect(Date.parse(sendAt)).toBeLessThan(Date.now() - 9 * 365 * 86_400_000);
  });

  test('a note has no time', async () => {
    renderDesk(jobAddress(0));
    await textBox();
    expect(screen.queryByRole('button', { name: 'Send later' })).toBeNull();
  });
});

describe('(C8) a scheduled reply', () => {
  test('stands at the end of its job with who, when and the rule, and is counted in the header', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    expect(section.textContent).toContain('Good morning Anna, it is ready.');
    expect(section.textContent).toContain('Scheduled');
    expect(section.textContent).toContain('not if Anna Berg writes first');
    expect(screen.getByText('1 scheduled')).toBeDefined();
  });

  test('is cancelled and sent only after a question', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    const item = aScheduled(bridge);
    bridge.world.scheduled = [item];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByRole('button', { name: 'Send now' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Leave it for its time' }));
    fireEvent.click(within(section).getByRole('button', { name: 'Cancel' }));
    expect(asked(bridge, 'scheduled.end')).toEqual([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel the reply' }));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.end')).toMatchObject([
        { entryId: item.entryId, revision: 3, how: 'cancel' },
      ]),
    );
  });

  test.each([
    ['Make internal', null],
    ['Look and decide', 'Send now'],
  ])('gives the focus to the feed when it goes after %s', async (button, choice) => {
    const bridge = fakeBridge(fakeOffice(12));
    const held = { why: 'too-late', at: new Date().toISOString(), news: [] } as const;
    bridge.world.scheduled = [aScheduled(bridge, { held: choice === null ? null : held })];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByLabelText('Scheduled replies');
    const feed = section.closest('[data-feed]');
    within(section).getByText(button).focus();
    fireEvent.click(within(section).getByText(button));
    if (choice !== null) {
      const dialog = await question();
      await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
      fireEvent.click(within(dialog).getByText(choice));
    }
    await waitFor(() => expect(asked(bridge, 'scheduled.end')).toHaveLength(1));
    bridge.world.scheduled = [];
    act(() => bridge.changed());
    await waitFor(() => expect(section.isConnected).toBe(false));
    await waitFor(() => expect(document.activeElement === feed).toBe(true));
  });

  test('is changed in words and time by who wrote it', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByRole('button', { name: 'Edit' }));
    fireEvent.change(await screen.findByLabelText('Reply'), { target: { value: 'Other words.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Tomorrow 08:00' }));
    fireEvent.click(screen.getByRole('button', { name: /^Schedule for/ }));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.change')).toMatchObject([
        { text: 'Other words.', revision: 3, unlessCustomerWrites: true },
      ]),
    );
  });

  test('(C9) whose words are asked about keeps the time that was chosen', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    bridge.world.leaks = [{ kind: 'customer', customerId: fakeId<never>(), name: 'Bela Nagy' }];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByText('Edit'));
    fireEvent.change(await screen.findByLabelText('Reply'), { target: { value: 'As Bela Nagy.' } });
    const chosen = `${new Date().getFullYear() + 1}-01-02T09:15`;
    fireEvent.change(screen.getByLabelText('When'), { target: { value: chosen } });
    fireEvent.click(screen.getByLabelText(/^Not if Anna Berg writes first/));
    fireEvent.click(screen.getByText(/^Schedule for/));
    fireEvent.click(await screen.findByText('Back to the reply'));
    expect(await screen.findByLabelText('Reply')).toHaveProperty('value', 'As Bela Nagy.');
    expect(screen.getByLabelText('When')).toHaveProperty('value', chosen);
    fireEvent.change(screen.getByLabelText('Reply'), { target: { value: 'As ever.' } });
    bridge.world.leaks = [];
    fireEvent.click(screen.getByText(/^Schedule for/));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.change')).toMatchObject([
        { text: 'As ever.', sendAt: new Date(chosen).toISOString(), unlessCustomerWrites: false },
      ]),
    );
  });

  test('(C3) whose words were changed asks before it drops them, and says where they are too many', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByText('Edit'));
    const box = await screen.findByLabelText('Reply');
    fireEvent.change(box, { target: { value: 'x'.repeat(20_001) } });
    expect(screen.getByText('1 character too long')).toBeDefined();
    expect(screen.getByText(/^Schedule for/)).toHaveProperty('disabled', true);
    fireEvent.change(box, { target: { value: 'Half a sentence' } });
    fireEvent.keyDown(box, { key: 'Escape' });
    fireEvent.click(within(await question()).getByText('Go on editing'));
    await waitFor(() => expect(document.querySelector('[role=alertdialog]')).toBeNull());
    expect(await screen.findByLabelText('Reply')).toHaveProperty('value', 'Half a sentence');
    fireEvent.click(screen.getByText('Leave it'));
    fireEvent.click(within(await question()).getByText('Drop it'));
    await waitFor(() => expect(screen.queryByLabelText('Reply')).toBeNull());
    expect(asked(bridge, 'scheduled.change')).toEqual([]);
  });

  test('[P6] that is changed knows nothing of what came while its window covered the job', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByText('Edit'));
    await screen.findByLabelText('Reply');
    const before = bridge.world.seenVersion;
    bridge.world.seenVersion += 1;
    act(() => bridge.changed());
    fireEvent.click(screen.getByText(/^Schedule for/));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.change')).toMatchObject([{ seenVersion: before }]),
    );
  });

  test('[P6] that is sent now knows nothing of what came while its question covered the job', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByText('Send now'));
    const dialog = await question();
    const before = bridge.world.seenVersion;
    bridge.world.seenVersion += 1;
    act(() => bridge.changed());
    fireEvent.click(within(dialog).getByText('Send now'));
    await waitFor(() =>
      expect(asked(bridge, 'scheduled.end')).toMatchObject([{ seenVersion: before }]),
    );
    // Offline it waits, and what is news there holds it: nobody knows yet that it was sent.
    await screen.findByText('On its way to Anna Berg');
  });

  test('of a colleague is given another time, and no other words', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    const other = at(bridge.world.office.members, 1);
    bridge.world.scheduled = [
      aScheduled(bridge, { mine: false, authorId: other.id, authorName: other.name }),
    ];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByRole('button', { name: 'Reschedule' }));
    await screen.findByLabelText('When');
    expect(screen.queryByLabelText('Reply')).toBeNull();
  });

  test('goes back to a draft, for its customer still', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    fireEvent.click(within(section).getByRole('button', { name: 'Back to a draft' }));
    await waitFor(async () =>
      expect(await textBox()).toHaveProperty('value', 'Good morning Anna, it is ready.'),
    );
    await waitFor(() =>
      expect(
        screen.getByRole('radio', { name: 'Customer reply' }).getAttribute('aria-checked'),
      ).toBe('true'),
    );
    // The last thing it does; what came after the end of this test would move the next one's page.
    await waitFor(async () => expect(document.activeElement).toBe(await textBox()));
  });

  test('that was held says why, beside what the customer wrote, and what can be done; Esc leaves it', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    const now = new Date().toISOString();
    const preview = {
      kind: 'reply',
      audience: 'visible',
      fromCustomer: true,
      authorName: 'Anna Berg',
      mine: false,
      snippet: 'Wait.',
    } as const;
    const news = [{ entryId: fakeId<never>(), preview, text: 'Wait, one question.', at: now }];
    bridge.world.scheduled = [
      aScheduled(bridge, { held: { why: 'customer-wrote', at: now, news } }),
    ];
    renderDesk(jobAddress(0), bridge);
    const section = await screen.findByRole('region', { name: 'Scheduled replies' });
    expect(section.textContent).toContain('Not sent');
    expect(section.textContent).not.toContain('writes first');
    fireEvent.click(within(section).getByText('Look and decide'));
    const dialog = await question();
    expect(dialog.textContent).toContain('Wait, one question.');
    expect(dialog.textContent).toContain('Nothing has been sent.');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Edit or reschedule'));
    fireEvent.keyDown(dialog, { key: 'Escape' });
    await waitFor(() => expect(document.querySelector('[role=alertdialog]')).toBeNull());
    expect(asked(bridge, 'scheduled.end')).toEqual([]);
    fireEvent.click(within(section).getByText('Look and decide'));
    fireEvent.click(within(await question()).getByText('Send now'));
    await waitFor(() => expect(asked(bridge, 'scheduled.end')).toMatchObject([{ how: 'send' }]));
  });

  test.each([
    ['other-customer', ['Send now', 'Edit or reschedule']],
    ['file-gone', ['Make it an internal note', 'Send now', 'Edit or reschedule']],
    ['author-left', ['Edit or reschedule']],
  ] as const)(
    'held as %s goes on as a draft, and offers nothing that ends the same way',
    async (why, missing) => {
      const bridge = fakeBridge(fakeOffice(12));
      bridge.world.scheduled = [
        aScheduled(bridge, { held: { why, at: new Date().toISOString(), news: [] } }),
      ];
      renderDesk(jobAddress(0), bridge);
      const section = await screen.findByRole('region', { name: 'Scheduled replies' });
      fireEvent.click(within(section).getByText('Look and decide'));
      const dialog = within(await question());
      for (const words of missing) expect(dialog.queryByText(words), words).toBeNull();
      await waitFor(() => expect(document.activeElement?.textContent).toBe('Back to a draft'));
      fireEvent.click(dialog.getByText('Back to a draft'));
      await waitFor(async () =>
        expect(await textBox()).toHaveProperty('value', 'Good morning Anna, it is ready.'),
      );
      await waitFor(() => expect(document.querySelector('[role=alertdialog]')).toBeNull());
      await waitFor(async () => expect(document.activeElement).toBe(await textBox()));
    },
  );

  test('stands in the list of what waits, of the whole office, where it is not sent unseen', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    bridge.world.scheduled = [aScheduled(bridge)];
    renderDesk('/waiting', bridge);
    await screen.findByRole('heading', { name: /^Scheduled, of the whole office/ });
    const row = await screen.findByRole('article', { name: 'Scheduled, reply to Anna Berg' });
    expect(within(row).queryByRole('button', { name: 'Send now' })).toBeNull();
    expect(screen.queryByText('Everything is sent')).toBeNull();
  });

  test('(F3) that was held rings the bell until somebody has decided', async () => {
    const bridge = fakeBridge(fakeOffice(12));
    const job = at(bridge.world.office.jobs, 0);
    bridge.world.heldReplies = [
      {
        entryId: fakeId(),
        jobId: job.id,
        jobTitle: job.title,
        customerName: 'Anna Berg',
        why: 'customer-wrote',
        at: new Date().toISOString(),
      },
    ];
    renderDesk(jobAddress(0), bridge);
    fireEvent.click(await screen.findByRole('button', { name: /^Bell, \d+ new/ }));
    const list = await screen.findByRole('list', { name: 'Replies that were not sent' });
    expect(list.textContent).toContain('The reply to Anna Berg was not sent.');
  });
});
