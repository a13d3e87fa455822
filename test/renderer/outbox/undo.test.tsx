// @vitest-environment jsdom

import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutboxItem } from '../../../electron/core/api/outbox-contract.ts';
import { countDown, type FakeBridge } from '../../support/fake-bridge.ts';
import { fakeId } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const NOW = Date.parse('2026-11-28T10:00:00.000Z');
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const TEXT = 'Thursday is fine.';

beforeEach(() => {
  // The time of day alone: what waits for the screen goes on in real time.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  return () => vi.useRealTimers();
});

const write = async (text: string, audience: 'Internal note' | 'Customer reply') => {
  await waitFor(async () => expect(await textBox()).toHaveProperty('readOnly', false));
  fireEvent.change(await textBox(), { target: { value: text } });
  fireEvent.click(screen.getByRole('radio', { name: audience }));
  fireEvent.keyDown(await textBox(), { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(screen.getAllByText(text, { ignore: 'textarea' })).toBeDefined());
  await waitFor(async () => expect(await textBox()).toHaveProperty('value', ''));
};

/** A reply was sent on the first job, and counts down there. */
async function replied(seconds = 8) {
  const desk = renderDesk(jobAddress(0));
  await write(TEXT, 'Customer reply');
  countDown(desk.bridge.world, inSeconds(seconds));
  desk.bridge.changed();
  return { ...desk, entry: await entryOf(TEXT) };
}

const entryOf = async (text: string) => {
  const feed = within(await screen.findByRole('region', { name: 'Activity' }));
  return within((await feed.findByText(text)).closest('article')!);
};
const askedFor = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((asked) => asked.name === name).map(({ args }) => args);
const idOf = ({ world }: FakeBridge) => world.outbox.at(-1)?.mutationId;
const pressUndo = async () => fireEvent.keyDown(await textBox(), { key: 'z', ctrlKey: true });

const isDraft = async () => {
  await waitFor(async () => expect(await textBox()).toHaveProperty('value', TEXT));
  const radio = screen.getByRole('radio', { name: 'Customer reply' });
  await waitFor(() => expect(radio.getAttribute('aria-checked')).toBe('true'));
};
/** Text and audience are a draft again, and the cursor is in it. */
const isBack = async () => {
  await isDraft();
  await waitFor(async () => expect(document.activeElement).toBe(await textBox()));
};

describe('(C4) [P8] a reply that counts down', () => {
  test('says in the feed to whom it goes and when, second by second, read aloud once', async () => {
    const { entry } = await replied(8);
    const timer = await entry.findByRole('timer');
    expect(timer.parentElement?.textContent).toBe('Sending to Anna Berg in 8 s');
    expect(timer.closest('[aria-live], [role=status]')).toBeNull();
    const spoken = 'Sending to Anna Berg in 10 s. Ctrl Z takes it back.';
    await waitFor(() =>
      expect(screen.getAllByRole('status').map((status) => status.textContent)).toContain(spoken),
    );
    vi.setSystemTime(NOW + 5000);
    await waitFor(() => expect(timer.textContent).toBe('in 3 s'));
    vi.setSystemTime(NOW + 9000);
    await waitFor(() => expect(timer.textContent).toBe(''));
  });

  test('comes back with Undo: text and audience are a draft, and the cursor is in it', async () => {
    const { bridge, entry } = await replied();
    const mutationId = idOf(bridge);
    fireEvent.click(await entry.findByRole('button', { name: 'Undo' }));
    await isBack();
    expect(askedFor(bridge, 'outbox.take-back')).toEqual([{ mutationId }]);
  });

  test('leaves with Send now, and who stood on it stands in the feed', async () => {
    const { bridge, entry } = await replied();
    const mutationId = idOf(bridge);
    const button = await entry.findByRole('button', { name: 'Send now' });
    button.focus();
    fireEvent.click(button);
    await waitFor(() => expect(entry.queryByRole('timer')).toBeNull());
    expect(askedFor(bridge, 'outbox.send-now')).toEqual([{ mutationIds: [mutationId] }]);
    expect(document.activeElement?.hasAttribute('data-feed')).toBe(true);
  });

  test('that is with the server by the time of Undo says so, and leaves no draft behind', async () => {
    const { bridge, entry } = await replied();
    bridge.world.failing.set('outbox.take-back', 'This may be with the server already.');
    fireEvent.click(await entry.findByRole('button', { name: 'Undo' }));
    expect((await entry.findByRole('alert')).textContent).toBe(
      'This may be with the server already.',
    );
    expect(await textBox()).toHaveProperty('value', '');
  });

  test('does not overwrite what is written meanwhile', async () => {
    const { bridge, entry } = await replied();
    fireEvent.change(await textBox(), { target: { value: 'Something else' } });
    fireEvent.click(await entry.findByRole('button', { name: 'Undo' }));
    expect((await entry.findByRole('alert')).textContent).toContain('Another draft stands');
    expect(askedFor(bridge, 'outbox.take-back')).toEqual([]);
  });

  test('is still going to its reader while it leaves, without a button', async () => {
    const { bridge, entry } = await replied();
    await entry.findByRole('timer');
    const { world } = bridge;
    world.outbox = world.outbox.map(
      (item): OutboxItem => ({ ...item, state: { kind: 'sending' } }),
    );
    bridge.changed();
    await entry.findByText(/^Sending to/);
    await waitFor(() => expect(entry.queryByRole('button', { name: 'Undo' })).toBeNull());
  });
});

describe('(C4) (G3) Ctrl Z', () => {
  test('in the empty composer takes the reply back', async () => {
    await replied();
    await pressUndo();
    await isBack();
  });

  test('undoes what is written first', async () => {
    const { bridge } = await replied();
    fireEvent.change(await textBox(), { target: { value: 'Something else' } });
    await pressUndo();
    expect(await textBox()).toHaveProperty('value', 'Something else');
    expect(askedFor(bridge, 'outbox.take-back')).toEqual([]);
  });

  test('without a network takes back the reply that waits, and never a note', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    await write(TEXT, 'Customer reply');
    await write('Ask Paul.', 'Internal note');
    await pressUndo();
    await isBack();
    expect(bridge.world.outbox.map(({ text }) => text)).toEqual(['Ask Paul.']);
  });

  test('stands among the keys', async () => {
    renderDesk('/');
    await screen.findByRole('navigation', { name: 'Jobs' });
    fireEvent.keyDown(window, { key: '?' });
    const keys = within(await screen.findByRole('dialog', { name: 'Keys' }));
    expect(keys.getByText('Ctrl Z').closest('div')?.textContent).toContain('undo the last reply');
  });
});

