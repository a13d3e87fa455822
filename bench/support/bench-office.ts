// The office a sync bench is about, on a server in a process of its own.

import { cp } from 'node:fs/promises';
import { openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import { addLargeOffice, buildLargeOffice } from '../../test/support/large-office.ts';
import { freePort, type Program, startProgram } from '../../test/support/program.ts';

export interface BenchOffice {
  readonly emails: readonly string[];
  /** Everything a member's first sync brings, read marks of others apart. */
  readonly rows: number;
  /** A server over a fresh copy of the office. */
  startServer(copyFolder: string): Promise<Program>;
}

const SEED = 100_000;

export async function prepareOffice(
  folder: string,
  size: { readonly jobs: number; readonly entries: number },
): Promise<BenchOffice> {
  const office = buildLargeOffice({ ...size, hasFiles: true }, SEED);
  const { storage } = await openDataFolder(folder);
  await addLargeOffice(storage, office);
  await storage.close();
  return {
    emails: office.members.map(({ email }) => email),
    rows: office.records.length,
    startServer: async (copyFolder) => {
      await cp(folder, copyFolder, { recursive: true });
      return startProgram('sync-server/main.ts', [], {
        DOCKET_DATA: copyFolder,
        DOCKET_PORT: String(await freePort()),
        DOCKET_LOG: 'error',
      });
    },
  };
}
