// All offices of a server's folder, moved to PostgreSQL and a store while nobody serves them. (J3)

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { BlobStore } from '../blobs/blob-store.ts';
import { DiskBlobStore } from '../blobs/disk-blob-store.ts';
import { openData } from '../blobs/open-data.ts';
import { DATABASE_FILE } from '../blobs/open-data-folder.ts';
import type { KeptWhere } from '../config.ts';
import { AppError } from '../errors.ts';
import type { BlobId, WorkspaceId } from '../protocol/ids.ts';
import { fillPostgres, holdsOffices } from '../storage/postgres-fill.ts';
import { selectWorkspaceIds } from '../storage/queries.ts';
import { openSqliteAlone } from '../storage/sqlite-storage.ts';
import type { Tables } from '../storage/tables.ts';
import { type Copied, copyBlobs } from './data-copy.ts';

export interface Moved extends Copied {
  readonly offices: number;
  readonly rows: number;
  /** Which the database speaks of, and which are nowhere: they are as lost as they were. */
  readonly missing: readonly string[];
}

/**
 * Files first, since bytes come before the records that name them [B2]; then every row in one transaction. Cut short, the new
 * database has no office, and run again it goes on with the files that are missing. The folder stays as it is, and with its epoch,
 * versions, sessions and devices no desk and no customer notices. [L6]
 *
 * @throws Error with a sentence that never holds a password or secret
 */
export async function moveOffices(dataFolder: string, where: KeptWhere): Promise<Moved> {
  if (where.databaseUrl === null)
    throw new Error(
      'There is no DOCKET_DATABASE_URL, so nothing was moved. Set it to the database the offices go to, and the DOCKET_S3 settings to the store for their files.',
    );
  const database = join(dataFolder, DATABASE_FILE);
  if (!existsSync(database))
    throw new Error(
      `There is no Docket database in ${dataFolder}, so nothing was moved. Check --data.`,
    );
  const from = await openSqliteAlone(database);
  try {
    return await moveTo(where, where.databaseUrl, { from, dataFolder });
  } catch (cause) {
    throw cause instanceof AppError ? new Error(sentenceOf(cause), { cause }) : cause;
  } finally {
    await from.destroy();
  }
}

interface Source {
  readonly from: Kysely<Tables>;
  readonly dataFolder: string;
}

async function moveTo(
  where: KeptWhere,
  databaseUrl: string,
  { from, dataFolder }: Source,
): Promise<Moved> {
  const to = await openData(where);
  try {
    if ((await to.storage.workspaceIds()).length > 0) throw holdsOffices();
    const files = await DiskBlobStore.open(join(dataFolder, 'blobs'));
    // Without a store they stay where they are.
    const { s3 } = where;
    const copied = s3 === null ? NO_FILES : await copyFiles(from, files, to.blobs, s3.bucket);
    const missing = await missingFrom(from, s3 === null ? [files] : [files, to.blobs]);
    const rows = await fillPostgres(databaseUrl, from);
    const offices = (await to.storage.workspaceIds()).length;
    return { offices, rows, ...copied, missing };
  } finally {
    await to.storage.close();
  }
}

const NO_FILES: Copied = { files: 0, copied: 0, damaged: [] };

/** What an earlier try brought may be there, or a server that had only its files in a store. */
async function copyFiles(
  database: Kysely<Tables>,
  ...[from, to, bucket]: [from: BlobStore, to: BlobStore, bucket: string]
): Promise<Copied> {
  const offices = new Set((await selectWorkspaceIds(database)).map(({ id }) => id));
  for await (const { workspaceId } of to.list())
    if (!offices.has(workspaceId))
      throw new Error(
        `The bucket “${bucket}” holds files of other offices, so nothing was moved. Take an empty one.`,
      );
  return copyBlobs(from, to);
}

async function missingFrom(
  database: Kysely<Tables>,
  stores: readonly BlobStore[],
): Promise<readonly string[]> {
  const rows = await database.selectFrom('blob').select(['workspace_id', 'blob_id']).execute();
  const missing: string[] = [];
  for (const row of rows) {
    const place = { workspaceId: row.workspace_id as WorkspaceId, blobId: row.blob_id as BlobId };
    let isThere = false;
    for (const store of stores) isThere ||= (await store.sizeOf(place)) !== undefined;
    if (!isThere) missing.push(row.blob_id);
  }
  return missing;
}

function sentenceOf({ kind, sentence }: AppError): string {
  switch (kind) {
    case 'store-unreachable':
      return 'The store for files stopped answering, so no office was moved yet. Run this again: it goes on with the files that are missing.';
    case 'database-unreachable':
      return 'The PostgreSQL database stopped answering: it has all offices or none. Run this again.';
    default:
      return sentence;
  }
}
