// Links the system hands to the desktop program, on their way to a page. (B6, I1)

import { beforeEach, expect, test, vi } from 'vitest';
import type { BrowserWindow as ElectronWindow } from 'electron';
import { Links } from '../../../electron/shell/links.ts';
import {
  COMMAND_CHANNEL,
  LINK_CHANNEL,
  PageMessages,
} from '../../../electron/shell/page-messages.ts';
import { app, BrowserWindow } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const LINK = 'docket://jobs/01a19b7c-a7cd-7000-8000-000000000000';
let shown = 0;

function someLinks(argv: readonly string[], window?: BrowserWindow) {
  const messages = new PageMessages();
  const links = new Links(argv, messages, () => {
    shown += 1;
    return window as unknown as ElectronWindow | undefined;
  });
  const first = (one: BrowserWindow) => links.openFirst(one as unknown as ElectronWindow);
  const ready = (one: BrowserWindow) => messages.pageReady(one.webContents as never);
  return { links, messages, first, ready };
}

beforeEach(() => {
  app.removeAllListeners();
  app.isPackaged = false;
  app.schemes.length = 0;
  BrowserWindow.opened.length = 0;
  shown = 0;
});

test('one that Docket was started with waits for the page, and is told once', () => {
  const { first, ready } = someLinks(['docket', '--lang=de', LINK]);
  const window = new BrowserWindow({});
  first(window);
  expect(window.webContents.said).toEqual([]);
  ready(window);
  ready(window);
  first(window);
  expect(window.webContents.said).toEqual([{ channel: LINK_CHANNEL, message: LINK }]);
});

test('one that a second start was given comes to the window, which is shown', () => {
  const window = new BrowserWindow({});
  const { links, ready } = someLinks(['docket'], window);
  ready(window);
  links.open(['docket', LINK]);
  expect(shown).toBe(1);
  expect(window.webContents.said).toEqual([{ channel: LINK_CHANNEL, message: LINK }]);
  links.open(['docket']);
  expect(shown).toBe(2);
  expect(window.webContents.said).toHaveLength(1);
});

test('one for a window that was opened for it waits until its page listens', () => {
  const window = new BrowserWindow({});
  const { links, messages, ready } = someLinks(['docket'], window);
  links.open(['docket', LINK]);
  messages.command(window.webContents as never, 'unread');
  expect(window.webContents.said).toEqual([]);
  ready(window);
  expect(window.webContents.said).toEqual([
    { channel: LINK_CHANNEL, message: LINK },
    { channel: COMMAND_CHANNEL, message: 'unread' },
  ]);
});

test('on a Mac it comes as an event, even before there is a window', () => {
  const { first, ready } = someLinks(['docket']);
  let isPrevented = false;
  const preventDefault = () => {
    isPrevented = true;
  };
  app.emit('open-url', { preventDefault }, LINK);
  expect(isPrevented).toBe(true);
  const window = new BrowserWindow({});
  first(window);
  ready(window);
  expect(window.webContents.said).toEqual([{ channel: LINK_CHANNEL, message: LINK }]);
});

test.each([`x${LINK}`, `docket://${'a'.repeat(300)}`, 'https://docket.example'])(
  '%s is not passed on',
  (other) => {
    const { first, ready } = someLinks(['docket', other]);
    const window = new BrowserWindow({});
    first(window);
    ready(window);
    expect(window.webContents.said).toEqual([]);
  },
);

test('only an installed Docket is made the one that opens them', () => {
  someLinks([]);
  expect(app.schemes).toEqual([]);
  app.isPackaged = true;
  someLinks([]);
  expect(app.schemes).toEqual(['docket']);
});
