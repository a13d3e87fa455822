// Folders where a scanner, a camera or a colleague puts files: what is new in them waits in the Inbox until a person adds it
// to a job or waves it away. The files stay where they are. (D10)

import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Mirror } from '../mirror/database.ts';
import { type FolderWatch, isFileOfAPerson, stateOf, watchFolder } from './folder-watch.ts';
import {
  allFolders,
  deleteFile,
  deleteFolder,
  type FileInFolder,
  insertFolder,
  keepOnly,
  putFile,
  setFolderState,
  type WatchedFolder,
} from './inbox-rows.ts';

export interface WatchedFolders {
  /** @throws AppError `not-there` with a sentence where the folder cannot be watched */
  add(path: string): Promise<void>;
  remove(folderId: string): Promise<void>;
  close(): Promise<void>;
}

export interface WatchedFoldersParts {
  readonly host: Host;
  readonly mirror: Mirror;
  newId(): string;
  now(): string;
  readonly settleMs: number;
}

export function startWatchedFolders(parts: WatchedFoldersParts): WatchedFolders {
  const { host, mirror, newId, now, settleMs } = parts;
  const watches = new Map<string, FolderWatch>();
  for (const folder of allFolders(mirror)) open(folder);

  function open({ id, path }: Pick<WatchedFolder, 'id' | 'path'>): void {
    const watch = watchFolder(
      { path, depth: 0, tellsAllNames: false, clock: host.clock, settleMs },
      {
        onFiles: (files) =>
          mirror.transact((writable) => {
            const foundAt = now();
            for (const { name, sizeBytes, modifiedMs } of files)
              putFile(writable, {
                id: newId(),
                folderId: id,
                name,
                sizeBytes,
                modifiedMs,
                foundAt,
              });
          }),
        onGone: (files) =>
          mirror.transact((writable) => {
            for (const file of files) deleteFile(writable, id, basename(file));
          }),
        onState: (state) => mirror.transact((writable) => setFolderState(writable, id, state)),
        onListed: (names) => mirror.transact((writable) => keepOnly(writable, id, names)),
        onTrouble: (error) => {
          const details = { error: String(error).slice(0, 300) };
          host.log({ level: 'warn', event: 'folder-not-noted', details });
        },
      },
    );
    watches.set(id, watch);
  }

  return {
    async add(typed) {
      const path = await watchablePath(typed, host.homeFolder);
      if (allFolders(mirror).some((folder) => folder.path === path))
        throw new AppError('not-there', { sentence: `“${path}” is watched already.` });
      const lyingThere = (await filesIn(path)).map((file) => ({ ...file, id: newId() }));
      const folder = { id: newId(), path, addedAt: now() };
      mirror.transact((writable) => insertFolder(writable, folder, lyingThere));
      open(folder);
    },
    async remove(folderId) {
      mirror.transact((writable) => deleteFolder(writable, folderId));
      const watch = watches.get(folderId);
      watches.delete(folderId);
      await watch?.close();
    },
    async close() {
      await Promise.all([...watches.values()].map((watch) => watch.close()));
    },
  };
}

/** Folders that begin with what was typed, for a person who does not know the whole path by heart; 20 at most. */
export async function suggestFolders(typed: string, homeFolder = ''): Promise<readonly string[]> {
  const text = withHome(typed.trim() === '' ? '~/' : typed.trim(), homeFolder);
  if (!isAbsolute(text)) return [];
  const isWhole = /[/\\]$/.test(text);
  const parent = isWhole ? resolve(text) : dirname(resolve(text));
  const beginning = isWhole ? '' : basename(text).toLowerCase();
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .filter(({ name }) => name.toLowerCase().startsWith(beginning))
    .map(({ name }) => join(parent, name))
    .sort()
    .slice(0, 20);
}

async function watchablePath(typed: string, homeFolder = ''): Promise<string> {
  const text = withHome(typed.trim(), homeFolder);
  const refuse = (sentence: string) => new AppError('not-there', { sentence });
  if (!isAbsolute(text))
    throw refuse(
      `“${typed}” is not a whole path. Write it from the start of the disk, like ${homeFolder || '/home'}.`,
    );
  const path = resolve(text);
  if (path === parse(path).root)
    throw refuse(`“${path}” is the whole disk. Choose the folder the files come into.`);
  if (homeFolder !== '' && path === resolve(homeFolder))
    throw refuse(`“${path}” is your whole home folder. Choose the folder the files come into.`);
  const state = await stateOf(path);
  if (state === 'unreadable')
    throw refuse(`Docket may not look into “${path}”. Change its permissions, then add it again.`);
  if (state === 'missing')
    throw refuse(`There is no folder “${path}”. Check how it is written, then add it again.`);
  return path;
}

function withHome(typed: string, homeFolder: string): string {
  const isShort = homeFolder !== '' && (typed === '~' || typed.startsWith('~/'));
  return isShort ? join(homeFolder, typed.slice(1)) : typed;
}

async function filesIn(path: string): Promise<FileInFolder[]> {
  const names = (await readdir(path)).filter(isFileOfAPerson);
  const files = await Promise.all(
    names.map(async (name) => {
      const file = await lstat(join(path, name)).catch(() => undefined);
      if (file?.isFile() !== true) return undefined;
      return { name, sizeBytes: file.size, modifiedMs: Math.trunc(file.mtimeMs) };
    }),
  );
  return files.filter((file) => file !== undefined);
}
