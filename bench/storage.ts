// npm run bench -- storage: what a push costs the server on PostgreSQL, against SQLite in the same run on the same disk, both
// with every commit on the disk before it is answered. (J3)

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyMutations } from '../sync-server/storage/apply-mutations.ts';
import { openPostgresStorage } from '../sync-server/storage/postgres-storage.ts';
import { openSqliteStorage } from '../sync-server/storage/sqlite-storage.ts';
import type { Storage } from '../sync-server/storage/storage.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { aNote } from '../test/support/test-device.ts';
import { addOffice, type TestOffice } from '../test/support/test-server.ts';
import { compare, type Measured, printReport } from './support/results.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const OFFICES = 4;

interface Load {
  readonly name: string;
  readonly pushes: number;
  readonly notesInEach: number;
  /** How many offices push at once. */
  readonly offices: number;
}

const LOADS: readonly Load[] = [
  { name: 'one note in a push, one office', pushes: 100, notesInEach: 1, offices: 1 },
  { name: 'fifty notes in a push, one office', pushes: 20, notesInEach: 50, offices: 1 },
  {
    name: 'one note in a push, four offices at once',
    pushes: 100,
    notesInEach: 1,
    offices: OFFICES,
  },
];

const folder = await makeTempDir();
const cluster = await startPostgres({ safe: true });
try {
  const database = await cluster.freshDatabase();
  const postgres = await opened(await openPostgresStorage(database.url));
  const sqlite = await opened(await openSqliteStorage(join(folder, 'server.sqlite')));
  const measured: Measured[] = [];
  for (const load of LOADS) {
    const [ours, theirs]: [number[], number[]] = [[], []];
    // In turns, so that whatever else the machine does falls on both.
    for (let run = 0; run < Number(values.runs); run += 1) {
      ours.push(await notesPerSecond(postgres, load));
      theirs.push(await notesPerSecond(sqlite, load));
    }
    measured.push(compare({ name: load.name, unit: 'notes/s', against: 'SQLite' }, ours, theirs));
  }
  printReport('storage', measured);
  await postgres.storage.close();
  await sqlite.storage.close();
} finally {
  await cluster.stop();
  await removeTempDir(folder);
}

interface Opened {
  readonly storage: Storage;
  readonly offices: readonly TestOffice[];
}

async function opened(storage: Storage): Promise<Opened> {
  const offices: TestOffice[] = [];
  for (let count = 0; count < OFFICES; count += 1)
    offices.push(await addOffice({ storage }, `office-${count}.example`));
  return { storage, offices };
}

async function notesPerSecond(
  { storage, offices }: Opened,
  { pushes, notesInEach, offices: many }: Load,
): Promise<number> {
  const begunAt = performance.now();
  await Promise.all(
    offices.slice(0, many).map(async (office) => {
      for (let push = 0; push < pushes; push += 1) {
        const mutations = Array.from({ length: notesInEach }, () => aNote({ office }));
        await applyMutations(storage, {
          workspaceId: office.workspace.id,
          actor: { kind: 'member', memberId: office.mara.id, role: 'admin' },
          arrivedAt: '2026-11-12T11:00:00.000Z',
          mutations,
        });
      }
    }),
  );
  return (many * pushes * notesInEach * 1000) / (performance.now() - begunAt);
}
