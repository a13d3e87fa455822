// What the main process says to pages: links to follow and commands of native menus, and nothing else. What is said to a page that
// is not there yet waits until it listens.

import type { WebContents } from 'electron';
import type { PageCommand } from '../core/api/commands-contract.ts';

/** The same names as in preload.ts. */
export const LINK_CHANNEL = 'docket:link';
export const COMMAND_CHANNEL = 'docket:command';

interface Said {
  readonly channel: string;
  readonly message: string;
}

export class PageMessages {
  readonly #listening = new WeakSet<WebContents>();
  readonly #waiting = new WeakMap<WebContents, Said[]>();

  command(page: WebContents, command: PageCommand): void {
    this.#say(page, { channel: COMMAND_CHANNEL, message: command });
  }

  link(page: WebContents, link: string): void {
    this.#say(page, { channel: LINK_CHANNEL, message: link });
  }

  /** A page of ours has begun to listen. */
  pageReady(page: WebContents): void {
    this.#listening.add(page);
    const waiting = this.#waiting.get(page) ?? [];
    this.#waiting.delete(page);
    for (const said of waiting) this.#say(page, said);
  }

  #say(page: WebContents, said: Said): void {
    if (this.#listening.has(page)) page.send(said.channel, said.message);
    else this.#waiting.set(page, [...(this.#waiting.get(page) ?? []), said]);
  }
}
