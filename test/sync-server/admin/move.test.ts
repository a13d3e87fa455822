// A server's folder is moved to PostgreSQL and a store: all of it, or nothing, and no desk or customer notices. (J3) [L6]

import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { moveOffices } from '../../../sync-server/admin/move-offices.ts';
import { buildApp } from '../../../sync-server/app.ts';
import { openData } from '../../../sync-server/blobs/open-data.ts';
import { DATABASE_FILE } from '../../../sync-server/blobs/open-data-folder.ts';
import { S3Bucket } from '../../../sync-server/blobs/s3-bucket.ts';
import type { KeptWhere } from '../../../sync-server/config.ts';
import { SESSION_COOKIE } from '../../../sync-server/portal/visitor.ts';
import { openPostgresStorage } from '../../../sync-server/storage/postgres-storage.ts';
import { openSqliteAlone } from '../../../sync-server/storage/sqlite-storage.ts';
import { aWorkspaceId, blobIdOf } from '../../support/builders.ts';
import { enterPortal } from '../../support/enter-portal.ts';
import { onPostgres } from '../../support/on-postgres.ts';
import type { TestDatabase } from '../../support/postgres.ts';
import { type S3Store, startS3Store } from '../../support/s3-store.ts';
import { removeTempDir } from '../../support/temp-dir.ts';
import { aNote, signInDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

const PHOTO = Buffer.from('the bytes of a photo');

await onPostgres((cluster) => {
  let server: TestServer;
  let database: TestDatabase;
  let store: S3Store;
  let where: KeptWhere;
  beforeEach(async () => {
    server = await startTestServer();
    database = await cluster.freshDatabase();
    store = await startS3Store();
    const { dataFolder } = server.config;
    where = { dataFolder, databaseUrl: database.url, s3: store.config };
  });
  afterEach(async () => {
    await database.giveBack();
    await store.remove();
    await removeTempDir(server.folder);
  });

  const stopped = () => server.stop({ keepFolder: true });
  const move = (to: Partial<KeptWhere> = {}) =>
    moveOffices(server.config.dataFolder, { ...where, ...to });
  /** As a person runs it; what it says and ends with. */
  const command = async () => {
    const args = ['sync-server/admin/move.ts', '--data', server.config.dataFolder];
    const env = { ...process.env, DOCKET_DATABASE_URL: database.url, ...store.environment };
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, args, { env })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };
  const query = async (text: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(text).finally(() => client.end());
    return rows;
  };
  const officesThere = async () => (await query('select id from workspace')).length;

  describe('(J3) after a move', () => {
    test('[L6] [P1] desks go on where they were, customers are signed in, and files are there', async () => {
      const device = await signInDevice(server);
      const { anna, workspace } = server.office;
      await device.putBlob(blobIdOf(PHOTO), PHOTO);
      const notes = Array.from({ length: 190 }, () => aNote(server));
      const outcomes = await device.push(...notes);
      const epoch = await server.data.storage.epoch();
      const { cursor } = await device.pullAll();
      const customer = { workspaceId: workspace.id, customerId: anna.id };
      const { storage } = server.data;
      const session = await enterPortal({ storage, now: () => Date.now() }, customer);
      await stopped();

      expect(await move()).toMatchObject({
        ...{ offices: 1, files: 1, copied: 1, damaged: [], missing: [] },
      });

      const data = await openData({ ...where, dataFolder: join(server.folder, 'moved') });
      const app = await buildApp({ config: server.config, ...data, now: () => Date.now() });
      onTestFinished(async () => {
        await app.close();
        await data.storage.close();
      });
      const { headers } = device;
      const pulled = await app.inject({ url: `/api/sync/pull?cursor=${cursor}`, headers });
      // The customer's coming in is all that was new.
      expect(pulled.json()).toMatchObject({ kind: 'page', epoch, more: false });
      const again = await app.inject({
        ...{ method: 'POST', url: '/api/sync/push', headers },
        payload: { epoch, mutations: notes },
      });
      const results = notes.map(({ id }, index) => ({ id, outcome: outcomes[index] }));
      expect(again.json()).toEqual({ kind: 'results', results });
      const photo = await app.inject({ url: `/api/blobs/${blobIdOf(PHOTO)}`, headers });
      expect(photo.rawPayload).toEqual(PHOTO);
      const cookie = `${SESSION_COOKIE}=${session.sessionToken}`;
      expect((await app.inject({ url: '/portal', headers: { cookie } })).statusCode).toBe(200);
    });

    test('every row of every table is there as it was', async () => {
      const device = await signInDevice(server);
      await device.putBlob(blobIdOf(PHOTO), PHOTO);
      await device.push(...Array.from({ length: 190 }, () => aNote(server)));
      // The name of a device is no record, and may be what PostgreSQL's text cannot hold.
      await server.data.storage.addDevice({
        ...{ tokenHash: 'hash', workspaceId: server.office.workspace.id, name: 'a\0b' },
        ...{ memberId: server.office.mara.id, clientId: 'c' as never },
        ...{ createdAt: '2026-11-12T10:00:00.000Z', expiresAt: '2027-11-12T10:00:00.000Z' },
      });
      await addOffice(server.data, 'other.example');
      await stopped();
      expect(await move()).toMatchObject({ offices: 2, files: 1 });

      const from = await openSqliteAlone(join(server.config.dataFolder, DATABASE_FILE));
      const { rows: tables } = await sql<{
        name: string;
      }>`select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'`.execute(
        from,
      );
      expect(tables.length).toBeGreaterThan(15);
      for (const { name } of tables) {
        const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(from);
        const columns = Object.keys(rows[0] ?? {});
        const list = columns.map((column) => `"${column}"`).join(', ') || '*';
        // Counted sums come as text by this client.
        const textOf = (row: object) => JSON.stringify(row, (_, value: unknown) => asText(value));
        const kept = (await query(`select ${list} from ${name}`)).map(textOf);
        expect(kept.toSorted(), name).toEqual(rows.map(textOf).toSorted());
      }
      await from.destroy();
    });

    test('(J3) without a store the files stay where they are', async () => {
      const device = await signInDevice(server);
      await device.putBlob(blobIdOf(PHOTO), PHOTO);
      await stopped();
      expect(await move({ s3: null })).toMatchObject({ offices: 1, files: 0, missing: [] });
    });

    test('[B1] what is damaged or gone is left out and named', async () => {
      const device = await signInDevice(server);
      const [gone, there] = [Buffer.from('another photo'), Buffer.from('in the bucket already')];
      for (const bytes of [PHOTO, gone, there]) await device.putBlob(blobIdOf(bytes), bytes);
      const fileOf = (bytes: Buffer) => {
        const [office, name] = [server.office.workspace.id, blobIdOf(bytes)];
        return join(server.config.dataFolder, 'blobs', office, name.slice(0, 2), name);
      };
      await writeFile(fileOf(PHOTO), 'other bytes');
      await rm(fileOf(gone));
      await rm(fileOf(there));
      const bucket = new S3Bucket(store.config);
      await bucket.putBytes(`blobs/${server.office.workspace.id}/${blobIdOf(there)}`, there);
      bucket.close();
      await stopped();
      const { code, stdout } = await command();
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ event: 'moved', offices: 1, files: 0 },
        ...{ damaged: [blobIdOf(PHOTO)], missing: [blobIdOf(gone)] },
      });
      expect(code).toBe(2);
    });
  });

  describe('(J3) a move that comes to nothing', () => {
    test('[F1] leaves no office behind, and goes on when it is run again', async () => {
      const device = await signInDevice(server);
      await device.putBlob(blobIdOf(PHOTO), PHOTO);
      await stopped();
      await query(`alter table sign_in add constraint not_now check (email = '')`);
      await expect(move()).rejects.toThrow(
        /did not take the offices \(.*not_now.*so nothing was moved/,
      );
      expect(await officesThere()).toBe(0);
      expect(await query('select kind from record')).toEqual([]);
      await query('alter table sign_in drop constraint not_now');
      expect(await move()).toMatchObject({ offices: 1, files: 1, copied: 0 });
      const again = await startTestServer({ folder: server.folder, office: server.office });
      expect((await again.signIn()).workspace).toEqual(server.office.workspace);
      await again.stop();
    });

    test('says so while a server runs on the folder, or another move', async () => {
      await expect(move()).rejects.toThrow(/A server runs on .*Stop it/);
      expect(await officesThere()).toBe(0);
      await stopped();
      const alone = await openSqliteAlone(join(server.config.dataFolder, DATABASE_FILE));
      await expect(move()).rejects.toThrow(/A server runs on/);
      await alone.destroy();
    });

    test('says so where there is nothing to move, or nowhere to', async () => {
      await stopped();
      await expect(move({ databaseUrl: null })).rejects.toThrow(/There is no DOCKET_DATABASE_URL/);
      await expect(moveOffices(join(server.folder, 'elsewhere'), where)).rejects.toThrow(
        /There is no Docket database in .*Check --data/,
      );
      await store.stop();
      await expect(move()).rejects.toThrow(/The store at .* cannot be reached/);
    });

    test('(J2) says so where there are other offices already, in the database or the bucket', async () => {
      await stopped();
      const bucket = new S3Bucket(store.config);
      const key = `blobs/${aWorkspaceId()}/${blobIdOf(PHOTO)}`;
      await bucket.putBytes(key, PHOTO);
      await expect(move()).rejects.toThrow(/The bucket “docket” holds files of other offices/);
      await bucket.remove(key);
      bucket.close();
      const there = await openPostgresStorage(database.url);
      await addOffice({ storage: there }, 'there.example');
      await there.close();
      expect(await command()).toMatchObject({
        ...{
          code: 1,
          stdout: '',
          stderr: expect.stringMatching(/^The PostgreSQL .*\n$/) as string,
        },
      });
      expect(await officesThere()).toBe(1);
    });
  });
});

function asText(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;
}
