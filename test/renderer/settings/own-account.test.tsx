// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ClientId } from '../../../sync-server/protocol/ids.ts';
import { fakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { fakeId, fakeOffice } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

function renderSettings(): FakeBridge {
  const bridge = fakeBridge(fakeOffice(3));
  const { world } = bridge;
  const times = { signedInAt: '2026-11-02T08:00:00.000Z', lastSeenAt: '2026-11-12T09:10:00.000Z' };
  world.seen = [
    {
      memberId: world.office.members[0]!.id,
      lastSeenAt: times.lastSeenAt,
      devices: [
        { clientId: world.thisClientId, name: 'Office computer', ...times },
        { clientId: fakeId<ClientId>(), name: 'Old laptop', ...times },
      ],
    },
  ];
  renderDesk('/settings', bridge);
  return bridge;
}

const asked = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((one) => one.name === name).map(({ args }) => args);
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const change = () => fireEvent.click(screen.getByRole('button', { name: 'Change password' }));

test('(J1) the own devices are listed, this one is marked, and another one is signed out after a question', async () => {
  const bridge = renderSettings();
  const list = within(await screen.findByRole('list', { name: /^Devices of/ }));
  const [first, second] = list.getAllByRole('listitem');
  expect(within(first!).getByText('This device')).toBeDefined();
  expect(within(second!).queryByText('This device')).toBeNull();
  fireEvent.click(list.getByRole('button', { name: 'Sign out Old laptop' }));
  const question = within(await screen.findByRole('alertdialog'));
  expect(document.activeElement?.textContent).toBe('Keep it signed in');
  fireEvent.click(question.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(asked(bridge, 'devices.sign-out')).toHaveLength(1));
});

test('(J1) signing out where one sits says that the copy stays', async () => {
  const bridge = renderSettings();
  fireEvent.click(await screen.findByRole('button', { name: 'Sign out Office computer' }));
  const question = within(await screen.findByRole('alertdialog'));
  expect(question.getByText(/stays on it for your next sign-in/)).toBeDefined();
  fireEvent.click(question.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(asked(bridge, 'session.sign-out')).toHaveLength(1));
  expect(asked(bridge, 'devices.sign-out')).toEqual([]);
});

test('(J1) offline other devices stay as they are, with the reason', async () => {
  const bridge = renderSettings();
  await screen.findByRole('button', { name: 'Sign out Old laptop' });
  bridge.world.sync = { ...bridge.world.sync, kind: 'offline' };
  bridge.changed();
  await screen.findByText(/kept by the server alone/);
  expect(screen.getByRole('button', { name: 'Sign out Old laptop' })).toHaveProperty(
    'disabled',
    true,
  );
  expect(screen.getByRole('button', { name: 'Change password' })).toHaveProperty('disabled', true);
});

test('(J1) the own password is changed with the old one, and other devices are signed out unless that is not wished', async () => {
  const bridge = renderSettings();
  await screen.findByLabelText('Old password');
  fill('Old password', 'the one before');
  fill('New password', 'four random words here');
  fill('New password once more', 'four random words here');
  expect(screen.getByLabelText('Sign out my other devices')).toHaveProperty('checked', true);
  change();
  await waitFor(() =>
    expect(asked(bridge, 'session.change-password')).toEqual([
      {
        oldPassword: 'the one before',
        newPassword: 'four random words here',
        signOutOthers: true,
      },
    ]),
  );
  await waitFor(() => expect(screen.getByLabelText('Old password')).toHaveProperty('value', ''));
});

test('(J1) what is missing is said at its field, and a wrong old password keeps what was typed', async () => {
  const bridge = renderSettings();
  await screen.findByLabelText('Old password');
  fill('New password', 'short');
  fill('New password once more', 'shorter');
  change();
  expect(await screen.findByText('Fill in the password you sign in with now.')).toBeDefined();
  expect(screen.getByText('This has 5 of at least 10 characters.')).toBeDefined();
  expect(screen.getByText(/not the same as beside it/)).toBeDefined();
  expect(asked(bridge, 'session.change-password')).toEqual([]);
  bridge.world.failing.set('session.change-password', 'The old password is not right.');
  fill('Old password', 'wrong');
  fill('New password', 'four random words here');
  fill('New password once more', 'four random words here');
  change();
  expect((await screen.findByRole('alert')).textContent).toBe('The old password is not right.');
  expect(screen.getByLabelText('New password')).toHaveProperty('value', 'four random words here');
});
