import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StaffSession } from '../../../sync-server/auth/staff.ts';
import { pull } from '../../../sync-server/sync/pull.ts';
import { readCursor, writeCursor } from '../../../sync-server/sync/cursor.ts';
import { aMutation, aWorkspaceId } from '../../support/builders.ts';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

describe('pages', () => {
  it('[L1] the first pull begins at the beginning and ends at the head', async () => {
    const { changes, version } = await mara.pullAll();
    expect(changes).toHaveLength(10);
    expect(changes.map((change) => change.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(version).toBe(10);
  });

  it('[L1] after a cursor come the changes after it and no others; at the head there are none', async () => {
    const { cursor } = await mara.pullAll();
    expect(await mara.pull(cursor)).toMatchObject({ kind: 'page', changes: [], more: false });
    const note = aNote(server);
    await mara.push(note);
    const page = await mara.pull(cursor);
    expect(page.kind === 'page' && page.changes.map(({ id }) => id).toSorted()).toEqual(
      [note.args.entryId, server.office.job.id].toSorted(),
    );
  });

  it('[L1] pulling the same page twice gives the same page', async () => {
    expect(await mara.pull()).toEqual(await mara.pull());
  });

  it('[L1] a page never splits a version, and pages together are the whole', async () => {
    await mara.push(...Array.from({ length: 9 }, () => aNote(server)));
    const whole = await mara.pullAll();
    for (const pageRows of [1, 2, 3, 7]) {
      const rows: { id: string; version: number }[] = [];
      let cursor: string | undefined;
      for (let more = true; more; ) {
        const page = await pull({ storage: server.data.storage, pageRows }, session(), cursor);
        if (page.kind === 'reset') throw new Error(page.reason);
        expect(page.changes.length).toBeGreaterThan(0);
        const newest = Math.max(...page.changes.map(({ version }) => version));
        expect(rows.every(({ version }) => version < page.changes[0]!.version)).toBe(true);
        expect(newest).toBe(page.version);
        rows.push(...page.changes);
        ({ cursor, more } = page);
      }
      expect(rows).toEqual(whole.changes);
    }
  });

  it('[L1] what changes while a device pages through comes once more, later, and nothing is missed', async () => {
    const first = await pull({ storage: server.data.storage, pageRows: 8 }, session(), undefined);
    if (first.kind === 'reset') throw new Error(first.reason);
    expect(first.more).toBe(true);
    await mara.push(aNote(server));
    const rest = await mara.pull(first.cursor);
    if (rest.kind === 'reset') throw new Error(rest.reason);
    expect(rest.changes.map(({ version }) => version)).toEqual([9, 10, 11, 11]);
    expect(rest.changes.map(({ id }) => id)).toContain(server.office.job.id);
  });
});

describe('[V3] what is private to a member', () => {
  it('travels to that member’s devices only', async () => {
    const mark = aMutation('mark_read', { jobId: server.office.job.id, throughVersion: 8 });
    const [outcome] = await mara.push(mark);
    expect(outcome?.kind).toBe('applied');
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const secondDevice = await signInDevice(server);
    const marksOf = async (device: TestDevice) =>
      (await device.pullAll()).changes.filter(({ kind }) => kind === 'read_mark').length;
    expect(await marksOf(mara)).toBe(1);
    expect(await marksOf(secondDevice)).toBe(1);
    expect(await marksOf(jonas)).toBe(0);
  });

  it('still moves everybody’s cursor, so that no device waits for a version it never gets', async () => {
    await mara.push(aMutation('mark_read', { jobId: server.office.job.id, throughVersion: 8 }));
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    expect((await jonas.pullAll()).version).toBe(11);
  });
});

describe('[L3] a cursor that cannot be trusted is answered with reset', () => {
  const expectReset = async (cursor: string) =>
    expect(await mara.pull(cursor)).toEqual({
      kind: 'reset',
      reason: expect.stringMatching(/\.$/) as string,
    });
  const goodCursor = async () => readCursor((await mara.pullAll()).cursor)!;

  it('[L6] of another epoch', async () => {
    await expectReset(writeCursor({ ...(await goodCursor()), epoch: crypto.randomUUID() }));
  });
  it('[L6] of the database that stood here before', async () => {
    const { cursor } = await mara.pullAll();
    const { office } = server;
    await server.stop();
    server = await startTestServer();
    const mara2 = await signInDevice(server);
    expect(server.office.workspace.id).not.toBe(office.workspace.id);
    expect((await mara2.pull(cursor)).kind).toBe('reset');
  });
  it('of another workspace', async () => {
    const other = await addOffice(server.data, 'elsewhere.example');
    const stranger = await signInDevice(server, { email: other.mara.email });
    await expectReset((await stranger.pullAll()).cursor);
    await expectReset(writeCursor({ ...(await goodCursor()), workspaceId: aWorkspaceId() }));
  });
  it('beyond the head, as after a restored backup', async () => {
    const good = await goodCursor();
    await expectReset(writeCursor({ ...good, version: good.version + 1 }));
  });
  it('that is nonsense', async () => {
    for (const nonsense of ['x', '', 'e30', 'AAAA', writeCursor(await goodCursor()).slice(0, -4)])
      await expectReset(nonsense);
  });
  it('and one too long or beside unknown questions is not understood at all', async () => {
    for (const query of [`cursor=${'x'.repeat(301)}`, 'since=1', 'cursor=x&cursor=y']) {
      const answer = await server.app.inject({
        url: `/api/sync/pull?${query}`,
        headers: mara.headers,
      });
      expect(answer.statusCode).toBe(400);
    }
  });
});

const session = (): StaffSession => ({
  workspaceId: server.office.workspace.id,
  memberId: server.office.mara.id,
  role: 'admin',
  clientId: '' as StaffSession['clientId'],
  tokenHash: '',
});
