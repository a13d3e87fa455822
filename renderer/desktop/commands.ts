// What native menus ask of this window is handed to the page by its preload. Places are gone to at once; what opens over the desk
// waits until there is one. (I1)

import { createContext } from 'react';
import type { PageCommand } from '../../electron/core/api/commands-contract.ts';
import { goTo } from '../hash-address.ts';
import { lastSearchAddress } from '../search/last-search.ts';
import type { DeskWindow } from '../shell/desk-window.ts';

const PLACES: Readonly<Partial<Record<PageCommand, string | (() => string)>>> = {
  'my-jobs': '/mine',
  unread: '/unread',
  'all-jobs': '/all',
  waiting: '/waiting',
  inbox: '/inbox',
  customers: '/customers',
  search: lastSearchAddress,
  settings: '/settings',
};

const OVER_THE_DESK: Readonly<Partial<Record<PageCommand, NonNullable<DeskWindow>>>> = {
  'new-job': 'new-job',
  find: 'palette',
  keys: 'keys',
};

export class Commands {
  #waiting: DeskWindow = null;
  #open: ((window: DeskWindow) => void) | undefined;

  /** Whatever is no command of ours is passed over. */
  readonly receive = (command: string): void => {
    const place = Object.hasOwn(PLACES, command) ? PLACES[command as PageCommand] : undefined;
    if (place !== undefined) return goTo(typeof place === 'string' ? place : place());
    const over = Object.hasOwn(OVER_THE_DESK, command)
      ? OVER_THE_DESK[command as PageCommand]
      : undefined;
    if (over === undefined) return;
    if (this.#open === undefined) this.#waiting = over;
    else this.#open(over);
  };

  /** There is a desk now; the returned function says that there is none any more. */
  deskOpens(open: (window: DeskWindow) => void): () => void {
    this.#open = open;
    if (this.#waiting !== null) open(this.#waiting);
    this.#waiting = null;
    return () => {
      this.#open = undefined;
    };
  }
}

export const CommandsContext = createContext<Commands | null>(null);

export function followCommands(view: Window, commands: Commands): void {
  view.addEventListener('message', ({ source, data }) => {
    if (source === view && isCommandMessage(data)) commands.receive(data.command);
  });
}

function isCommandMessage(data: unknown): data is { docket: 'command'; command: string } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'docket' in data &&
    data.docket === 'command' &&
    'command' in data &&
    typeof data.command === 'string'
  );
}
