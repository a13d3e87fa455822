// @vitest-environment jsdom
// What a person chooses about notices and this computer. (F4, I1)

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DesktopState } from '../../../electron/core/api/desktop-contract.ts';
import { minuteOfTime, timeOfMinute } from '../../../renderer/settings/quiet-hours.tsx';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const asked = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.world.asked.filter((one) => one.name === name).map(({ args }) => args);

const section = (name: string) => screen.findByRole('region', { name });

function onDesktop(change: Partial<DesktopState> = {}) {
  const bridge = fakeBridge();
  bridge.world.desktop = {
    version: '0.1.0',
    keepsRunning: false,
    canTell: true,
    update: { kind: 'idle', lookedAt: null, failedAt: null },
    isBeingWritten: false,
    ...change,
  };
  renderDesk('/settings', bridge);
  return bridge;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('(F4) notifications', () => {
  test('are turned off and on, and say how much they show', async () => {
    const bridge = onDesktop();
    const part = within(await section('Notifications'));
    const text = part.getByLabelText('A notification shows');
    expect(text).toHaveProperty('value', 'customers');
    fireEvent.change(text, { target: { value: 'none' } });
    await waitFor(() => expect(asked(bridge, 'notices.set')).toMatchObject([{ text: 'none' }]));
    fireEvent.click(part.getByLabelText('Tell me when something rings my bell'));
    await waitFor(() => expect(part.queryByLabelText('A notification shows')).toBeNull());
    expect(asked(bridge, 'notices.set').at(-1)).toMatchObject({ isOn: false, text: 'none' });
  });

  test('have quiet hours with their days', async () => {
    const bridge = onDesktop();
    const part = within(await section('Notifications'));
    fireEvent.click(part.getByLabelText('Quiet hours'));
    fireEvent.change(await part.findByLabelText('From'), { target: { value: '19:30' } });
    await waitFor(() =>
      expect(asked(bridge, 'notices.set').at(-1)).toMatchObject({
        quiet: { isOn: true, from: 1170, until: 420 },
      }),
    );
    expect(part.getByLabelText('Until, on the next day')).toHaveProperty('value', '07:00');
    fireEvent.click(part.getByRole('checkbox', { name: 'Sunday' }));
    fireEvent.click(part.getByRole('checkbox', { name: 'Monday' }));
    await waitFor(() =>
      expect(asked(bridge, 'notices.set').at(-1)).toMatchObject({
        quiet: { days: [2, 3, 4, 5, 0] },
      }),
    );
  });

  test('are paused and go on', async () => {
    const bridge = onDesktop();
    const part = within(await section('Notifications'));
    fireEvent.click(part.getByRole('button', { name: 'For 1 hour' }));
    await part.findByText(/^Paused until \d\d:\d\d/);
    fireEvent.click(part.getByRole('button', { name: 'Go on now' }));
    fireEvent.click(await part.findByRole('button', { name: 'Until tomorrow' }));
    await waitFor(() =>
      expect(asked(bridge, 'notices.pause')).toEqual([
        { until: 'in-an-hour' },
        { until: null },
        { until: 'tomorrow' },
      ]),
    );
  });

  test('say why something could not be kept', async () => {
    const bridge = onDesktop();
    const part = within(await section('Notifications'));
    bridge.world.failing.set('notices.set', 'The disk is full.');
    fireEvent.click(part.getByLabelText('Quiet hours'));
    expect((await part.findByRole('alert')).textContent).toBe('The disk is full.');
  });

  test('in a browser are asked for on a click alone, and what came before is not told', async () => {
    const ask = vi.fn(() => Promise.resolve('granted'));
    const browser = { permission: 'default', requestPermission: ask };
    vi.stubGlobal('Notification', browser);
    const { bridge } = renderDesk('/settings');
    const part = within(await section('Notifications'));
    expect(ask).not.toHaveBeenCalled();
    ask.mockImplementation(() => {
      browser.permission = 'granted';
      return Promise.resolve('granted');
    });
    fireEvent.click(part.getByRole('button', { name: 'Allow notifications' }));
    await waitFor(() =>
      expect(part.queryByRole('button', { name: 'Allow notifications' })).toBeNull(),
    );
    expect(asked(bridge, 'notices.take')).toHaveLength(1);
  });

  test.each([
    ['denied', 'This browser blocks Docket’s notifications.'],
    [null, 'This browser shows no notifications.'],
  ])('in a browser with permission %s say so', async (permission, words) => {
    if (permission !== null) vi.stubGlobal('Notification', { permission });
    renderDesk('/settings');
    const part = await section('Notifications');
    await waitFor(() => expect(part.textContent).toContain(words));
  });

  test('on a computer that shows none say so', async () => {
    onDesktop({ canTell: false });
    const part = await section('Notifications');
    expect(part.textContent).toContain('This computer shows no notifications.');
  });

  test('times are written as clocks show them', () => {
    expect([0, 7 * 60 + 5, 1439].map(timeOfMinute)).toEqual(['00:00', '07:05', '23:59']);
    expect(['00:00', '07:05', '23:59', '', '7'].map(minuteOfTime)).toEqual([
      0,
      425,
      1439,
      undefined,
      undefined,
    ]);
  });
});

describe('(I1) this device', () => {
  test('keeps running in the tray where a person wants it', async () => {
    const bridge = onDesktop();
    const part = within(await section('This device'));
    fireEvent.click(part.getByLabelText('Keep running in the tray'));
    await waitFor(() => expect(asked(bridge, 'desktop.keep-running')).toEqual([{ keep: true }]));
  });

  test('on a Mac is not asked whether programs without a window go on: they do', async () => {
    onDesktop({ keepsRunning: null });
    const part = within(await section('This device'));
    expect(part.queryByLabelText('Keep running in the tray')).toBeNull();
  });

  test('looks for an update, and restarts where one is ready', async () => {
    const bridge = onDesktop();
    const part = within(await section('This device'));
    fireEvent.click(part.getByRole('button', { name: 'Look now' }));
    await waitFor(() => expect(asked(bridge, 'desktop.look-for-update')).toHaveLength(1));
    bridge.world.desktop = {
      ...bridge.world.desktop!,
      update: { kind: 'ready', version: '0.2.0' },
    };
    bridge.changed();
    fireEvent.click(await part.findByRole('button', { name: 'Restart' }));
    await waitFor(() => expect(asked(bridge, 'desktop.restart')).toHaveLength(1));
  });

  test('in a browser is one quiet line', async () => {
    renderDesk('/settings');
    const part = await section('This device');
    expect(part.textContent).toContain('Docket runs in a browser here.');
    expect(within(part).queryAllByRole('button')).toEqual([]);
  });
});

test('(G3) the palette leads to the part of the settings, which gets the focus', async () => {
  const bridge = fakeBridge();
  renderDesk('/all', bridge);
  await screen.findAllByText('All jobs');
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  fireEvent.change(await screen.findByRole('combobox'), {
    target: { value: 'notification sett' },
  });
  const choice = await screen.findByRole('option', { name: 'Notification settings' });
  expect(choice.getAttribute('aria-selected')).toBe('true');
  fireEvent.click(choice);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Notifications'));
});
