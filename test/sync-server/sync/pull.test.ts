import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StaffSession } from '../../../sync-server/auth/staff.ts';
import { pull, pullText } from '../../../sync-server/sync/pull.ts';
import { readCursor, writeCursor } from '../../../sync-server/sync/cursor.ts';
import { addRow, EMPTY_DIGEST } from '../../../sync-server/protocol/digest.ts';
import type { RecordKind } from '../../../sync-server/protocol/records.ts';
import type { Change, PullAnswer } from '../../../sync-server/protocol/sync.ts';
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

const deps = () => ({ storage: server.data.storage, publicUrl: () => server.url });

/** Every page from a cursor on, in pages of so many rows. */
async function pagesFrom(cursor: string | undefined, pageRows: number) {
  const pages: Extract<PullAnswer, { kind: 'page' }>[] = [];
  for (let next = cursor, more = true; more; ) {
    const page = await pageFrom(next, pageRows);
    pages.push(page);
    ({ cursor: next, more } = page);
  }
  return pages;
}

async function pageFrom(cursor: string | undefined, pageRows: number) {
  const pulled = await pull({ ...deps(), pageRows }, session(), cursor);
  const answer = JSON.parse(pullText(pulled)) as PullAnswer;
  if (answer.kind === 'reset') throw new Error(answer.reason);
  return answer;
}

const byId = (changes: readonly Change[]) => new Map(changes.map((change) => [change.id, change]));

describe('[L2] the first pull is a snapshot', () => {
  it('brings everything once, ends at the head, and then there is nothing more', async () => {
    const { changes, version, cursor } = await mara.pullAll();
    expect(changes.map((change) => change.version).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(version).toBe(10);
    expect(await mara.pull(cursor)).toMatchObject({ changes: [], more: false });
  });

  it('brings what the list needs first, then entries newest first', async () => {
    await mara.push(...Array.from({ length: 5 }, () => aNote(server)));
    const { changes } = await mara.pullAll();
    const firstEntry = changes.findIndex(({ kind }) => kind === 'entry');
    const before = new Set(changes.slice(0, firstEntry).map(({ kind }) => kind));
    expect([...before].toSorted()).toEqual(['customer', 'job', 'member', 'pipeline', 'workspace']);
    const entries = changes.filter(({ kind }) => kind === 'entry').map(({ version }) => version);
    expect(entries).toEqual(entries.toSorted((a, b) => b - a));
  });

  it('can be cut after any page of any size and goes on where it stopped, with the same rows at the end', async () => {
    await mara.push(...Array.from({ length: 40 }, () => aNote(server)));
    const whole = byId((await mara.pullAll()).changes);
    for (const pageRows of [1, 2, 3, 7, 50]) {
      const pages = await pagesFrom(undefined, pageRows);
      expect(byId(pages.flatMap(({ changes }) => changes))).toEqual(whole);
      for (const cut of pages.slice(0, -1)) {
        const again = await pagesFrom(cut.cursor, pageRows);
        const before = pages.slice(0, pages.indexOf(cut) + 1);
        expect(byId([...before, ...again].flatMap(({ changes }) => changes))).toEqual(whole);
      }
    }
  });

  it('counts rows as it goes, up to the total', async () => {
    const progress = (await pagesFrom(undefined, 3)).flatMap(({ snapshot }) => snapshot ?? []);
    expect(progress[0]).toMatchObject({ rowsTotal: 10 });
    expect(progress.at(-1)).toEqual({ rowsSent: 10, rowsTotal: 10 });
  });

  it('what changes while it is sent follows after it, and nothing is missed', async () => {
    const first = await pageFrom(undefined, 8);
    const note = aNote(server);
    await mara.push(note);
    const rest = (await pagesFrom(first.cursor, 8)).flatMap(({ changes }) => changes);
    const all = byId([...first.changes, ...rest]);
    expect(all.get(note.args.entryId)).toMatchObject({ version: 11 });
    expect(all.get(server.office.job.id)).toMatchObject({ version: 11 });
    expect(all.size).toBe(11);
  });
});

describe('changes after a cursor', () => {
  it('[L1] come after it and no others; at the head there are none', async () => {
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
    const { cursor } = await mara.pullAll();
    await mara.push(aNote(server));
    expect(await mara.pull(cursor)).toEqual(await mara.pull(cursor));
    expect(await mara.pull()).toEqual(await mara.pull());
  });

  it('[L1] a page never splits a version, and pages together are the whole', async () => {
    const { cursor } = await mara.pullAll();
    await mara.push(...Array.from({ length: 9 }, () => aNote(server)));
    const whole = (await pagesFrom(cursor, 1000)).flatMap(({ changes }) => changes);
    for (const pageRows of [1, 2, 3, 7]) {
      const rows: Change[] = [];
      for (const page of await pagesFrom(cursor, pageRows)) {
        expect(page.changes.length).toBeGreaterThan(0);
        expect(rows.every(({ version }) => version < page.changes[0]!.version)).toBe(true);
        expect(Math.max(...page.changes.map(({ version }) => version))).toBe(page.version);
        rows.push(...page.changes);
      }
      expect(rows).toEqual(whole);
    }
  });
});

describe('[L5] the digest', () => {
  const digestOf = (changes: Iterable<Change>) =>
    [...changes].reduce(
      (digest, { kind, id, version }) => addRow(digest, { kind: kind as RecordKind, id, version }),
      EMPTY_DIGEST,
    );

  it('at the head equals that of the rows a device has then, private ones included, without a scan', async () => {
    await mara.push(...Array.from({ length: 7 }, () => aNote(server)));
    await mara.push(aMutation('mark_read', { jobId: server.office.job.id, throughVersion: 12 }));
    for (const email of [server.office.mara.email, server.office.jonas.email]) {
      const device = await signInDevice(server, { email });
      const { changes, cursor } = await device.pullAll();
      const atHead = await device.pull(cursor);
      expect(atHead).toMatchObject({ digest: digestOf(byId(changes).values()) });
    }
  });

  it('is not given on a page that leaves the device behind', async () => {
    const pages = await pagesFrom(undefined, 3);
    expect(pages.slice(0, -1).every(({ digest }) => digest === null)).toBe(true);
    expect(pages.at(-1)?.digest).not.toBeNull();
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
    for (const query of [`cursor=${'x'.repeat(1001)}`, 'since=1', 'cursor=x&cursor=y']) {
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
  protocolVersion: 2,
  clientId: '' as StaffSession['clientId'],
  tokenHash: '',
});
