// The core's secrets, encrypted with a key of the operating system's keychain. (I3)

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import type { Secrets } from '../core/host.ts';

/** One file of encrypted values; only this computer's user can decrypt them. */
export class Keychain implements Secrets {
  readonly #folder: string;
  /** One change after the other, so that none overwrites another's. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<string | undefined> {
    await this.#last;
    const sealed = (await this.#load()).get(name);
    if (sealed === undefined) return undefined;
    try {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      return result;
    } catch {
      // The key is another one now (a new computer, a reset keychain): signing in again writes the value anew.
      return undefined;
    }
  }

  async write(name: string, value: string): Promise<void> {
    const sealed = await safeStorage.encryptStringAsync(value);
    await this.#change((values) => values.set(name, sealed.toString('base64')));
  }

  async remove(name: string): Promise<void> {
    await this.#change((values) => values.delete(name));
  }

  #change(edit: (values: Map<string, string>) => void): Promise<void> {
    const next = this.#last.then(async () => {
      const values = await this.#load();
      edit(values);
      await mkdir(this.#folder, { recursive: true });
      const file = this.#file();
      const content = JSON.stringify(Object.fromEntries(values));
      await writeFile(`${file}.new`, content, { mode: 0o600, flush: true });
      await rename(`${file}.new`, file);
    });
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #load(): Promise<Map<string, string>> {
    try {
      const content = JSON.parse(await readFile(this.#file(), 'utf8')) as Record<string, string>;
      return new Map(Object.entries(content));
    } catch {
      // Not there yet, or damaged: signing in again writes it anew.
      return new Map();
    }
  }

  #file(): string {
    return join(this.#folder, 'keychain.json');
  }
}
