// What stands in the native menus. The keys beside Docket's own commands are none the page uses for something else; where the page
// has the same key for the same thing, the menu only shows it. Pure. (I1)

import type { MenuItemConstructorOptions as Item } from 'electron';
import type { PageCommand } from '../core/api/commands-contract.ts';

export type PauseWish = 'in-an-hour' | 'tomorrow' | null;

export interface MenuActs {
  command(command: PageCommand): void;
  newWindow(): void;
  show(): void;
  pause(until: PauseWish): void;
  quit(): void;
}

const LINE: Item = { type: 'separator' };

export function applicationMenu(
  { isMac, isPackaged }: { readonly isMac: boolean; readonly isPackaged: boolean },
  acts: MenuActs,
): Item[] {
  const own = (label: string, command: PageCommand, accelerator?: string): Item => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => acts.command(command),
  });
  const settings = own('Settings…', 'settings', 'CmdOrCtrl+,');
  return [
    ...(isMac
      ? [
          {
            role: 'appMenu',
            submenu: [
              { role: 'about' },
              LINE,
              settings,
              LINE,
              { role: 'services' },
              LINE,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              LINE,
              { role: 'quit' },
            ],
          } satisfies Item,
        ]
      : []),
    {
      label: '&File',
      submenu: [
        own('New job…', 'new-job', 'CmdOrCtrl+N'),
        { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: () => acts.newWindow() },
        LINE,
        ...(isMac ? [] : [settings, LINE]),
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' } satisfies Item]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        LINE,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
        LINE,
        // The page has this key itself.
        { ...own('Find anything…', 'find', 'CmdOrCtrl+K'), registerAccelerator: false },
      ],
    },
    {
      label: '&Go',
      submenu: [
        own('My jobs', 'my-jobs', 'CmdOrCtrl+1'),
        own('Unread', 'unread', 'CmdOrCtrl+2'),
        own('All jobs', 'all-jobs', 'CmdOrCtrl+3'),
        own('Waiting to send', 'waiting', 'CmdOrCtrl+4'),
        own('Inbox', 'inbox', 'CmdOrCtrl+5'),
        own('Customers', 'customers', 'CmdOrCtrl+6'),
        own('Search everything', 'search', 'CmdOrCtrl+Shift+F'),
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        LINE,
        { role: 'togglefullscreen' },
        // A packaged Docket shows no one its insides.
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies Item]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [own('Keys', 'keys')] },
  ];
}

/** In the tray, and on a Mac in the dock, which has its own way to show and to quit. */
export function trayMenu(
  { isPaused, isDock }: { readonly isPaused: boolean; readonly isDock: boolean },
  acts: MenuActs,
): Item[] {
  const pause: Item = isPaused
    ? { label: 'Go on with notifications', click: () => acts.pause(null) }
    : {
        label: 'Pause notifications',
        submenu: [
          { label: 'For 1 hour', click: () => acts.pause('in-an-hour') },
          { label: 'Until tomorrow', click: () => acts.pause('tomorrow') },
        ],
      };
  const own: Item[] = [
    { label: 'New job…', click: () => acts.command('new-job') },
    { label: 'New window', click: () => acts.newWindow() },
    LINE,
    pause,
  ];
  if (isDock) return own;
  return [
    { label: 'Show Docket', click: () => acts.show() },
    LINE,
    ...own,
    LINE,
    { label: 'Quit Docket', click: () => acts.quit() },
  ];
}

export interface Pointed {
  readonly misspelledWord: string;
  readonly suggestions: readonly string[];
  readonly isEditable: boolean;
  readonly hasSelection: boolean;
  /** What stands behind the # of the link under the pointer; '' where there is no link to a place in Docket. */
  readonly address: string;
}

export interface PointedActs {
  replace(word: string): void;
  learn(word: string): void;
  openBeside(address: string): void;
}

const MOST_SUGGESTIONS = 5;

/** At the pointer, or where the menu key was pressed; nothing where there is nothing to choose. */
export function contextMenu(pointed: Pointed, acts: PointedActs): Item[] {
  const { misspelledWord, suggestions, isEditable, hasSelection, address } = pointed;
  const groups: Item[][] = [
    misspelledWord === ''
      ? []
      : [
          ...(suggestions.length === 0
            ? [{ label: 'No suggestions', enabled: false }]
            : suggestions
                .slice(0, MOST_SUGGESTIONS)
                .map((word): Item => ({ label: word, click: () => acts.replace(word) }))),
          LINE,
          { label: 'Add to dictionary', click: () => acts.learn(misspelledWord) },
        ],
    address === '' ? [] : [{ label: 'Open in new window', click: () => acts.openBeside(address) }],
    isEditable
      ? [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, LINE, { role: 'selectAll' }]
      : hasSelection
        ? [{ role: 'copy' }]
        : [],
  ];
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [LINE, ...group]));
}
