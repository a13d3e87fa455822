import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session as ElectronSession } from 'electron';
import { denyPermissions, isOurs, lockDownPages } from '../../../electron/shell/lock-down.ts';
import { app, opened, Session, WebContents } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const beside: string[] = [];

function aPage(url = 'app://docket/'): WebContents {
  const contents = new WebContents(url);
  app.emit('web-contents-created', {}, contents);
  return contents;
}

/** Answers whether the page was kept from going there. */
function navigate(contents: WebContents, name: string, url: string): boolean {
  let isPrevented = false;
  contents.emit(name, {
    url,
    preventDefault: () => {
      isPrevented = true;
    },
  });
  return isPrevented;
}

beforeEach(() => {
  app.removeAllListeners();
  opened.length = 0;
  beside.length = 0;
  lockDownPages((address) => beside.push(address));
});

describe('a page cannot leave', () => {
  test.each([
    'https://example.org/',
    'http://127.0.0.1:4810/',
    'file:///etc/passwd',
    'app://elsewhere/',
    'app://docket/index.html',
    'javascript:alert(1)',
  ])('by going to %s', (url) => {
    expect(navigate(aPage(), 'will-navigate', url)).toBe(true);
  });

  test('by being redirected', () => {
    expect(navigate(aPage(), 'will-redirect', 'https://example.org/')).toBe(true);
  });

  test('by embedding another page', () => {
    expect(navigate(aPage(), 'will-attach-webview', 'app://docket/')).toBe(true);
  });

  test('by opening a window', () => {
    expect(aPage().openWindow({ url: 'app://docket/' })).toEqual({ action: 'deny' });
  });
});

test.each([
  ['https://example.org/a', ['https://example.org/a']],
  ['mailto:anna@berg.example', ['mailto:anna@berg.example']],
  ['http://example.org/', []],
  ['file:///etc/passwd', []],
  ['smb://server/share', []],
  ['ms-settings:privacy', []],
  ['javascript:alert(1)', []],
  ['not an address', []],
])('a link to %s opens outside: %j', (url, expected) => {
  aPage().openWindow({ url });
  expect(opened).toEqual(expected);
});

test("a link to a file of ours downloads it, another origin's does not", () => {
  const page = aPage();
  page.openWindow({ url: 'app://docket/attachments/some-id?download' });
  navigate(page, 'will-navigate', 'app://docket/files/some-id');
  page.openWindow({ url: 'app://elsewhere/attachments/some-id' });
  page.openWindow({ url: 'app://docket/' });
  expect(page.downloaded).toEqual([
    'app://docket/attachments/some-id?download',
    'app://docket/files/some-id',
  ]);
  expect(opened).toEqual([]);
});

test('(I1) a place in Docket is shown in a window that the program opens, for pages of ours alone', () => {
  const page = aPage('app://docket/#/all');
  expect(page.openWindow({ url: 'app://docket/#/jobs/1?entry=2' })).toEqual({ action: 'deny' });
  page.openWindow({ url: 'app://docket/#javascript:alert(1)' });
  page.openWindow({ url: 'app://docket/other.html#/jobs/1' });
  page.openWindow({ url: 'app://elsewhere/#/jobs/1' });
  aPage('https://example.org/').openWindow({ url: 'app://docket/#/jobs/1' });
  expect(beside).toEqual(['/jobs/1?entry=2', '']);
  expect(opened).toEqual([]);
});

describe('permissions', () => {
  const session = new Session();
  denyPermissions(session as unknown as ElectronSession);
  const request = (permission: string, url: string) => {
    let granted: boolean | undefined;
    session.ask(new WebContents(url), permission, (answer) => {
      granted = answer;
    });
    return granted;
  };

  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'unknown'])(
    '%s is denied to our own page',
    (permission) => {
      expect(request(permission, 'app://docket/')).toBe(false);
      expect(session.check(null, permission, 'app://docket')).toBe(false);
    },
  );

  test('copying is granted to our own page and to nobody else', () => {
    expect(request('clipboard-sanitized-write', 'app://docket/#/jobs')).toBe(true);
    expect(request('clipboard-sanitized-write', 'https://example.org/')).toBe(false);
    expect(session.check(null, 'clipboard-sanitized-write', 'app://docket')).toBe(true);
    expect(session.check(null, 'clipboard-sanitized-write', 'https://example.org')).toBe(false);
  });

  test('no device is ever granted', () => {
    expect(session.device()).toBe(false);
  });
});

test.each([
  ['app://docket/', true],
  ['app://docket', true],
  ['app://docket.example.org/', false],
  ['app://docket:80/', false],
  ['https://docket/', false],
  ['', false],
])('%s is our origin: %s', (address, expected) => {
  expect(isOurs(address)).toBe(expected);
});
