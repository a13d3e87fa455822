// Everything offices have, wherever the settings say it is kept. What nobody asked for is not even loaded. (J3)

import { join } from 'node:path';
import type { KeptWhere } from '../config.ts';
import type { Storage } from '../storage/storage.ts';
import { IncomingFolder } from './incoming-folder.ts';
import {
  type OpenData,
  openDatabaseFile,
  openFilesFolder,
  usableFolder,
} from './open-data-folder.ts';

/**
 * @throws DataFolderError or StartError with a sentence for the person who started the server, in which no password or secret
 * stands
 */
export async function openData(where: KeptWhere): Promise<OpenData> {
  const folder = await usableFolder(where.dataFolder);
  const files = await openFiles(where, folder);
  return { ...files, storage: await openStorage(where, folder) };
}

async function openStorage({ databaseUrl }: KeptWhere, folder: string): Promise<Storage> {
  if (databaseUrl === null) return openDatabaseFile(folder);
  const { openPostgresStorage } = await import('../storage/postgres-storage.ts');
  return openPostgresStorage(databaseUrl);
}

async function openFiles(
  { s3 }: KeptWhere,
  folder: string,
): Promise<Pick<OpenData, 'blobs' | 'uploads'>> {
  if (s3 === null) return openFilesFolder(folder);
  const { S3Bucket } = await import('./s3-bucket.ts');
  const { S3BlobStore } = await import('./s3-blob-store.ts');
  const { S3UploadStore } = await import('./s3-upload-store.ts');
  const bucket = new S3Bucket(s3);
  await bucket.check();
  // Nothing lies there for longer than a request takes.
  const incoming = await IncomingFolder.open(join(folder, 'incoming'));
  return {
    blobs: new S3BlobStore(bucket, incoming),
    uploads: new S3UploadStore(bucket, incoming),
  };
}
