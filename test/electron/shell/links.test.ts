// Links the system hands to the desktop program. (B6, I1)

import { beforeEach, expect, test, vi } from 'vitest';
import { LINK_CHANNEL, Links } from '../../../electron/shell/links.ts';
import { app, BrowserWindow, WebContents } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const LINK = 'docket://jobs/01a19b7c-a7cd-7000-8000-000000000000';
let shown = 0;
const show = () => {
  shown += 1;
};

beforeEach(() => {
  app.removeAllListeners();
  app.isPackaged = false;
  app.schemes.length = 0;
  BrowserWindow.opened.length = 0;
  shown = 0;
});

test('one that Docket was started with waits for the page, and is told once', () => {
  const links = new Links(['docket', '--lang=de', LINK], show);
  const page = new WebContents();
  links.pageReady(page as never);
  links.pageReady(page as never);
  expect(page.said).toEqual([{ channel: LINK_CHANNEL, message: LINK }]);
});

test('one that a second start was given comes to the window, which is shown', () => {
  const links = new Links(['docket'], show);
  const window = new BrowserWindow({});
  links.open(['docket', LINK]);
  expect(shown).toBe(1);
  expect(window.webContents.said).toEqual([{ channel: LINK_CHANNEL, message: LINK }]);
  links.open(['docket']);
  expect(shown).toBe(2);
  expect(window.webContents.said).toHaveLength(1);
});

test('on a Mac it comes as an event, even before there is a window', () => {
  const links = new Links(['docket'], show);
  let isPrevented = false;
  const preventDefault = () => {
    isPrevented = true;
  };
  app.emit('open-url', { preventDefault }, LINK);
  expect(isPrevented).toBe(true);
  const page = new WebContents();
  links.pageReady(page as never);
  expect(page.said).toEqual([{ channel: LINK_CHANNEL, message: LINK }]);
});

test.each([`x${LINK}`, `docket://${'a'.repeat(300)}`, 'https://docket.example'])(
  '%s is not passed on',
  (other) => {
    const links = new Links(['docket', other], show);
    const page = new WebContents();
    links.pageReady(page as never);
    expect(page.said).toEqual([]);
  },
);

test('only an installed Docket is made the one that opens them', () => {
  const start = () => new Links([], show);
  start();
  expect(app.schemes).toEqual([]);
  app.isPackaged = true;
  start();
  expect(app.schemes).toEqual(['docket']);
});
