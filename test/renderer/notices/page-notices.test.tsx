// @vitest-environment jsdom
// Notices where Docket runs in a browser. (F4)

import { act, renderHook, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../../electron/core/api/notices-contract.ts';
import { iconWords, showCountOnIcon } from '../../../renderer/notices/page-icon.ts';
import { useLooking } from '../../../renderer/notices/use-looking.ts';
import { BridgeProvider } from '../../../renderer/use-bridge.tsx';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { renderDesk } from '../../support/render-desk.tsx';

/** The browser's own, as far as it is used. */
class BrowserNotification {
  static permission: NotificationPermission = 'granted';
  static readonly standing: BrowserNotification[] = [];
  readonly title: string;
  readonly options: { body: string; tag: string };
  onclick: () => void = () => undefined;

  constructor(title: string, options: { body: string; tag: string }) {
    this.title = title;
    this.options = options;
    BrowserNotification.standing.push(this);
  }

  close(): void {
    const place = BrowserNotification.standing.indexOf(this);
    if (place >= 0) BrowserNotification.standing.splice(place, 1);
  }
}

function ring({ world, changed }: FakeBridge, change: Partial<Notice> = {}): Notice {
  const [job] = world.office.jobs;
  const notice: Notice = {
    id: job!.id,
    title: 'Anna Berg wrote',
    body: '#2291 · Golf 8\nIs it ready?',
    place: { jobId: job!.id, entryId: world.office.entries[0]!.id },
    jobIds: [job!.id],
    reply: null,
    ...change,
  };
  world.takeable = [notice];
  world.notices = { count: 1, fresh: 41, jobIds: [job!.id] };
  act(() => changed());
  return notice;
}

const standing = () => BrowserNotification.standing.map(({ title }) => title);
const taken = ({ world }: FakeBridge) =>
  world.asked.filter(({ name }) => name === 'notices.take').length;

beforeEach(() => {
  BrowserNotification.standing.length = 0;
  BrowserNotification.permission = 'granted';
  vi.stubGlobal('Notification', BrowserNotification);
  vi.spyOn(window, 'focus').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('(F4) what is fresh is shown by the page, and a click leads to its entry', async () => {
  const { bridge } = renderDesk('/all');
  await screen.findAllByText('All jobs');
  const { place, body, id } = ring(bridge);
  await waitFor(() => expect(standing()).toEqual(['Anna Berg wrote']));
  expect(BrowserNotification.standing[0]!.options).toEqual({ body, tag: `docket ${id}` });
  act(() => BrowserNotification.standing[0]!.onclick());
  expect(window.location.hash).toBe(`#/jobs/${place!.jobId}?entry=${place!.entryId}`);
  expect(standing()).toEqual([]);
});

test('(F4) what is read goes away, and a summary leads to what is unread', async () => {
  const { bridge } = renderDesk('/all');
  await screen.findAllByText('All jobs');
  ring(bridge, { id: 'summary', place: null, title: '5 new on 4 jobs' });
  await waitFor(() => expect(standing()).toEqual(['5 new on 4 jobs']));
  act(() => BrowserNotification.standing[0]!.onclick());
  expect(window.location.hash).toBe('#/unread');
  ring(bridge);
  await waitFor(() => expect(standing()).toEqual(['Anna Berg wrote']));
  bridge.world.notices = { count: 0, fresh: 0, jobIds: [] };
  act(() => bridge.changed());
  await waitFor(() => expect(standing()).toEqual([]));
});

test('(F4) a browser that does not allow it takes nothing from one that does', async () => {
  BrowserNotification.permission = 'default';
  const { bridge } = renderDesk('/all');
  await screen.findAllByText('All jobs');
  ring(bridge);
  await screen.findAllByText('All jobs');
  expect(taken(bridge)).toBe(0);
});

test('(F4) under Electron the page shows none: the main process does', async () => {
  const bridge = fakeBridge();
  bridge.world.desktop = {
    version: '0.1.0',
    keepsRunning: false,
    canTell: true,
    update: { kind: 'off' },
    isBeingWritten: false,
  };
  renderDesk('/all', bridge);
  await screen.findAllByText('All jobs');
  ring(bridge);
  await screen.findAllByText('All jobs');
  expect(taken(bridge)).toBe(0);
});

test('(F4) the number on the tab is exact up to 99, and the icon comes back as it was', () => {
  expect([1, 99, 100].map(iconWords)).toEqual(['1', '99', '99+']);
  const link = document.createElement('link');
  link.rel = 'icon';
  link.setAttribute('href', './icon.svg');
  document.head.append(link);
  showCountOnIcon(3);
  link.setAttribute('href', 'data:image/png;base64,drawn');
  showCountOnIcon(0);
  expect(link.getAttribute('href')).toBe('./icon.svg');
  link.remove();
});

test('(F4) a window that is closed looks at nothing any more: what comes then is told', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const desk = fakeBridge();
  const request = vi.spyOn(desk, 'request');
  const { id: jobId } = desk.world.office.jobs[0]!;
  renderHook(() => useLooking(jobId), {
    wrapper: ({ children }) => <BridgeProvider bridge={desk}>{children}</BridgeProvider>,
  });
  const looked = () => request.mock.calls.map(([, args]) => (args as { jobId: string }).jobId);
  expect(looked()).toEqual([jobId]);
  window.dispatchEvent(new Event('pagehide'));
  expect(looked()).toEqual([jobId, null]);
});
