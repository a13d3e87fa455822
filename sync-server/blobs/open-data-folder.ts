import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError } from '../storage/migrate.ts';
import { openSqliteStorage } from '../storage/sqlite-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { BlobStore } from './blob-store.ts';
import { DiskBlobStore } from './disk-blob-store.ts';
import { UploadStore } from './upload-store.ts';

/** In a data folder. */
export const DATABASE_FILE = 'server.sqlite';

/** Everything an office has, as the embedded server keeps it: one database and one folder of bytes. (J3) */
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
  try {
    await mkdir(dataFolder, { recursive: true });
    await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
    const blobs = await DiskBlobStore.open(join(dataFolder, 'blobs'));
    // Beside the blobs and so on their disk: an upload that is through is renamed, not copied.
    const uploads = await UploadStore.open(join(dataFolder, 'uploads'));
    return { storage: await openSqliteStorage(join(dataFolder, DATABASE_FILE)), blobs, uploads };
  } catch (cause) {
    if (cause instanceof MigrationError)
      throw new DataFolderError(
        `The folder ${dataFolder} cannot be used for Docket's data. ${cause.message}`,
        { cause },
      );
    throw new DataFolderError(
      `The folder ${dataFolder} cannot be used for Docket's data (${reasonOf(cause)}). Choose another folder or change who may write there.`,
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
