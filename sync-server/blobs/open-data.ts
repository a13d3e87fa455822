// Everything offices have, wherever the settings say it is kept. (J3)

import { join } from 'node:path';
import type { KeptWhere } from '../config.ts';
import { openPostgresStorage } from '../storage/postgres-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { BlobStore } from './blob-store.ts';
import {
  type OpenData,
  openDatabaseFile,
  openFilesFolder,
  usableFolder,
} from './open-data-folder.ts';
import { IncomingFolder } from './incoming-folder.ts';
import { S3BlobStore } from './s3-blob-store.ts';
import { S3Bucket } from './s3-bucket.ts';
import { S3UploadStore } from './s3-upload-store.ts';
import type { UploadStore } from './upload-store.ts';

/**
 * @throws DataFolderError, DatabaseError or StoreError with a sentence for the person who started the server, in which no
 * password or secret stands
 */
export async function openData(where: KeptWhere): Promise<OpenData> {
  const folder = await usableFolder(where.dataFolder);
  const files = await openFiles(where, folder);
  return { storage: await openStorage(where, folder), ...files };
}

function openStorage({ databaseUrl }: KeptWhere, folder: string): Promise<Storage> {
  return databaseUrl === null ? openDatabaseFile(folder) : openPostgresStorage(databaseUrl);
}

async function openFiles(
  { s3 }: KeptWhere,
  folder: string,
): Promise<{ readonly blobs: BlobStore; readonly uploads: UploadStore }> {
  if (s3 === null) return openFilesFolder(folder);
  const bucket = new S3Bucket(s3);
  await bucket.check();
  // Nothing lies there for longer than a request takes.
  const incoming = await IncomingFolder.open(join(folder, 'incoming'));
  return {
    blobs: new S3BlobStore(bucket, incoming),
    uploads: new S3UploadStore(bucket, incoming),
  };
}
