// What happens in one folder on this disk, told only once it is whole: a file that is still being written is not there
// yet. A folder that vanishes, as network drives do, is waited for. (D9, D10)

import { constants, type Stats } from 'node:fs';
import { access, lstat, opendir, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Clock } from '../host.ts';
import type { FileInFolder, FolderState } from './inbox-rows.ts';

/** Whoever hears may throw, for want of room on the disk: nothing told is lost, it is told again a little later. [F2] */
export interface FolderEvents {
  /** Files that are there and whole, in the order they were found; also all that lie there when watching begins. */
  onFiles(files: readonly FoundFile[]): void | Promise<void>;
  onGone(paths: readonly string[]): void;
  onState(state: FolderState): void;
  /** What lies in the folder as watching begins: whatever else was known of it is gone. */
  onListed(names: ReadonlySet<string>): void;
  /** What one of the others threw. */
  onTrouble(error: unknown): void;
}

export type FoundFile = FileInFolder & { readonly path: string };

export interface FolderWatchOptions {
  readonly path: string;
  /** 0 for the files of the folder itself; 1 for those of its folders too. */
  readonly depth: 0 | 1;
  /** Whether names that programs and systems use for files of their own are told too. */
  readonly tellsAllNames: boolean;
  readonly clock: Clock;
  /** A file that has not changed for so long is whole. */
  readonly settleMs: number;
}

export interface FolderWatch {
  close(): Promise<void>;
}

export const SETTLE_MS = 2000;
/** How long a folder that is not there is left alone, and one whose news could not be noted. */
const LOOK_AGAIN_MS = 5000;
/** Files found within this time are told together, so that a thousand at once are one change. */
const GATHER_MS = 100;
/** Half-finished downloads, locks of Office and LibreOffice, leavings of systems and editors. */
const NO_FILES_OF_A_PERSON =
  /^(\.|~\$|thumbs\.db$|desktop\.ini$)|(~|\.tmp|\.temp|\.part|\.partial|\.crdownload|\.download|\.swp)$/i;

export function isFileOfAPerson(name: string): boolean {
  return !NO_FILES_OF_A_PERSON.test(name);
}

export function watchFolder(options: FolderWatchOptions, events: FolderEvents): FolderWatch {
  return new Watch(options, events);
}

class Watch implements FolderWatch {
  readonly #options: FolderWatchOptions;
  readonly #events: FolderEvents;
  #watcher: FSWatcher | null = null;
  /** The last of each file that is still to be told, by its path; null where it is gone. */
  #news = new Map<string, FoundFile | null>();
  /** Files that may still be written to, each with what ends the waiting for it. */
  readonly #settling = new Map<string, () => void>();
  /** Set while news are gathered, and while they are told. */
  #cancelTelling: (() => void) | null = null;
  #telling: Promise<void> = Promise.resolve();
  #cancelLook: () => void;
  #looking: Promise<void>;
  #isClosed = false;