describe('(C4) (H3) without a network', () => {
  test('the entry in the feed offers what the list of what waits does', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    await write(TEXT, 'Customer reply');
    await write('Ask Paul.', 'Internal note');
    const reply = await entryOf(TEXT);
    expect(reply.getByText('On this device, waiting')).toBeDefined();
    for (const name of ['Edit', 'Make internal', 'Discard'])
      expect(await reply.findByRole('button', { name })).toBeDefined();
    const note = await entryOf('Ask Paul.');
    expect(await note.findByRole('button', { name: 'Edit' })).toBeDefined();
    expect(note.queryByRole('button', { name: 'Make internal' })).toBeNull();
    const { mutationId } = bridge.world.outbox[0]!;
    fireEvent.click(reply.getByRole('button', { name: 'Make internal' }));
    await waitFor(() => expect(askedFor(bridge, 'outbox.make-internal')).toEqual([{ mutationId }]));
  });
});

describe('(C4) (H4) the list of what waits', () => {
  test('counts down as well, and sends one now, or all of it', async () => {
    const { bridge } = await replied(8);
    await write('Ask Paul.', 'Internal note');
    const { mutationId } = bridge.world.outbox[0]!;
    window.location.hash = '/waiting';
    await screen.findByRole('heading', { name: 'Waiting to send' });
    const row = within((await screen.findByText(TEXT)).closest('article')!);
    expect(row.getByRole('timer').parentElement?.textContent).toBe('Sending in 8 s');
    for (const name of ['Send now', 'Edit', 'Make internal', 'Discard'])
      expect(row.getByRole('button', { name })).toBeDefined();
    fireEvent.click(screen.getAllByRole('button', { name: 'Send now' })[0]!);
    await waitFor(() => expect(askedFor(bridge, 'sync.now')).toHaveLength(1));
    expect(askedFor(bridge, 'outbox.send-now')).toEqual([{ mutationIds: [mutationId] }]);
  });
});

describe('(C4) what counts down elsewhere', () => {
  const notice = (words: string) => screen.findByText(words);

  test('is told of wherever its author has gone, with Undo, and not where it is on the screen', async () => {
    const { bridge } = await replied();
    expect(screen.queryByText('Reply to Anna Berg leaves in a moment')).toBeNull();
    window.location.hash = jobAddress(1)(bridge);
    await notice('Reply to Anna Berg leaves in a moment');
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await isDraft();
    expect(window.location.hash).toBe(`#${jobAddress(0)(bridge)}`);
  });

  test('is one notice for several, which shows them all, and goes with them', async () => {
    const { bridge } = await replied();
    const { world } = bridge;
    world.outbox.push({
      ...world.outbox[0]!,
      mutationId: fakeId(),
      jobId: world.office.jobs[2]!.id,
    });
    bridge.changed();
    window.location.hash = jobAddress(1)(bridge);
    await notice('2 replies leave in a moment');
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    await screen.findByRole('heading', { name: 'Waiting to send' });
    await waitFor(() => expect(screen.queryByText('2 replies leave in a moment')).toBeNull());
  });
});

test('(C4) the time for it is chosen in the settings', async () => {
  const { bridge } = renderDesk('/settings');
  const select = await screen.findByLabelText('Undo time for customer replies');
  expect(select).toHaveProperty('value', '10');
  fireEvent.change(select, { target: { value: '0' } });
  await waitFor(() => expect(select).toHaveProperty('value', '0'));
  expect(askedFor(bridge, 'outbox.set-undo-time')).toEqual([{ seconds: 0 }]);
});
