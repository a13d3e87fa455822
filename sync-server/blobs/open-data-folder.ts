import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError } from '../storage/migrate.ts';
import { openSqliteStorage } from '../storage/sqlite-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { BlobStore } from './blob-store.ts';
import { DiskBlobStore } from './disk-blob-store.ts';
import { DiskUploadStore } from './disk-upload-store.ts';
import type { UploadStore } from './upload-store.ts';

/** In a data folder. */
export const DATABASE_FILE = 'server.sqlite';

/** Everything offices have: records, bytes, and uploads that are not through yet. (J3) */
export interface OpenData {
  readonly storage: Storage;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
}

/** The folder cannot be used; the message is a sentence for the person who started the server. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** @throws DataFolderError where the folder cannot be made or written */
export async function openDataFolder(dataFolder: string): Promise<OpenData> {
  const folder = await usableFolder(dataFolder);
  const files = await openFilesFolder(folder);
  return { storage: await openDatabaseFile(folder), ...files };
}

/** @throws DataFolderError */
export async function usableFolder(folder: string): Promise<string> {
  return inFolder(folder, async () => {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return folder;
  });
}

/** @throws DataFolderError */
export function openDatabaseFile(folder: string): Promise<Storage> {
  return inFolder(folder, () => openSqliteStorage(join(folder, DATABASE_FILE)));
}

/** @throws DataFolderError */
export function openFilesFolder(folder: string): Promise<Omit<OpenData, 'storage'>> {
  return inFolder(folder, async () => ({
    blobs: await DiskBlobStore.open(join(folder, 'blobs')),
    // Beside the blobs and so on their disk: an upload that is through is renamed, not copied.
    uploads: await DiskUploadStore.open(join(folder, 'uploads')),
  }));
}

async function inFolder<T>(folder: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof MigrationError)
      throw new DataFolderError(
        `The folder ${folder} cannot be used for Docket's data. ${cause.message}`,
        { cause },
      );
    throw new DataFolderError(
      `The folder ${folder} cannot be used for Docket's data (${reasonOf(cause)}). Choose another folder or change who may write there.`,
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'you may not write there';
    case 'EROFS':
    case 'SQLITE_READONLY':
      return 'it is read-only';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'there is a file of that name';
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return 'the disk is full';
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return 'its database is damaged';
    default:
      return cause instanceof Error ? cause.message.replace(/\.$/, '') : 'for an unknown reason';
  }
}
