// @vitest-environment jsdom

import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { OutboxItem } from '../../../electron/core/api/outbox-contract.ts';
import { type FakeBridge, fakeBridge, waitForLook } from '../../support/fake-bridge.ts';
import { fakeId } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const AWAY = { from: '2026-11-26T16:00:00.000Z', until: '2026-11-27T06:00:00.000Z' };

const anItem = (text: string, audience: OutboxItem['audience']): OutboxItem => ({
  mutationId: fakeId(),
  jobId: fakeId(),
  jobTitle: 'Golf 8, rear quarter panel',
  jobReference: '#2291',
  audience,
  title: audience === 'visible' ? 'Reply to Anna Berg' : 'Note',
  text,
  files: [],
  writtenAt: '2026-11-26T17:12:00.000Z',
  isOnItsWay: false,
  isPost: true,
  state: { kind: 'waiting' },
});

/** Two replies and a note were written on the way. */
function cameBack(bridge: FakeBridge): FakeBridge {
  const { world } = bridge;
  const texts = ['Thursday is fine.', 'It is ready.'];
  world.outbox = [...texts.map((text) => anItem(text, 'visible')), anItem('Ask Paul.', 'internal')];
  waitForLook(world, AWAY);
  return bridge;
}

const row = async (text: string) => within((await screen.findByText(text)).closest('article')!);
const idsForLook = ({ world }: FakeBridge) =>
  world.outbox
    .filter(({ state }) => state.kind === 'waits-for-look')
    .map(({ mutationId }) => mutationId);

test('(H4) [P7] the list says how long the device was away, and one button sends what customers would see', async () => {
  const bridge = cameBack(fakeBridge());
  const mutationIds = idsForLook(bridge);
  renderDesk('/waiting', bridge);
  const notice = within(await screen.findByRole('note'));
  expect(notice.getByText(/^This device was away for 14 hours, since /)).toBeDefined();
  expect(notice.getByText(/2 things for customers wait for your look/)).toBeDefined();
  expect((await row('Thursday is fine.')).getByText('Waits for your look')).toBeDefined();
  expect((await row('Ask Paul.')).getByText('Waiting')).toBeDefined();
  fireEvent.click(notice.getByRole('button', { name: 'Send 2 to customers' }));
  await waitFor(() => expect(screen.queryByRole('note')).toBeNull());
  expect(bridge.world.asked).toContainEqual({
    name: 'outbox.send-to-customers',
    args: { mutationIds },
  });
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Waiting to send' })),
  );
});

test('(H4) each of them can still be edited, made internal or discarded', async () => {
  renderDesk('/waiting', cameBack(fakeBridge()));
  const actions = await row('It is ready.');
  for (const name of ['Edit', 'Make internal', 'Discard'])
    expect(actions.getByRole('button', { name })).toBeDefined();
});

test('[P7] a send that is refused says so where it was asked for', async () => {
  const bridge = cameBack(fakeBridge());
  bridge.world.failing.set('outbox.send-to-customers', 'The disk is full.');
  renderDesk('/waiting', bridge);
  fireEvent.click(await screen.findByRole('button', { name: 'Send 2 to customers' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The disk is full.');
});

test('(H4) [P7] when the look begins the list is shown by itself, once', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await textBox();
  cameBack(bridge).changed();
  await screen.findByRole('button', { name: 'Send 2 to customers' });
  expect(window.location.hash).toBe('#/waiting');
  window.location.hash = jobAddress(0)(bridge);
  await textBox();
  bridge.changed();
  expect(window.location.hash).toContain('/jobs/');
});

test('(H4) who is writing is told beside it, and goes there when they want to', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  const box = await textBox();
  box.focus();
  cameBack(bridge).changed();
  fireEvent.click(await screen.findByRole('button', { name: 'Look now' }));
  expect(window.location.hash).toBe('#/waiting');
});

test('(H7) sidebar and badge say that they need you, also aloud', async () => {
  const bridge = cameBack(fakeBridge());
  renderDesk('/waiting', bridge);
  expect(await screen.findByRole('link', { name: 'Waiting to send needs you 3' })).toBeDefined();
  const badge = await screen.findByRole('button', { name: /^Needs you/ });
  expect(badge.textContent).toContain('2 things for customers wait for your look');
  const spoken = screen.getAllByRole('status').map(({ textContent }) => textContent);
  expect(spoken).toContain('Needs you, 2 things for customers wait for your look');
});
