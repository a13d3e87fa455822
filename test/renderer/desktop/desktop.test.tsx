// @vitest-environment jsdom
// What the page does of what only a desktop has: commands of menus, windows, updates. (I1)

import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DesktopState } from '../../../electron/core/api/desktop-contract.ts';
import { Commands, followCommands } from '../../../renderer/desktop/commands.ts';
import { updateWords } from '../../../renderer/desktop/update-words.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const READY: DesktopState['update'] = { kind: 'ready', version: '0.2.0' };

function withDesktop(change: Partial<DesktopState> & { isBeingWritten?: boolean } = {}) {
  const bridge = fakeBridge();
  bridge.world.desktop = {
    version: '0.1.0',
    keepsRunning: false,
    canTell: true,
    update: { kind: 'off' },
    isBeingWritten: false,
    ...change,
  };
  return bridge;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('(I1) commands of native menus', () => {
  test('go to places at once, and open over the desk as soon as there is one', () => {
    const commands = new Commands();
    const opened: unknown[] = [];
    commands.receive('new-job');
    commands.receive('unread');
    expect(window.location.hash).toBe('#/unread');
    const stop = commands.deskOpens((one) => opened.push(one));
    commands.receive('find');
    commands.receive('keys');
    expect(opened).toEqual(['new-job', 'palette', 'keys']);
    stop();
    commands.receive('find');
    commands.deskOpens((one) => opened.push(one));
    expect(opened).toEqual(['new-job', 'palette', 'keys', 'palette']);
  });

  test('come from this very page alone, and what is none of ours does nothing', () => {
    const received: string[] = [];
    const commands = Object.assign(new Commands(), {
      receive: (command: string) => received.push(command),
    });
    followCommands(window, commands);
    const say = (data: unknown, source: Window | null = window) =>
      window.dispatchEvent(new MessageEvent('message', { data, source }));
    say({ docket: 'command', command: 'find' });
    say({ docket: 'command', command: 'find' }, null);
    say({ docket: 'command', command: 7 });
    say({ docket: 'link', command: 'find' });
    say('find');
    expect(received).toEqual(['find']);
    window.location.hash = '#/all';
    for (const odd of ['constructor', '__proto__', 'format-disk', '']) new Commands().receive(odd);
    expect(window.location.hash).toBe('#/all');
  });
});

describe('(I1) an update', () => {
  test('that is ready says so, and a click restarts', async () => {
    const bridge = withDesktop({ update: READY });
    renderDesk('/all', bridge);
    const words = 'Docket 0.2 is ready. Restart to update.';
    fireEvent.click(await screen.findByRole('button', { name: words }));
    await waitFor(() =>
      expect(bridge.world.asked.map(({ name }) => name)).toContain('desktop.restart'),
    );
  });

  test('is silent while something is being written', async () => {
    renderDesk('/all', withDesktop({ update: READY, isBeingWritten: true }));
    await screen.findAllByText('All jobs');
    expect(screen.queryByText(/Restart to update/)).toBeNull();
  });

  test('is offered where this Docket and the server do not understand each other [H9]', async () => {
    const bridge = withDesktop({ update: { kind: 'idle', lookedAt: null, failedAt: null } });
    bridge.world.sync = { ...bridge.world.sync, kind: 'update-needed' };
    renderDesk('/all', bridge);
    fireEvent.click(await screen.findByRole('button', { name: /^Update needed/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Look for an update' }));
    await waitFor(() =>
      expect(bridge.world.asked.map(({ name }) => name)).toContain('desktop.look-for-update'),
    );
    act(() => {
      bridge.world.desktop = { ...bridge.world.desktop!, update: READY };
      bridge.changed();
    });
    await screen.findByRole('button', { name: 'Restart to update' });
  });

  test.each([
    [{ kind: 'off' }, 'This Docket looks for no updates'],
    [{ kind: 'idle', lookedAt: null, failedAt: null }, 'Docket looks for updates by itself.'],
    [{ kind: 'idle', lookedAt: '2026-11-28T09:00:00.000Z', failedAt: null }, 'Up to date'],
    [{ kind: 'idle', lookedAt: null, failedAt: '2026-11-28T09:00:00.000Z' }, 'came to nothing'],
    [{ kind: 'looking' }, 'Looking for an update.'],
    [{ kind: 'fetching', version: '0.2.1' }, 'Docket 0.2.1 is on its way. You can work on.'],
  ] as const)('%j is said in words', (update, words) => {
    expect(updateWords(update, new Date('2026-11-28T10:00:00.000Z'))).toContain(words);
  });
});

test('(I1) (G3) a job opens in a new window from the palette', async () => {
  const open = vi.spyOn(window, 'open').mockImplementation(() => null);
  const { bridge } = renderDesk(jobAddress(0));
  await screen.findByRole('textbox', { name: /^Note/ });
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'open this job' } });
  fireEvent.click(await screen.findByText('Open this job in a new window'));
  const address = `#/jobs/${bridge.world.office.jobs[0]!.id}`;
  expect(open).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining(address),
    '_blank',
    'noopener',
  );
});

test('(G3) the keys of native menus are listed where there are such menus', async () => {
  renderDesk('/all', withDesktop());
  await screen.findAllByText('All jobs');
  fireEvent.keyDown(document.body, { key: '?' });
  expect(await screen.findByText('Ctrl Shift N')).toBeDefined();
});
