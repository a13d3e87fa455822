// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SessionState } from '../../../electron/core/api/session-contract.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { renderDesk } from '../../support/render-desk.tsx';

function renderSignIn(session: SessionState) {
  const bridge = fakeBridge();
  bridge.world.session = session;
  renderDesk('/', bridge);
  return bridge;
}

const signedOut = (overrides: { serverUrl?: string; email?: string } = {}): SessionState => ({
  kind: 'signed-out',
  serverUrl: 'http://127.0.0.1:4310',
  email: '',
  ...overrides,
});
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('email and password go to the remembered server (J1)', async () => {
  const bridge = renderSignIn(signedOut());
  await screen.findByRole('heading', { name: 'Sign in to Docket' });
  expect(screen.queryByLabelText('Server')).toBeNull();
  fill('Email', ' mara@nordhafen.example ');
  fill('Password', 'correct horse');
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() =>
    expect(bridge.world.asked).toEqual([
      {
        name: 'session.sign-in',
        args: {
          serverUrl: 'http://127.0.0.1:4310',
          email: 'mara@nordhafen.example',
          password: 'correct horse',
        },
      },
    ]),
  );
});

test('a device that knows no server asks for it', async () => {
  renderSignIn(signedOut({ serverUrl: '' }));
  expect(await screen.findByLabelText('Server')).toBeDefined();
});

test('what is missing is said before anything is sent', async () => {
  const bridge = renderSignIn(signedOut({ email: 'mara@nordhafen.example' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Fill in your password.');
  expect(bridge.world.asked).toEqual([]);
});

test('a failure of the world is said in its sentence', async () => {
  const bridge = renderSignIn(signedOut({ email: 'mara@nordhafen.example' }));
  bridge.world.failing.set('session.sign-in', 'The server cannot be reached. Check your network.');
  await screen.findByRole('heading', { name: 'Sign in to Docket' });
  fill('Password', 'correct horse');
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached.');
  expect(screen.getByLabelText('Password')).toHaveProperty('value', 'correct horse');
});

test('[F4] an ended session says that everything is kept, and stays with its member', async () => {
  renderSignIn({
    kind: 'expired',
    serverUrl: 'http://127.0.0.1:4310',
    email: 'mara@nordhafen.example',
  });
  expect(await screen.findByText(/Everything you wrote is kept/)).toBeDefined();
  expect(screen.getByLabelText('Email')).toHaveProperty('readOnly', true);
});

const ended = (
  overrides: Partial<Extract<SessionState, { kind: 'ended' }>> = {},
): SessionState => ({
  kind: 'ended',
  serverUrl: 'http://127.0.0.1:4310',
  email: 'mara@nordhafen.example',
  by: 'admin',
  officeName: 'Nordhafen',
  unsent: 3,
  problem: null,
  ...overrides,
});

test('(J1) a device that was signed out says by whom, what was removed and how much waits', async () => {
  renderSignIn(ended());
  await screen.findByRole('heading', { name: 'This device was signed out' });
  expect(screen.getByText('An administrator of Nordhafen signed this device out.')).toBeDefined();
  expect(screen.getByText(/^Everything of Nordhafen was removed from this device/)).toBeDefined();
  expect(
    screen.getByText(
      '3 changes you had not sent are kept here with your drafts. They go out after you sign in again.',
    ),
  ).toBeDefined();
  expect(screen.getByLabelText('Email')).toHaveProperty('value', 'mara@nordhafen.example');
  expect(document.activeElement).toBe(screen.getByLabelText('Password'));
});

test('(J1) while the office is being removed nobody signs in, and what could not be removed is said', async () => {
  const bridge = renderSignIn(ended({ unsent: null }));
  expect(
    await screen.findByText('Removing everything of Nordhafen from this device…'),
  ).toBeDefined();
  expect(screen.getByRole('button', { name: 'Sign in' })).toHaveProperty('disabled', true);
  bridge.world.session = ended({ unsent: null, problem: 'Not everything could be removed.' });
  bridge.changed();
  expect((await screen.findByRole('alert')).textContent).toBe('Not everything could be removed.');
  expect(screen.getByRole('button', { name: 'Sign in' })).toHaveProperty('disabled', false);
});

test('(J1) whoever was removed leaves the device to somebody else', async () => {
  renderSignIn(ended({ by: 'removal', unsent: 1 }));
  expect(await screen.findByText('You are no longer a member of Nordhafen.')).toBeDefined();
  expect(screen.getByText(/It goes out only if an administrator adds you again/)).toBeDefined();
  expect(screen.getByLabelText('Email')).toHaveProperty('value', '');
});
