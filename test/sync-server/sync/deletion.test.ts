// Deleting a customer on the server: what goes, what is told of it, and how long that is remembered. [O2, L3]

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_DIGEST, addRow, type Digest } from '../../../sync-server/protocol/digest.ts';
import type { Change } from '../../../sync-server/protocol/sync.ts';
import type { RecordKind } from '../../../sync-server/protocol/records.ts';
import {
  aJobId,
  aMutation,
  anAttachmentId,
  anEntryId,
  aPortalLinkId,
  blobIdOf,
  tokenHashOf,
} from '../../support/builders.ts';
import { PortalBrowser } from '../../support/portal-browser.ts';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SECRET = 'Kestrel';

let server: TestServer;
let mara: TestDevice;
let jonas: TestDevice;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.now();
  server = await startTestServer({ now: () => nowMs });
  mara = await signInDevice(server);
  jonas = await signInDevice(server, { email: server.office.jonas.email });
});
afterEach(() => server.stop());

const deleting = (who = server.office.anna, withJobs = true) =>
  aMutation('delete_customer', { customerId: who.id, fromName: who.name, withJobs });
const isTombstone = ({ op }: Change) => op === 'delete';

/** What a device holds that has applied these changes in their order. */
function held(changes: readonly Change[]): ReadonlyMap<string, Change> {
  const rows = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.kind}/${change.id}`;
    if (change.op === 'delete') rows.delete(key);
    else rows.set(key, change);
  }
  return rows;
}

function digestOf(rows: Iterable<Change>): Digest {
  let digest = EMPTY_DIGEST;
  for (const { kind, id, version } of rows)
    digest = addRow(digest, { kind: kind as RecordKind, id, version });
  return digest;
}

async function everythingFor(device: TestDevice, from?: string) {
  const changes: Change[] = [];
  let cursor = from;
  for (;;) {
    const page = await device.pull(cursor);
    if (page.kind === 'reset') throw new Error(page.reason);
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return { changes, cursor, digest: page.digest };
  }
}

async function serverFilesWith(text: string): Promise<string[]> {
  const found = await readdir(server.folder, { recursive: true, withFileTypes: true });
  const hits: string[] = [];
  for (const file of found.filter((each) => each.isFile()))
    if ((await readFile(join(file.parentPath, file.name))).includes(text)) hits.push(file.name);
  return hits;
}

describe('[O2] [T4] a deleted customer', () => {
  it('goes with all that is kept of them; others hear it by tombstones without words, and a fresh device never of them', async () => {
    const { anna, job, hiddenJob, bela, workspace } = server.office;
    await mara.push(
      aNote(server),
      aMutation('mark_read', { jobId: job.id, throughVersion: 8 }),
      aMutation('set_follow', { jobId: job.id, state: 'muted' }),
      aMutation('create_portal_link', {
        linkId: aPortalLinkId(),
        customerId: anna.id,
        tokenHash: tokenHashOf('a'),
      }),
    );
    const before = await everythingFor(mara);
    const beforeOfJonas = await everythingFor(jonas);
    expect(await mara.push(deleting())).toMatchObject([{ kind: 'applied' }]);

    const news = await everythingFor(mara, before.cursor);
    expect(news.changes.every(isTombstone)).toBe(true);
    expect(new Set(news.changes.map(({ version }) => version)).size).toBe(1);
    expect(Object.keys(news.changes[0] ?? {}).toSorted()).toEqual(['id', 'kind', 'op', 'version']);
    const gone = news.changes.map(({ kind }) => kind).toSorted();
    expect([...new Set(gone)]).toEqual([
      'customer',
      'entry',
      'follow',
      'job',
      'portal_link',
      'read_mark',
    ]);
    const rows = held([...before.changes, ...news.changes]);
    expect([...rows.values()].some(({ id }) => [job.id, hiddenJob.id].includes(id as never))).toBe(
      false,
    );
    expect(rows.has(`customer/${bela.id}`)).toBe(true);
    // [V3] Of what was Mara's alone Jonas hears nothing now either.
    const newsOfJonas = await everythingFor(jonas, beforeOfJonas.cursor);
    expect(newsOfJonas.changes.map(({ kind }) => kind)).not.toContain('read_mark');

    const fresh = await everythingFor(await signInDevice(server));
    expect(fresh.changes.some(isTombstone)).toBe(false);
    expect(digestOf(rows.values())).toEqual(fresh.digest);
    expect(held(fresh.changes).size).toBe(rows.size);
    // [L5] Both members' digests count what they hold, and no tombstone.
    expect(news.digest).toEqual(digestOf(rows.values()));
    expect(newsOfJonas.digest).toEqual(
      digestOf(held([...beforeOfJonas.changes, ...newsOfJonas.changes]).values()),
    );
    expect(await server.data.storage.jobsOfCustomer(workspace.id, anna.id)).toEqual([]);
  });

  it('(C10) leaves no word of theirs in the server’s database: not in its log, free pages, answers or mails', async () => {
    const { anna, job } = server.office;
    const note = aNote(server, { text: `Ask ${SECRET} about it.`, audience: 'visible' });
    const rename = aMutation('update_customer', {
      customerId: anna.id,
      changes: [{ field: 'notes', from: '', to: `Has a ${SECRET} van.` }],
    });
    await mara.push(note, rename);
    // A conflict and a refusal whose answers quote what stands.
    expect(
      await mara.push(
        aMutation('update_customer', {
          customerId: anna.id,
          changes: [{ field: 'notes', from: 'Other', to: 'Mine' }],
        }),
        aMutation('create_job', {
          jobId: aJobId(),
          entryId: anEntryId(),
          title: `${SECRET} again`,
          customerId: anna.id,
          pipelineId: job.pipelineId,
          stageId: 'nowhere' as never,
          assigneeId: null,
        }),
      ),
    ).toMatchObject([{ kind: 'conflicted' }, { kind: 'refused' }]);
    expect(await serverFilesWith(SECRET)).not.toEqual([]);
    expect(await serverFilesWith(anna.emails[0] ?? '?')).not.toEqual([]);
    await mara.push(deleting());
    for (const word of [SECRET, anna.name, anna.emails[0] ?? '?'])
      expect(await serverFilesWith(word)).toEqual([]);
  });

  it('[B4] takes the bytes along that nothing else names, at the next collection', async () => {
    const bytes = Buffer.from('Estimate for Anna');
    const id = blobIdOf(bytes);
    await mara.putBlob(id, bytes);
    await mara.push(aNote(server, { attachments: [newFile(bytes)] }));
    await mara.push(deleting());
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 1 });
  });

  it('[B4] leaves bytes that another customer’s job names', async () => {
    const bytes = Buffer.from('Our terms');
    await mara.putBlob(blobIdOf(bytes), bytes);
    const { bela, job } = server.office;
    const jobId = aJobId();
    const place = { pipelineId: job.pipelineId, stageId: job.stageId, assigneeId: null };
    await mara.push(
      aNote(server, { attachments: [newFile(bytes)] }),
      aMutation('create_job', {
        jobId,
        entryId: anEntryId(),
        title: 'Roof',
        customerId: bela.id,
        ...place,
      }),
      aNote(server, { jobId, attachments: [newFile(bytes)] }),
    );
    await mara.push(deleting());
    nowMs += 31 * DAY_MS;
    expect(await server.app.keepHouse()).toMatchObject({ blobs: 0 });
  });

  it('(E1) is out of the portal at once, and links of theirs are as unknown as any other', async () => {
    const browser = new PortalBrowser(server.app);
    const spare = new URL(await server.portalLink()).pathname;
    await browser.post(new URL(await server.portalLink()).pathname, {});
    expect((await browser.get('/portal')).statusCode).toBe(200);
    expect((await browser.get(`/portal/jobs/${server.office.job.id}`)).statusCode).toBe(200);
    await mara.push(deleting());
    const stranger = new PortalBrowser(server.app);
    for (const path of ['/portal', `/portal/jobs/${server.office.job.id}`]) {
      const [theirs, strangers] = [await browser.get(path), await stranger.get(path)];
      expect([theirs.statusCode, theirs.headers.location]).toEqual([
        strangers.statusCode,
        strangers.headers.location,
      ]);
    }
    const [old, never] = [
      await stranger.get(spare),
      await stranger.get(`${spare.slice(0, -4)}AAAA`),
    ];
    expect([old.statusCode, old.body]).toEqual([never.statusCode, never.body]);
  });

  it('stays deleted whatever comes later: refused with a sentence, once and for all', async () => {
    const { anna, job, mara: member } = server.office;
    const earlier = aNote(server);
    await jonas.push(earlier);
    await mara.push(deleting());
    const text = `The customer was deleted by ${member.name}. Your text is kept here: copy or discard it.`;
    const late = aNote(server, { text: 'Came late' });
    const [entryId, attachmentId] = [anEntryId(), anAttachmentId()];
    const answers = await jonas.push(
      late,
      aMutation('change_stage', {
        jobId: job.id,
        entryId,
        fromStageId: job.stageId,
        toStageId: job.stageId,
      }),
      aMutation('create_customer', { customerId: anna.id, name: 'Anna', emails: [], phone: '' }),
      aMutation('rename_file', {
        jobId: job.id,
        entryId,
        attachmentId,
        fromName: 'a.txt',
        toName: 'b',
      }),
      aNote(server, {
        attachments: [newFile(Buffer.from('never sent'))],
        text: 'With a file nobody sent',
      }),
    );
    expect(answers).toMatchObject(
      answers.map(() => ({ kind: 'refused', refusal: { code: 'customer-deleted' } })),
    );
    expect(answers[0]).toMatchObject({ refusal: { sentence: text } });
    // [P1] A copied profile asks again what was answered long ago: it hears the same, and nothing comes back.
    expect(await jonas.push(earlier, late)).toMatchObject([
      { kind: 'applied' },
      { kind: 'refused' },
    ]);
    // Nobody has to decide about marks.
    expect(
      await jonas.push(aMutation('mark_read', { jobId: job.id, throughVersion: 9 })),
    ).toMatchObject([{ kind: 'applied' }]);
    const fresh = await everythingFor(await signInDevice(server));
    expect(held(fresh.changes).has(`customer/${anna.id}`)).toBe(false);
    expect(fresh.changes.filter(({ kind }) => kind === 'entry' || kind === 'job')).toEqual([]);
  });

  it('in one push with what came before and after it: nothing of them is left', async () => {
    const { anna } = server.office;
    expect(
      await mara.push(
        aNote(server, { audience: 'visible' }),
        deleting(),
        aNote(server, { text: 'After' }),
        deleting(),
      ),
    ).toMatchObject([
      { kind: 'applied' },
      { kind: 'applied' },
      { kind: 'refused', refusal: { code: 'customer-deleted' } },
      { kind: 'applied' },
    ]);
    const fresh = await everythingFor(await signInDevice(server));
    expect(held(fresh.changes).has(`customer/${anna.id}`)).toBe(false);
    expect(digestOf(held(fresh.changes).values())).toEqual(fresh.digest);
    expect(await server.data.storage.mails.nextMailAt()).toBeUndefined();
  });

  it('[P5] with jobs is an admin’s to delete; one without is any member’s, unless a job was made meanwhile', async () => {
    const { anna, bela, job } = server.office;
    expect(await jonas.push(deleting())).toMatchObject([
      { kind: 'refused', refusal: { code: 'not-allowed' } },
    ]);
    expect(await jonas.push(deleting(anna, false))).toMatchObject([
      { kind: 'refused', refusal: { code: 'customer-in-use' } },
    ]);
    expect(await mara.push(deleting({ ...anna, name: 'Anna Bergmann' }))).toMatchObject([
      { kind: 'refused', refusal: { code: 'value-not-valid' } },
    ]);
    const racing = aMutation('create_job', {
      jobId: aJobId(),
      entryId: anEntryId(),
      title: 'Meanwhile',
      customerId: bela.id,
      pipelineId: job.pipelineId,
      stageId: job.stageId,
      assigneeId: null,
    });
    await mara.push(racing);
    expect(await jonas.push(deleting(bela, false))).toMatchObject([
      {
        kind: 'refused',
        refusal: { sentence: expect.stringContaining('has a job by now') as unknown },
      },
    ]);
  });

  it('without jobs is removed by any member', async () => {
    const { bela } = server.office;
    expect(await jonas.push(deleting(bela, false))).toMatchObject([{ kind: 'applied' }]);
    const fresh = await everythingFor(await signInDevice(server));
    expect(held(fresh.changes).has(`customer/${bela.id}`)).toBe(false);
  });
});

describe('[L3] the horizon', () => {
  it('answers a cursor that is older than what is remembered with reset, and a younger one with a page', async () => {
    const away = await everythingFor(jonas);
    await mara.push(deleting());
    const back = await everythingFor(mara);
    nowMs += 89 * DAY_MS;
    expect(await server.app.keepHouse()).toMatchObject({ tombstones: 0 });
    expect((await everythingFor(jonas, away.cursor)).changes.every(isTombstone)).toBe(true);
    nowMs += 2 * DAY_MS;
    expect(await server.app.keepHouse()).toMatchObject({
      tombstones: expect.any(Number) as number,
    });
    expect(await jonas.pull(away.cursor)).toMatchObject({ kind: 'reset' });
    expect(await mara.pull(back.cursor)).toMatchObject({ kind: 'page', changes: [] });
    const fresh = await everythingFor(jonas);
    expect(digestOf(held(fresh.changes).values())).toEqual(fresh.digest);
  });

  it('[F1] killed between two steps of forgetting, it has told nobody of a history with holes', async () => {
    const away = await everythingFor(jonas);
    await mara.push(deleting());
    nowMs += 91 * DAY_MS;
    const before = new Date(nowMs - 90 * DAY_MS).toISOString();
    // One step of many, and then nothing.
    expect(await server.data.storage.collectTombstones(before, 1)).toBe(1);
    expect(await jonas.pull(away.cursor)).toMatchObject({ kind: 'reset' });
    let steps = 0;
    while ((await server.data.storage.collectTombstones(before, 1)) > 0) steps += 1;
    expect(steps).toBeGreaterThan(3);
    const { workspace } = server.office;
    const { rows, horizon, head } = await server.data.storage.changesAfter({
      workspaceId: workspace.id,
      memberId: server.office.mara.id,
      afterVersion: 0,
      limitRows: 1000,
    });
    expect(rows.some(({ isDeleted }) => isDeleted)).toBe(false);
    expect(horizon).toBe(head);
  });

  it('reaches a first sync that was under way through it all', async () => {
    const begun = await jonas.pull();
    await mara.push(deleting());
    nowMs += 91 * DAY_MS;
    await server.app.keepHouse();
    if (begun.kind === 'reset') throw new Error(begun.reason);
    expect(await jonas.pull(begun.cursor)).toMatchObject({ kind: 'reset' });
  });

  it('what names a record that was forgotten is refused like what names one that never was', async () => {
    await mara.push(deleting());
    nowMs += 91 * DAY_MS;
    await server.app.keepHouse();
    expect(await jonas.push(aNote(server))).toMatchObject([
      { kind: 'refused', refusal: { code: 'job-missing' } },
    ]);
  });
});

function newFile(bytes: Buffer) {
  return {
    attachmentId: anAttachmentId(),
    blobId: blobIdOf(bytes),
    name: 'estimate.txt',
    mediaType: 'text/plain',
    sizeBytes: bytes.length,
    audience: 'internal' as const,
  };
}
