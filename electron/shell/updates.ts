// Looks for a newer Docket, fetches it beside the work, and puts it in its place when a person says so or Docket ends. Nobody waits
// for it, and what goes wrong is for the log. (I1)

import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '../core/api/desktop-contract.ts';
import type { LogLine } from '../core/host.ts';

/** As much of electron-updater as is used. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'logger' | 'checkForUpdates' | 'quitAndInstall' | 'on'
>;

export interface UpdatesParts {
  /** Undefined where this Docket looks for none; it is never loaded then. */
  readonly load: (() => Promise<Updater>) | undefined;
  /** Calls back once. */
  after(delayMs: number, callback: () => void): void;
  now(): string;
  /** Whether the system asks for a password to put an update in its place: then only a person's word begins it. */
  readonly asksForPassword: boolean;
  log(line: LogLine): void;
  onChange(): void;
  /** It was not put in its place, after all had been ended for it. */
  onNotReplaced(): void;
}

/** After the first seconds, in which everything else starts. */
const FIRST_LOOK_MS = 10_000;
const LOOK_AGAIN_MS = 4 * 60 * 60 * 1000;

export class Updates {
  readonly #parts: UpdatesParts;
  #updater: Promise<Updater> | undefined;
  #state: UpdateState;
  #isReplacing = false;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
    this.#state =
      parts.load === undefined ? { kind: 'off' } : { kind: 'idle', lookedAt: null, failedAt: null };
    this.#lookAfter(FIRST_LOOK_MS);
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** At once; whoever is looking already, or has one, is not asked again. */
  async look(): Promise<void> {
    if (this.#state.kind !== 'idle') return;
    this.#is({ kind: 'looking' });
    try {
      await (await this.#load()).checkForUpdates();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** All else has ended by now. */
  async replace(): Promise<void> {
    if (this.#state.kind !== 'ready') return;
    this.#isReplacing = true;
    // Without questions, and with Docket again afterwards.
    (await this.#load()).quitAndInstall(true, true);
  }

  #lookAfter(delayMs: number): void {
    if (this.#parts.load === undefined) return;
    this.#parts.after(delayMs, () => {
      void this.look();
      this.#lookAfter(LOOK_AGAIN_MS);
    });
  }

  #load(): Promise<Updater> {
    this.#updater ??= this.#start();
    return this.#updater;
  }

  async #start(): Promise<Updater> {
    const { load, asksForPassword, now } = this.#parts;
    if (load === undefined) throw new Error('This Docket looks for no updates.');
    const updater = await load();
    updater.autoDownload = true;
    updater.autoInstallOnAppQuit = !asksForPassword;
    updater.logger = null;
    updater.on('update-available', ({ version }) => this.#is({ kind: 'fetching', version }));
    updater.on('update-not-available', () =>
      this.#is({ kind: 'idle', lookedAt: now(), failedAt: null }),
    );
    updater.on('update-downloaded', ({ version }) => this.#is({ kind: 'ready', version }));
    updater.on('error', (error) => this.#failed(error));
    return updater;
  }

  /** One failure may be told twice, as an event and as an answer. */
  #failed(error: unknown): void {
    const details = { error: String(error).slice(0, 300) };
    if (this.#isReplacing) {
      this.#isReplacing = false;
      this.#parts.log({ level: 'error', event: 'update-not-replaced', details });
      this.#parts.onNotReplaced();
      return;
    }
    if (this.#state.kind === 'ready' || this.#state.kind === 'idle') return;
    this.#parts.log({ level: 'warn', event: 'update-failed', details });
    this.#is({ kind: 'idle', lookedAt: null, failedAt: this.#parts.now() });
  }

  #is(state: UpdateState): void {
    this.#state = state;
    this.#parts.onChange();
  }
}
