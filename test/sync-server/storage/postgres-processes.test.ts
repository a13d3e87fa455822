// What only PostgreSQL has: several processes on one database, a line to it that breaks, and whatever it sees otherwise than SQLite.

import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { applied } from '../../../sync-server/protocol/outcome.ts';
import type { News } from '../../../sync-server/storage/other-processes.ts';
import { openPostgresStorage } from '../../../sync-server/storage/postgres-storage.ts';
import type { Storage } from '../../../sync-server/storage/storage.ts';
import { aMutationId, anEntry, aPipeline, aReadMark } from '../../support/builders.ts';
import { onPostgres } from '../../support/on-postgres.ts';
import type { TestDatabase } from '../../support/postgres.ts';
import { addOffice } from '../../support/test-server.ts';

await onPostgres((cluster) => {
  let database: TestDatabase;
  let here: Storage;
  let there: Storage;
  beforeEach(async () => {
    database = await cluster.freshDatabase();
    here = await openPostgresStorage(database.url);
    there = await openPostgresStorage(database.url);
  });
  afterEach(async () => {
    await here.close();
    await there.close();
    await database.giveBack();
  });

  const write = (by: Storage, { workspace, job }: Awaited<ReturnType<typeof addOffice>>) =>
    by.transact(workspace.id, async (transaction) => {
      await transaction.find({ kind: 'job', id: job.id });
      const entry = anEntry({ jobId: job.id });
      const identity = { id: aMutationId(), actorKey: 'test' };
      transaction.settle(identity, applied({ kind: 'entry', record: entry }));
    });

  describe('(J3) two processes', () => {
    it('[O1] give out versions without a gap, in the order of their commits', async () => {
      const office = await addOffice({ storage: here });
      const before = (await here.headVersion(office.workspace.id))!;
      const seen: number[] = [];
      let isDone = false;
      const watch = async () => {
        while (!isDone) {
          const afterVersion = seen.at(-1) ?? before;
          const { rows } = await there.changesAfter({
            workspaceId: office.workspace.id,
            memberId: office.mara.id,
            afterVersion,
            limitRows: 1000,
          });
          seen.push(...rows.map(({ version }) => version));
        }
      };
      const watching = watch();
      await Promise.all(
        [here, there].flatMap((by) => Array.from({ length: 15 }, () => write(by, office))),
      );
      isDone = true;
      await watching;
      const { rows } = await here.changesAfter({
        workspaceId: office.workspace.id,
        memberId: office.mara.id,
        afterVersion: before,
        limitRows: 1000,
      });
      const versions = Array.from({ length: 30 }, (_, index) => before + 1 + index);
      expect(rows.map(({ version }) => version)).toEqual(versions);
      // Whoever pulled meanwhile was never shown a version before all below it.
      expect(seen).toEqual(versions.slice(0, seen.length));
    });

    it('[P1] the same mutation at both at once is applied once', async () => {
      const { workspace, job } = await addOffice({ storage: here });
      const identity = { id: aMutationId(), actorKey: 'test' };
      const push = (by: Storage) =>
        by.transact(workspace.id, async (transaction) => {
          if (await transaction.isSettled(identity)) return;
          const entry = anEntry({ jobId: job.id });
          transaction.settle(identity, applied({ kind: 'entry', record: entry }));
        });
      const before = (await here.headVersion(workspace.id))!;
      await Promise.all([push(here), push(there), push(here), push(there)]);
      expect(await here.headVersion(workspace.id)).toBe(before + 1);
    });

    it('[L4] hear of each other’s commits and mails, and not of what came to nothing', async () => {
      const office = await addOffice({ storage: here });
      const pokes: number[] = [];
      let mails = 0;
      there.onCommit((_, version) => pokes.push(version));
      there.mails.onMailQueued(() => {
        mails += 1;
      });
      const fails = here.transact(office.workspace.id, async (transaction) => {
        transaction.settle(
          { id: aMutationId(), actorKey: 'test' },
          applied({ kind: 'entry', record: anEntry({ jobId: office.job.id }) }),
        );
        await Promise.reject(new Error('Not this time.'));
      });
      await expect(fails).rejects.toThrow('Not this time.');
      const { version } = await write(here, office);
      await expect.poll(() => pokes).toEqual([version]);
      await here.transact(office.workspace.id, async (transaction) => {
        transaction.hastenMails({ jobId: null, by: '2026-11-12T11:00:00.000Z' });
        await Promise.resolve();
      });
      await expect.poll(() => mails).toBe(1);
    });

    it('[L4] look for themselves after the line was broken', async () => {
      const office = await addOffice({ storage: here });
      const pokes: number[] = [];
      there.onCommit((_, version) => pokes.push(version));
      await database.cutAll();
      // Told to nobody, as long as the other one is not back.
      await expect.poll(() => write(here, office).catch(() => undefined)).toBeDefined();
      const head = await here.headVersion(office.workspace.id);
      await expect.poll(() => pokes).toContain(head);
    });

    it('[F1] (F2) claim one mail each, however few mails the database has seen', async () => {
      const { workspace, anna } = await addOffice({ storage: here });
      const at = (minute: number) => `2026-11-12T10:0${minute}:00.000Z`;
      const queue = (id: string, minute: number) =>
        here.mails.queueSignInMail(
          {
            ...{ workspaceId: workspace.id, id, kind: 'sign_in', customerId: anna.id },
            ...{ jobId: null, memberId: null, openedAt: at(minute), dueAt: at(minute) },
            ...{ attempts: 0, isOpen: false, deliveries: [] },
          },
          at(0),
        );
      await queue('first', 0);
      // What PostgreSQL plans by: a table of one row, as it nearly always is.
      await query(database, 'vacuum analyze queued_mail');
      await queue('second', 1);
      await queue('third', 2);
      const claim = (by: Storage, claimant: string) =>
        by.mails.claimDueMail(at(5), { claimant, until: at(9) });
      const claimed = [
        await claim(here, 'here'),
        await claim(there, 'there'),
        await claim(here, 'here'),
        await claim(there, 'there'),
      ];
      expect(claimed.map((found) => found?.id)).toEqual(['first', 'second', 'third', undefined]);
    });

    it('[L3] forget a deletion at the same time, and all of it', async () => {
      const { workspace } = await addOffice({ storage: here });
      const tombstones = 'from record where is_deleted = 1';
      await query(
        database,
        `insert into record (workspace_id, kind, id, version, created_version, is_deleted, data)
         select '${workspace.id}', 'entry', 'gone-' || n, 5, 5, 1, '' from generate_series(1, 12) n;
         insert into deletion (workspace_id, version, member_id, deleted_at)
         values ('${workspace.id}', 5, 'm', '2026-01-01T00:00:00.000Z')`,
      );
      const collect = (by: Storage) => by.collectTombstones('2026-11-12T00:00:00.000Z', 3);
      expect(await collect(here)).toBe(3);
      // Both are in the middle of it: neither comes to its end before the other has begun.
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query('begin');
      await client.query(`select ${tombstones} for update`);
      const both = [collect(here), collect(there)];
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await query(database, waiting)).rowCount).toBe(2);
      await client.query('rollback');
      await client.end();
      await Promise.all(both);
      while ((await collect(here)) > 0);
      expect((await query(database, `select ${tombstones}`)).rowCount).toBe(0);
    });

    it('[L4] ask the network within a minute whether a quiet line is still there', async () => {
      // In hundredths of a second, of each line to this database that is asked after at all; where the system tells.
      const lines = (await readFile('/proc/net/tcp', 'utf8').catch(() => '')).split('\n');
      const port = Number(new URL(database.url).port).toString(16).toUpperCase().padStart(4, '0');
      const waits = lines.flatMap((line) => {
        const [, , to = '', , , timer = ''] = line.trim().split(/\s+/);
        const [kind, when = ''] = timer.split(':');
        return to.endsWith(`:${port}`) && kind === '02' ? Number.parseInt(when, 16) : [];
      });
      expect(waits.filter((wait) => wait > 6000)).toEqual([]);
    });

    it('tell each other who is where, and never themselves', async () => {
      const heard: News[] = [];
      const own: News[] = [];
      there.others.onNews((news) => heard.push(news));
      here.others.onNews((news) => own.push(news));
      here.others.tell({ kind: 'presence', text: 'x'.repeat(8000) });
      here.others.tell({ kind: 'presence', text: 'Mara is on a job.' });
      await expect.poll(() => heard).toEqual([{ kind: 'presence', text: 'Mara is on a job.' }]);
      expect(own).toEqual([]);
    });

    it('[B2, B4] take turns under a key, and know when one was lost', async () => {
      const order: string[] = [];
      const inner = Promise.withResolvers<undefined>();
      const first = here.turns.run('a', async () => {
        order.push('first begins');
        await there.turns.run('b', async () => {
          order.push('another key waits for nobody');
          await Promise.resolve();
        });
        await inner.promise;
        order.push('first ends');
      });
      await expect.poll(() => order).toContain('another key waits for nobody');
      const second = there.turns.run('a', async () => {
        order.push('second');
        await Promise.resolve();
      });
      inner.resolve(undefined);
      await Promise.all([first, second]);
      expect(order).toEqual([
        'first begins',
        'another key waits for nobody',
        'first ends',
        'second',
      ]);
      const lost = here.turns.run('a', async (turn) => {
        await database.cutAll();
        await turn.stillMine();
        order.push('done without a turn');
      });
      await expect(lost).rejects.toBeDefined();
      expect(order).not.toContain('done without a turn');
      await expect
        .poll(() => here.turns.run('a', () => Promise.resolve('again')).catch(String))
        .toBe('again');
    });
  });

  describe('(J3) a database that went away', () => {
    it('is a reason to come later, and is found again by itself', async () => {
      const office = await addOffice({ storage: here });
      const broken = here.transact(office.workspace.id, async (transaction) => {
        await transaction.find({ kind: 'job', id: office.job.id });
        await database.cutAll();
        await transaction.find({ kind: 'pipeline', id: office.pipeline.id });
      });
      await expect(broken).rejects.toMatchObject({ kind: 'database-unreachable', statusCode: 503 });
      await expect.poll(() => here.headVersion(office.workspace.id).catch(() => 0)).toBe(10);
    });
  });

  describe('(J3) PostgreSQL does as SQLite does', () => {
    it('orders ids byte by byte, whatever language the database is of', async () => {
      const { workspace } = await addOffice({ storage: here });
      const ids = ['b', 'A', 'ä', 'a', 'Z', '_', '0'];
      await here.transact(workspace.id, async (transaction) => {
        const puts = ids.map(
          (id) => ({ kind: 'pipeline', record: { ...aPipeline(), id } }) as never,
        );
        transaction.settle({ id: aMutationId(), actorKey: 'test' }, applied(...(puts as [never])));
        await Promise.resolve();
      });
      const sorted = ['0', 'A', 'Z', '_', 'a', 'b', 'ä'];
      const found = await there.recordsOfKind(workspace.id, 'pipeline');
      expect(found.map(({ record }) => record.id).filter((id) => sorted.includes(id))).toEqual(
        sorted,
      );
    });

    it('counts more bytes in a day than 32 bits hold', async () => {
      const { workspace, anna } = await addOffice({ storage: here });
      const most = { messages: 9, saves: 9, files: 9, bytes: 6_000_000_000 };
      const owner = { workspaceId: workspace.id, customerId: anna.id };
      const volume = { messages: 0, saves: 0, files: 1, bytes: 2_500_000_000 };
      const add = () => here.addToDay({ owner, day: '2026-11-12', volume }, most);
      expect([await add(), await add(), await add()]).toEqual([true, true, false]);
    });

    it('[V2] finds nothing under an id that is no text to it', async () => {
      const { workspace } = await addOffice({ storage: here });
      expect(await here.recordById(workspace.id, 'job', 'a\0b')).toBeUndefined();
    });
  });

  describe('[V1] what a customer is shown', () => {
    it('is asked of the database before each answer, not left to what is told', async () => {
      const office = await addOffice({ storage: here });
      const owner = { workspaceId: office.workspace.id, customerId: office.anna.id };
      await there.sessions.catchUp();
      const before = there.sessions.standOf(owner);
      await write(here, office);
      await there.sessions.catchUp();
      expect(there.sessions.standOf(owner)).not.toBe(before);
    });

    it('counts a transaction that began before another one and ended after it', async () => {
      const office = await addOffice({ storage: here });
      const owner = { workspaceId: office.workspace.id, customerId: office.anna.id };
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      // It has a transaction number, and nobody sees yet what it wrote.
      await client.query('begin');
      await client.query("update record set data = data where kind = 'job'");
      const elsewhere = await addOffice({ storage: here }, 'other.example');
      await write(here, elsewhere);
      await there.sessions.catchUp();
      const before = there.sessions.standOf(owner);
      await there.sessions.catchUp();
      expect(there.sessions.standOf(owner)).toBe(before);
      await client.query('commit');
      await client.end();
      await there.sessions.catchUp();
      expect(there.sessions.standOf(owner)).not.toBe(before);
    });

    it('forgets what every process has heard of long ago', async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const noted = async () =>
        (await client.query('select from change_note where noted_at < now()')).rowCount;
      await client.query(`insert into change_note (noted_at, workspace_id, kind, id)
        values (now() - interval '2 hours', 'w', 'job', ''), (now() - interval '1 minute', 'w', 'job', '')`);
      expect(await noted()).toBe(2);
      await here.sessions.catchUp();
      expect(await noted()).toBe(1);
      await client.end();
    });

    it('does not move with what is a member’s own', async () => {
      const office = await addOffice({ storage: here });
      const owner = { workspaceId: office.workspace.id, customerId: office.anna.id };
      await there.sessions.catchUp();
      const before = there.sessions.standOf(owner);
      await here.transact(office.workspace.id, async (transaction) => {
        const mark = aReadMark({ memberId: office.mara.id, jobId: office.job.id });
        const identity = { id: aMutationId(), actorKey: 'test' };
        transaction.settle(identity, applied({ kind: 'read_mark', record: mark }));
        await Promise.resolve();
      });
      await there.sessions.catchUp();
      expect(there.sessions.standOf(owner)).toBe(before);
    });
  });

  describe('(J3) at the start', () => {
    it('of several processes at once one lays the tables', async () => {
      const bare = await cluster.bareDatabase();
      const all = await Promise.all([1, 2, 3, 4].map(() => openPostgresStorage(bare.url)));
      const epochs = new Set(await Promise.all(all.map((one) => one.epoch())));
      expect(epochs.size).toBe(1);
      for (const one of all) await one.close();
    });

    it('[H9] a database that a newer server wrote is refused', async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const future = ['999-from-the-future', '2031-01-01T00:00:00.000Z'];
      await client.query('insert into kysely_migration (name, timestamp) values ($1, $2)', future);
      await expect(openPostgresStorage(database.url)).rejects.toThrow(/newer server/);
      await client.query("delete from kysely_migration where name like '999%'");
      await client.end();
    });

    it('what is wrong is said in a sentence without the password', async () => {
      const sentenceOf = (url: string) =>
        openPostgresStorage(url).then(
          () => 'It opened.',
          (error: unknown) => String(error),
        );
      const wrong = await sentenceOf(cluster.urlOf(database.name, 'not the password'));
      expect(wrong).toMatch(/does not let “docket” in with this password.*DOCKET_DATABASE_URL/);
      expect(wrong).not.toContain('not the password');
      expect(wrong).not.toContain('not%20the');
      expect(await sentenceOf(cluster.urlOf('nowhere'))).toMatch(/There is no database “nowhere”/);
      expect(await sentenceOf('postgres://docket:x@127.0.0.1:1/docket')).toMatch(
        /The database at 127.0.0.1:1 cannot be reached/,
      );
      expect(await sentenceOf('postgres://docket:x@nowhere.invalid/docket')).toMatch(
        /cannot be reached/,
      );
    });
  });
});

async function query({ url }: TestDatabase, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