  constructor(options: FolderWatchOptions, events: FolderEvents) {
    this.#options = options;
    this.#events = events;
    this.#cancelLook = () => {};
    this.#looking = this.#look();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    this.#cancelTelling?.();
    for (const cancel of this.#settling.values()) cancel();
    await Promise.all([this.#looking, this.#telling]);
    await this.#watcher?.close();
  }

  /** The watcher does not say so where its own folder vanishes or comes back, so it is looked after. */
  async #look(): Promise<void> {
    try {
      const state = await stateOf(this.#options.path);
      if (state === 'watched') await this.#beginWatching();
      else await this.#stopWatching();
      if (!this.#isClosed) this.#events.onState(state);
    } catch (error) {
      this.#events.onTrouble(error);
    } finally {
      this.#lookAgain();
    }
  }

  #lookAgain(): void {
    if (this.#isClosed) return;
    this.#cancelLook = this.#options.clock.after(LOOK_AGAIN_MS, () => {
      this.#looking = this.#look();
    });
  }

  async #beginWatching(): Promise<void> {
    if (this.#watcher !== null) return;
    const names = await readdir(this.#options.path).catch(() => undefined);
    if (names === undefined || this.#isClosed) return;
    this.#events.onListed(new Set(names));
    this.#watcher = this.#startWatching();
  }

  async #stopWatching(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = null;
    await watcher?.close();
  }

  #startWatching(): FSWatcher {
    const { path, depth, tellsAllNames } = this.#options;
    const watcher = watch(path, {
      depth,
      followSymlinks: false,
      // Takes a file that is written anew for the one it was; passes over some names on its own.
      atomic: !tellsAllNames,
      alwaysStat: true,
      ignorePermissionErrors: true,
      // Windows tells nothing of what others do on a share.
      usePolling: path.startsWith('\\\\'),
      interval: LOOK_AGAIN_MS,
      ignored: (candidate) =>
        !tellsAllNames && candidate !== path && !isFileOfAPerson(basename(candidate)),
    });
    watcher.on('add', (file) => this.#expect(file));
    watcher.on('change', (file) => this.#expect(file));
    watcher.on('unlink', (file) => void this.#miss(file));
    watcher.on('error', () => {
      if (!this.#isClosed) void this.#stopWatching();
    });
    return watcher;
  }

  /** A folder that is gone takes no file from the list: it may come back; a file that was put in its place has. */
  async #miss(path: string): Promise<void> {
    if ((await stateOf(dirname(path))) !== 'watched') return;
    if ((await lstat(path).catch(() => undefined)) === undefined) this.#note(path, null);
  }

  /** The watcher's own waiting passes over what lies there when it begins, so the waiting is done here. */
  #expect(path: string): void {
    if (!this.#isClosed && !this.#settling.has(path)) void this.#settle(path, undefined);
  }

  /** Links and everything that is no plain file are passed over: what they point at may lie anywhere. */
  async #settle(path: string, before: Stats | undefined): Promise<void> {
    const { clock, settleMs } = this.#options;
    this.#settling.set(path, () => {});
    const file = await lstat(path).catch(() => undefined);
    if (file?.isFile() !== true || this.#isClosed) {
      this.#settling.delete(path);
      return;
    }
    const isOld = before === undefined && clock.now() - file.mtimeMs >= settleMs;
    const isStill = before?.size === file.size && before.mtimeMs === file.mtimeMs;
    if (isOld || isStill) {
      this.#settling.delete(path);
      this.#note(path, foundFile(path, file));
    } else
      this.#settling.set(
        path,
        clock.after(settleMs, () => void this.#settle(path, file)),
      );
  }

  #note(path: string, news: FoundFile | null): void {
    // Told in the order it was last seen in.
    this.#news.delete(path);
    this.#news.set(path, news);
    this.#tellAfter(GATHER_MS);
  }

  #tellAfter(delayMs: number): void {
    if (this.#isClosed) return;
    this.#cancelTelling ??= this.#options.clock.after(delayMs, () => {
      this.#telling = this.#tell();
    });
  }

  /** One telling after the other; what could not be told stays among the news, unless newer came of the same file. */
  async #tell(): Promise<void> {
    const told = this.#news;
    this.#news = new Map();
    let delayMs = GATHER_MS;
    try {
      const found = [...told.values()].filter((file) => file !== null);
      if (found.length > 0) await this.#events.onFiles(found);
      const gone = [...told].flatMap(([path, file]) => (file === null ? [path] : []));
      if (gone.length > 0) this.#events.onGone(gone);
    } catch (error) {
      this.#events.onTrouble(error);
      this.#news = new Map([...told, ...this.#news]);
      delayMs = LOOK_AGAIN_MS;
    }
    this.#cancelTelling = null;
    if (this.#news.size > 0) this.#tellAfter(delayMs);
  }
}

function foundFile(path: string, { size: sizeBytes, mtimeMs }: Stats): FoundFile {
  return { path, name: basename(path), sizeBytes, modifiedMs: Math.trunc(mtimeMs) };
}

/** A folder whose names nobody may read, or whose files nobody may reach, is there and yet shows nothing. */
export async function stateOf(folder: string): Promise<FolderState> {
  try {
    if (!(await lstat(folder)).isDirectory()) return 'missing';
    // Windows says what it lets be listed only to who lists.
    await (await opendir(folder)).close();
    await access(folder, constants.X_OK);
    return 'watched';
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    return code === 'EACCES' || code === 'EPERM' ? 'unreadable' : 'missing';
  }
}
