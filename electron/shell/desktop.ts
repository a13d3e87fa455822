// What stands on the desktop beside the windows: notices, the number on Docket's sign, the tray, updates. Each is told by the core
// over the main process's own line. (F4, I1)

import { join } from 'node:path';
import { app, Notification } from 'electron';
import type { PageCommand } from '../core/api/commands-contract.ts';
import type { DesktopAct, DesktopState } from '../core/api/desktop-contract.ts';
import type { Notice } from '../core/api/notices-contract.ts';
import type { LogLine } from '../core/host.ts';
import { Badge } from './badge.ts';
import { CoreLine } from './core-line.ts';
import type { CoreProgram } from './core-program.ts';
import { keepDeviceChoices, readDeviceChoices } from './device-choices.ts';
import type { MenuActs } from './menu-model.ts';
import { Notices } from './notices.ts';
import type { PageMessages } from './page-messages.ts';
import { DesktopSign } from './tray.ts';
import { readUpdateAddress } from './update-address.ts';
import { Updates } from './updates.ts';
import type { Windows } from './windows.ts';

export interface DesktopParts {
  readonly windows: Windows;
  readonly messages: PageMessages;
  /** Chromium's own folder, where what was chosen for this computer is kept. */
  readonly folder: string;
  log(line: LogLine): void;
}

export class Desktop {
  readonly #parts: DesktopParts;
  readonly #choicesFile: string;
  readonly #updates: Updates;
  readonly badge: Badge;
  readonly acts: MenuActs;
  #keepsRunning: boolean;
  #core: CoreProgram | undefined;
  #line: CoreLine | undefined;
  #sign: DesktopSign | undefined;
  #notices: Notices | undefined;

  constructor(parts: DesktopParts) {
    const { windows, folder, log } = parts;
    this.#parts = parts;
    this.#choicesFile = join(folder, 'device.json');
    this.#keepsRunning = readDeviceChoices(this.#choicesFile).keepsRunning;
    this.badge = new Badge(() => windows.all);
    this.acts = {
      command: (command) => this.#command(command),
      newWindow: () => void windows.open(),
      show: () => void windows.show(),
      pause: (until) => {
        // Signed out there is nobody to be told of anything.
        this.#line?.request('notices.pause', { until }).catch(() => undefined);
      },
      quit: () => app.quit(),
    };
    this.#updates = new Updates({
      load: looksForUpdates()
        ? async () => (await import('electron-updater')).autoUpdater
        : undefined,
      after: (delayMs, callback) => void setTimeout(callback, delayMs).unref(),
      now: () => new Date().toISOString(),
      asksForPassword: process.platform === 'linux' && process.env['APPIMAGE'] === undefined,
      log,
      onChange: () => this.#core?.tellDesktop(),
      onNotReplaced: () => {
        app.relaunch();
        app.quit();
      },
    });
  }

  get state(): DesktopState {
    return {
      version: app.getVersion(),
      keepsRunning: process.platform === 'darwin' ? null : this.#keepsRunning,
      canTell: Notification.isSupported(),
      update: this.#updates.state,
    };
  }

  /** Whether Docket goes on when its last window is closed; without a sign to come back by it does not. */
  get staysWithoutWindow(): boolean {
    if (process.platform === 'darwin') return true;
    return this.#keepsRunning && this.#sign?.isThere === true;
  }

  /** Once the app is ready. */
  start(core: CoreProgram): void {
    this.#core = core;
    const line = new CoreLine(() => core.openLine());
    this.#line = line;
    const sign = new DesktopSign(this.acts, this.#parts.log);
    this.#sign = sign;
    this.#notices = new Notices({
      line,
      open: (place) => this.#open(place),
      onCount: (count) => {
        this.badge.show(count);
        sign.tell({ count });
      },
    });
    line.watch('notices.settings', {}, (settings) =>
      sign.tell({ pausedUntil: settings?.pausedUntil ?? null }),
    );
    // Too old for its server: what helps is looked for at once. [H9]
    line.watch('sync', {}, (sync) => {
      if (sync?.kind === 'update-needed') void this.#updates.look();
    });
  }

  /** Once the windows are there. @param launchInfo what Docket was started for, where a Mac says so */
  begin(launchInfo: unknown): void {
    this.#notices?.begin(launchInfo);
  }

  end(): void {
    this.#notices?.end();
  }

  /** A fresh process of the core runs. */
  renewLine(): void {
    this.#line?.renew();
  }

  act(act: DesktopAct): void {
    switch (act.kind) {
      case 'keep-running':
        this.#keepsRunning = act.keep;
        keepDeviceChoices(this.#choicesFile, { keepsRunning: act.keep });
        this.#core?.tellDesktop();
        break;
      case 'look-for-update':
        void this.#updates.look();
        break;
      case 'restart':
        void this.#restart();
        break;
    }
  }

  async #restart(): Promise<void> {
    if (this.#updates.state.kind !== 'ready') return;
    this.#parts.windows.keepPlaces();
    await this.#core?.stop();
    // The new Docket may begin before this one is gone, and must not take it for another.
    app.releaseSingleInstanceLock();
    await this.#updates.replace();
  }

  #open(place: Notice['place']): void {
    const { windows, messages } = this.#parts;
    const page = windows.show().webContents;
    if (place === null) return messages.command(page, 'unread');
    const entry = place.entryId === null ? '' : `?entry=${place.entryId}`;
    messages.link(page, `docket://jobs/${place.jobId}${entry}`);
  }

  #command(command: PageCommand): void {
    const { windows, messages } = this.#parts;
    messages.command(windows.show().webContents, command);
  }
}

/** Only what was installed can be replaced. */
function looksForUpdates(): boolean {
  return app.isPackaged && readUpdateAddress(process.resourcesPath) !== undefined;
}
