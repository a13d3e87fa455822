// A mirror written by an older or a newer Docket.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { feedOf } from '../../../../electron/core/mirror/entries.ts';
import { unreadRefusals } from '../../../../electron/core/mirror/mails.ts';
import { MIGRATIONS, migrate } from '../../../../electron/core/mirror/migrate.ts';
import { allMutations } from '../../../../electron/core/outbox/outbox.ts';
import { rebase } from '../../../../electron/core/outbox/rebase.ts';
import { type RecordKind, recordSchemas } from '../../../../sync-server/protocol/records.ts';
import { aMemberId, BUILT_AT } from '../../../support/builders.ts';
import { startTestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { mirrorFile } from '../../../crash/desk-folder.ts';

const FIRST_ROWS = readFileSync(
  new URL('../../../fixtures/mirror-version-1.sql', import.meta.url),
  'utf8',
);

/** As a Docket of that version left it, with an office, a file, and an outbox in all states. */
async function aFileOfVersion(version: number): Promise<string> {
  const file = join(await tempDir(), 'docket.sqlite');
  const database = new BetterSqlite(file);
  database.pragma('journal_mode = WAL');
  migrate(database, () => undefined, MIGRATIONS.slice(0, 1));
  database.exec(FIRST_ROWS);
  migrate(database, () => undefined, MIGRATIONS.slice(0, version));
  database.close();
  return file;
}

/** All that the first version knew. */
function rowsOf(file: string): Record<string, unknown[]> {
  const database = new BetterSqlite(file, { readonly: true });
  const tables = new Set(
    [...FIRST_ROWS.matchAll(/^INSERT INTO (\w+) \(([^)]*)\)/gm)].map(
      ([, table, columns]) => `${table}|${columns}`,
    ),
  );
  const rows = [...tables].map((each) => {
    const [table = '', columns = ''] = each.split('|');
    return [table, database.prepare(`SELECT ${columns} FROM ${table} ORDER BY 1`).all()];
  });
  database.close();
  return Object.fromEntries(rows) as Record<string, unknown[]>;
}

const versions = MIGRATIONS.map((_, index) => index + 1);

describe.each(versions.slice(0, -1))('[H9] [F3] a mirror of version %i', (version) => {
  test('is brought up to date with every row, beside a copy of the file as it was', async () => {
    const file = await aFileOfVersion(version);
    const before = rowsOf(file);
    const bytes = readFileSync(file);
    openMirror(file).close();
    expect(rowsOf(file)).toEqual(before);
    expect(readFileSync(`${file}.before-v${version + 1}`).equals(bytes)).toBe(true);
  });

  test('reads as it did: records, feed, and an outbox that can be undone and replayed', async () => {
    const mirror = openMirror(await aFileOfVersion(version));
    for (const kind of Object.keys(recordSchemas) as RecordKind[])
      for (const { data } of mirror.all<{ data: string }>(`SELECT data FROM ${kind}`))
        recordSchemas[kind].parse(JSON.parse(data));
    expect(allMutations(mirror).map(({ state }) => state)).toEqual([
      ...['accepted', 'parked', 'pending', 'pending'],
    ]);
    const job = mirror.get<{ id: string }>('SELECT job_id AS id FROM attachment');
    const filters = { kinds: [], authorIds: [], audiences: [], search: '' };
    const feed = () => feedOf(mirror, job?.id ?? '', filters, 100);
    const before = feed();
    expect(before.total).toBe(6);
    const memberId = mirror.get<{ id: string }>('SELECT author_id AS id FROM entry')?.id as never;
    mirror.transact((writable) =>
      rebase(writable, { kind: 'member', memberId, role: 'admin' }, () => undefined),
    );
    expect(feed()).toEqual(before);
    mirror.close();
  });

  test('stays as it was where a step fails midway', async () => {
    const file = await aFileOfVersion(version);
    const before = rowsOf(file);
    const database = new BetterSqlite(file);
    const steps = [...MIGRATIONS, 'CREATE TABLE half (id TEXT); DROP TABLE not_there;'];
    expect(() => migrate(database, () => undefined, steps)).toThrow('not_there');
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).all();
    expect(tables).toEqual([]);
    expect(database.pragma('user_version', { simple: true })).toBe(version);
    database.close();
    expect(rowsOf(file)).toEqual(before);
  });
});

test.each(versions.filter((version) => version > 1 && version < 13))(
  '[H9] (F2, F3) a mail that was refused while the mirror was of version %i rings after the update, and no other does',
  async (version) => {
    const file = await aFileOfVersion(version);
    const database = new BetterSqlite(file);
    const { id: jobId, customer_id: customerId } = database
      .prepare('SELECT id, customer_id FROM job')
      .get() as { id: string; customer_id: string };
    const states = {
      'to nobody': { state: 'refused', reason: 'No such mailbox' },
      'to one of two': { state: 'sent', refused: [{ to: 'b@c.example', reason: 'Full' }] },
      arrived: { state: 'sent' },
      'on its way': { state: 'waiting', refused: [] },
    };
    const insert = database.prepare(
      'INSERT INTO mail (id, version, position, generation, data, job_id) VALUES (?, 999, 999, 1, ?, ?)',
    );
    for (const [id, said] of Object.entries(states)) {
      const mail = { id, jobId, customerId, entryIds: [], to: [], at: BUILT_AT, reason: '' };
      insert.run(id, JSON.stringify({ ...mail, ...said }), jobId);
    }
    database.close();
    const mirror = openMirror(file);
    const reader = { memberId: aMemberId(), joinedVersion: 0 };
    const ringing = unreadRefusals(mirror, reader, { limit: 10 }).map(({ id }) => id);
    expect(ringing.toSorted()).toEqual(['to nobody', 'to one of two']);
    mirror.close();
  },
);

test('[H9] [F3] a mirror of a newer Docket is refused, said on the screen, and not touched', async () => {
  const server = await startTestServer();
  const folder = await tempDir();
  const desk = await startTestDesk(folder);
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  await desk.core.close();
  const database = new BetterSqlite(mirrorFile(folder));
  database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  database.close();
  const before = readFileSync(mirrorFile(folder));

  const older = await startTestDesk(folder, desk.host);
  expect(await older.ask('session', {})).toMatchObject({
    kind: 'closed',
    sentence: 'This database was written by a newer Docket. Update Docket to open it.',
  });
  await expect(older.request('sync.now', {})).rejects.toThrow(/newer Docket/);
  await older.request('session.open', {});
  expect(await older.ask('session', {})).toMatchObject({ kind: 'closed' });
  await older.core.close();
  expect(readFileSync(mirrorFile(folder)).equals(before)).toBe(true);
  expect(existsSync(`${mirrorFile(folder)}.damaged-1`)).toBe(false);

  // Updated, it opens.
  const updated = new BetterSqlite(mirrorFile(folder));
  updated.pragma(`user_version = ${MIGRATIONS.length}`);
  updated.close();
  const again = await startTestDesk(folder, desk.host);
  expect(await again.ask('session', {})).toMatchObject({ kind: 'signed-in' });
  await again.core.close();
  await server.stop();
});
