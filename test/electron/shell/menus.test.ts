// Native menus: what stands in them, and that their keys are nobody else's. (I1)

import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  applicationMenu,
  contextMenu,
  type MenuActs,
  trayMenu,
} from '../../../electron/shell/menu-model.ts';
import { offerContextMenu } from '../../../electron/shell/menus.ts';
import { type MenuItem, poppedUp, WebContents } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

function someActs() {
  const done: string[] = [];
  const acts: MenuActs = {
    command: (command) => done.push(command),
    newWindow: () => done.push('new window'),
    show: () => done.push('show'),
    pause: (until) => done.push(`pause ${until}`),
    quit: () => done.push('quit'),
  };
  return { done, acts };
}

/** All items, those in submenus too. */
function flat(template: readonly MenuItemConstructorOptions[]): readonly MenuItem[] {
  return (template as unknown as readonly MenuItem[]).flatMap((item) => [
    item,
    ...(item.submenu ?? []),
  ]);
}

const find = (template: readonly MenuItemConstructorOptions[], label: string) =>
  flat(template).find((item) => item.label === label)!;

beforeEach(() => {
  poppedUp.length = 0;
});

describe.each([true, false])('(I1) the menu of the program, on a Mac: %s', (isMac) => {
  const { acts, done } = someActs();
  const template = applicationMenu({ isMac, isPackaged: true }, acts);

  test('has Docket’s own commands, and the roles people copy, zoom and close with', () => {
    const roles = flat(template).map(({ role }) => role);
    for (const role of ['undo', 'copy', 'paste', 'zoomIn', 'close', 'quit', 'windowMenu'])
      expect(roles).toContain(role);
    expect(roles).not.toContain('toggleDevTools');
    for (const [label, act] of [
      ['New job…', 'new-job'],
      ['New window', 'new window'],
      ['Find anything…', 'find'],
      ['Settings…', 'settings'],
      ['Waiting to send', 'waiting'],
      ['Keys', 'keys'],
    ] as const) {
      find(template, label).click?.();
      expect(done.at(-1)).toBe(act);
    }
  });

  test('takes no key from the page, and gives none twice', () => {
    const keys = flat(template).flatMap(({ accelerator, registerAccelerator }) =>
      accelerator === undefined || registerAccelerator === false ? [] : [accelerator],
    );
    expect(new Set(keys).size).toBe(keys.length);
    // The composer attaches and switches, forms save, lists mark all, the palette opens, and people undo.
    for (const key of ['U', 'Shift+A', 'S', 'A', 'K', 'Z', 'Enter'])
      expect(keys).not.toContain(`CmdOrCtrl+${key}`);
  });
});

describe('(I1) the tray', () => {
  test('shows, begins a job, pauses and quits', () => {
    const { acts, done } = someActs();
    const menu = trayMenu({ isPaused: false, isDock: false }, acts);
    for (const label of ['Show Docket', 'New job…', 'For 1 hour', 'Until tomorrow', 'Quit Docket'])
      find(menu, label).click?.();
    expect(done).toEqual(['show', 'new-job', 'pause in-an-hour', 'pause tomorrow', 'quit']);
  });

  test('goes on while paused, and in a Mac’s dock leaves out what the dock has', () => {
    const { acts, done } = someActs();
    const menu = trayMenu({ isPaused: true, isDock: true }, acts);
    find(menu, 'Go on with notifications').click?.();
    expect(done).toEqual(['pause null']);
    const labels = flat(menu).map(({ label }) => label);
    expect(labels).not.toContain('Quit Docket');
    expect(labels).not.toContain('Pause notifications');
  });
});

describe('(I1) the menu at the pointer', () => {
  const acts = { replace: () => undefined, learn: () => undefined, openBeside: () => undefined };
  const nothing = {
    misspelledWord: '',
    suggestions: [],
    isEditable: false,
    hasSelection: false,
    address: '',
  };
  const shown = (pointed: Partial<Parameters<typeof contextMenu>[0]>) =>
    contextMenu({ ...nothing, ...pointed }, acts).map(
      ({ label, role, type }) => label ?? role ?? type,
    );

  test.each([
    ['nothing', {}, []],
    ['a selection', { hasSelection: true }, ['copy']],
    ['a field', { isEditable: true }, ['cut', 'copy', 'paste', 'separator', 'selectAll']],
    ['a link', { address: '/jobs/1' }, ['Open in new window']],
    [
      'a wrong word',
      { misspelledWord: 'bumpr', suggestions: ['bumper', 'bump'], isEditable: true },
      [
        ...['bumper', 'bump', 'separator', 'Add to dictionary'],
        ...['separator', 'cut', 'copy', 'paste', 'separator', 'selectAll'],
      ],
    ],
    [
      'a word nobody knows',
      { misspelledWord: 'xqzt' },
      ['No suggestions', 'separator', 'Add to dictionary'],
    ],
    [
      'a word with many suggestions',
      { misspelledWord: 'a', suggestions: ['1', '2', '3', '4', '5', '6', '7'] },
      ['1', '2', '3', '4', '5', 'separator', 'Add to dictionary'],
    ],
  ] as const)('over %s', (_what, pointed, expected) => {
    expect(shown(pointed)).toEqual(expected);
  });

  test('replaces the word, learns it, and opens places of Docket beside', () => {
    const page = new WebContents();
    const beside: string[] = [];
    offerContextMenu(page as never, (address) => beside.push(address));
    const params = {
      misspelledWord: 'bumpr',
      dictionarySuggestions: ['bumper'],
      isEditable: true,
      selectionText: '',
      linkURL: 'app://docket/#/jobs/1',
    };
    page.emit('context-menu', {}, params);
    for (const label of ['bumper', 'Add to dictionary', 'Open in new window'])
      poppedUp[0]!.find((item) => item.label === label)?.click?.();
    expect(page.replaced).toEqual(['bumper']);
    expect(page.session.learned).toContain('bumpr');
    expect(beside).toEqual(['/jobs/1']);
  });

  test('has no own window for a link that leads elsewhere', () => {
    const page = new WebContents();
    offerContextMenu(page as never, () => undefined);
    const params = {
      misspelledWord: '',
      dictionarySuggestions: [],
      isEditable: false,
      selectionText: '',
    };
    page.emit('context-menu', {}, { ...params, linkURL: 'https://example.org/#/jobs/1' });
    page.emit('context-menu', {}, { ...params, linkURL: '' });
    expect(poppedUp).toEqual([]);
  });
});
