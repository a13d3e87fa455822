import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mutation } from '../../../sync-server/protocol/mutations.ts';
import type { Attachment, Entry, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { Job } from '../../../sync-server/protocol/records.ts';
import type { Change } from '../../../sync-server/protocol/sync.ts';
import {
  aBlobId,
  aJobId,
  aMutation,
  aMutationId,
  anAttachmentId,
  anEntryId,
  blobIdOf,
  renditionsOfNothing,
} from '../../support/builders.ts';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

const entriesOfJob = async () =>
  (await server.data.storage.entriesOfJob(server.office.workspace.id, server.office.job.id)).map(
    ({ record }) => record,
  );
const head = async () => (await server.data.storage.headVersion(server.office.workspace.id)) ?? 0;
const find = (changes: readonly Change[], id: string) => changes.find((each) => each.id === id);

function createJob(overrides: Record<string, unknown> = {}): Mutation {
  const { anna, pipeline } = server.office;
  return {
    ...aMutation('create_job', {
      jobId: aJobId(),
      entryId: anEntryId(),
      title: 'Rear bumper',
      customerId: anna.id,
      pipelineId: pipeline.id,
      stageId: pipeline.stages[0]!.id,
      assigneeId: null,
      ...overrides,
    }),
  };
}

function changeStage(from: number, to: number): Mutation {
  const { job, pipeline } = server.office;
  return aMutation('change_stage', {
    jobId: job.id,
    entryId: anEntryId(),
    fromStageId: pipeline.stages[from]!.id,
    toStageId: pipeline.stages[to]!.id,
  });
}

describe('order and version', () => {
  it('[O1] each mutation that changes something takes the next version, without gaps, also within one push', async () => {
    const before = await head();
    const outcomes = await mara.push(aNote(server), aNote(server), aNote(server));
    expect(outcomes).toEqual([1, 2, 3].map((n) => ({ kind: 'applied', version: before + n })));
    expect(await head()).toBe(before + 3);
  });

  it('[O1] refused and empty mutations take no version; of one that conflicts the kept wish takes one', async () => {
    const before = await head();
    const outcomes = await mara.push(
      aNote(server, { jobId: aJobId() }),
      changeStage(2, 1),
      aMutation('mark_read', { jobId: server.office.job.id, throughVersion: 0 }),
      aNote(server),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'refused',
      'conflicted',
      'applied',
      'applied',
    ]);
    // The read mark is new, so it counts; the same again would not.
    expect(await head()).toBe(before + 3);
    const again = aMutation('mark_read', { jobId: server.office.job.id, throughVersion: 0 });
    expect(await mara.push(again)).toEqual([{ kind: 'applied', version: before + 3 }]);
    expect(await head()).toBe(before + 3);
  });

  it('[O1] pushes that arrive together get versions of their own', async () => {
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const before = await head();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? mara : jonas).push(aNote(server))),
    );
    const versions = outcomes.flat().map((each) => (each.kind === 'applied' ? each.version : 0));
    expect(versions.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => before + index + 1),
    );
  });

  it('[O2] all rows of one mutation share its version, and a record keeps the version it was born at', async () => {
    const note = aNote(server);
    const before = await head();
    await mara.push(note);
    const { changes } = await mara.pullAll();
    const entry = find(changes, note.args.entryId);
    expect(entry).toMatchObject({ version: before + 1, createdVersion: before + 1 });
    const job = find(changes, server.office.job.id);
    expect(job).toMatchObject({ version: before + 1, createdVersion: 7 });
  });

  it('[O2] a record made and changed within one push is born at the first and stands at the second', async () => {
    const created = createJob();
    const { jobId } = created.args as { jobId: Job['id'] };
    const before = await head();
    await mara.push(created, aNote(server, { jobId }));
    const { changes } = await mara.pullAll();
    expect(find(changes, jobId)).toMatchObject({
      version: before + 2,
      createdVersion: before + 1,
    });
  });
});

describe('exactly once', () => {
  it('[P1] a replayed mutation answers what the first answered and has no second effect', async () => {
    const note = aNote(server);
    const first = await mara.push(note);
    await mara.push(aNote(server));
    const before = (await entriesOfJob()).length;
    expect(await mara.push(note)).toEqual(first);
    expect(await entriesOfJob()).toHaveLength(before);
  });

  it('[P1] a mutation that stands twice in one push is applied once and answered twice', async () => {
    const note = aNote(server);
    const before = (await entriesOfJob()).length;
    const [first, second] = await mara.push(note, note);
    expect(second).toEqual(first);
    expect(await entriesOfJob()).toHaveLength(before + 1);
  });

  it('[P1] the same mutation in ten pushes at once is applied once', async () => {
    const note = aNote(server);
    const before = (await entriesOfJob()).length;
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => mara.push(note)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await entriesOfJob()).toHaveLength(before + 1);
  });

  it('[P1] a refusal and a conflict are remembered, too', async () => {
    const jobId = aJobId();
    const early = aNote(server, { jobId });
    const clash = changeStage(2, 1);
    const first = await mara.push(early, clash);
    await mara.push(createJob({ jobId }), changeStage(0, 2));
    expect(await mara.push(early, clash)).toEqual(first);
  });

  it('[P1] nobody reads the answer to somebody else’s mutation', async () => {
    const note = aNote(server);
    await mara.push(note);
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const [outcome] = await jonas.push(note);
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'not-allowed' } });
    const [again] = await mara.push(note);
    expect(again?.kind).toBe('applied');
  });

  it('[P1] after a restart a replay is still answered as before', async () => {
    const note = aNote(server);
    const first = await mara.push(note);
    const { folder, office } = server;
    await server.stop({ keepFolder: true });
    server = await startTestServer({ folder, office });
    expect(await (await signInDevice(server)).push(note)).toEqual(first);
  });
});

describe('one bad mutation spoils no other', () => {
  it('[P2] [P3] each mutation is answered by itself: applied, refused, conflicted', async () => {
    const outcomes = await mara.push(
      aNote(server),
      { ...aNote(server), name: 'paint_it_green' },
      { ...aNote(server), args: { jobId: 7 } },
      changeStage(2, 1),
      aNote(server, { text: '   ' }),
      aNote(server),
    );
    expect(outcomes).toMatchObject([
      { kind: 'applied' },
      { kind: 'refused', refusal: { code: 'not-understood' } },
      { kind: 'refused', refusal: { code: 'not-understood' } },
      { kind: 'conflicted', conflict: { kind: 'stage', standsName: 'Booked' } },
      { kind: 'refused', refusal: { code: 'nothing-to-post' } },
      { kind: 'applied' },
    ]);
  });

  it('[P2] a refused mutation leaves no rows', async () => {
    const before = await mara.pullAll();
    await mara.push(aNote(server, { jobId: aJobId() }), aNote(server, { text: '' }));
    expect(await mara.pullAll()).toEqual(before);
  });

  it('(H5) [P1] [P3] what conflicts leaves the wish in the feed, once however often it is asked', async () => {
    const { changes: before } = await mara.pullAll();
    const wish = changeStage(2, 1);
    for (const _again of [1, 2])
      expect(await mara.push(wish)).toEqual([
        {
          kind: 'conflicted',
          conflict: {
            kind: 'stage',
            standsStageId: server.office.job.stageId,
            standsName: 'Booked',
          },
        },
      ]);
    const { changes } = await mara.pullAll();
    const kept = changes.filter(({ id }) => id === wish.id);
    expect(kept).toMatchObject([
      { kind: 'entry', record: { kind: 'unapplied', audience: 'internal' } },
    ]);
    expect(changes.length).toBe(before.length + 1);
  });

  it('[P4] records have the ids the device gave them', async () => {
    const note = aNote(server);
    await mara.push(note);
    expect((await entriesOfJob()).at(-1)?.id).toBe(note.args.entryId);
  });

  it('[P4] an id that is taken is refused and changes nothing', async () => {
    const note = aNote(server);
    await mara.push(note);
    const [outcome] = await mara.push(
      aNote(server, { entryId: note.args.entryId, text: 'Another' }),
    );
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'already-exists' } });
    expect((await entriesOfJob()).at(-1)).toMatchObject({ text: note.args.text });
  });
});

describe('what the server decides', () => {
  it('[P5] the author is the session’s and the time of arrival the server’s', async () => {
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const note = { ...aNote(server), writtenAt: '2031-01-01T00:00:00.000Z' };
    await jonas.push(note);
    const entry = (await entriesOfJob()).at(-1) as Entry;
    expect(entry.author).toEqual({ kind: 'member', memberId: jonas.memberId });
    expect(entry.writtenAt).toBe('2031-01-01T00:00:00.000Z');
    expect(Math.abs(Date.parse(entry.arrivedAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('[P5] an author in the arguments is not understood', async () => {
    const note = aNote(server);
    const args = { ...note.args, author: { kind: 'member', memberId: server.office.jonas.id } };
    const [outcome] = await mara.push({ ...note, args });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'not-understood' } });
  });

  it('[P5] what only customers do is refused from a member', async () => {
    const args = { jobId: server.office.job.id, entryId: anEntryId(), text: 'I am the customer' };
    const [outcome] = await mara.push({ ...aNote(server), name: 'customer_reply', args });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'not-allowed' } });
  });

  it('(C2) the audience stays the one the person chose', async () => {
    await mara.push(aNote(server), aNote(server, { audience: 'visible' }));
    expect((await entriesOfJob()).slice(-2).map(({ audience }) => audience)).toEqual([
      'internal',
      'visible',
    ]);
  });

  it('(A1) new jobs get the next references in turn, and a refused one uses none up', async () => {
    const jobs = [createJob(), createJob({ pipelineId: aJobId() }), createJob()];
    await mara.push(...jobs);
    await mara.push(createJob());
    const { changes } = await mara.pullAll();
    const references = changes
      .filter(({ kind }) => kind === 'job')
      .map((change) => (change.op === 'put' ? (change.record as Job).reference : null));
    expect(references.toSorted()).toEqual(['J-1001', 'J-1002', 'J-1003', 'J-1004', 'J-1005']);
  });
});

describe('bytes before records', () => {
  const bytes = Buffer.from('Order 4471: wing left, primed.');
  const aFile = (blobId = blobIdOf(bytes)) => ({
    attachmentId: anAttachmentId(),
    blobId,
    name: 'order.txt',
    mediaType: 'text/plain',
    sizeBytes: bytes.length,
    audience: 'internal' as const,
  });

  it('[B2] a mutation that names a blob the server does not hold is refused with the file’s name', async () => {
    const [outcome] = await mara.push(aNote(server, { attachments: [aFile()] }));
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'blob-missing' } });
    expect(outcome?.kind === 'refused' && outcome.refusal.sentence).toContain('order.txt');
  });

  it('[B2] a blob of another office is a blob the server does not hold', async () => {
    const other = await addOffice(server.data, 'elsewhere.example');
    const stranger = await signInDevice(server, { email: other.mara.email });
    expect(await stranger.putBlob(blobIdOf(bytes), bytes)).toBe(201);
    const [outcome] = await mara.push(aNote(server, { attachments: [aFile()] }));
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'blob-missing' } });
  });

  it('[B2] [P5] with the bytes there it is applied, and size and kind are what the server found', async () => {
    expect(await mara.putBlob(blobIdOf(bytes), bytes)).toBe(201);
    const claim = { ...aFile(), mediaType: 'application/pdf', sizeBytes: 1 };
    const [outcome] = await mara.push(aNote(server, { attachments: [claim] }));
    expect(outcome?.kind).toBe('applied');
    const { changes } = await mara.pullAll();
    expect(find(changes, claim.attachmentId)).toMatchObject({
      record: { mediaType: 'text/plain', sizeBytes: bytes.length, audience: 'internal' },
    });
  });
});

describe('[L6] a push and the database it is for', () => {
  const epochOf = async () => {
    const page = await mara.pull();
    if (page.kind === 'reset') throw new Error(page.reason);
    return page.epoch;
  };

  it('one that was on its way while the server was restored does nothing, and says so', async () => {
    const before = await epochOf();
    await server.data.storage.beginEpoch(Date.now());
    const [stood, version] = [await entriesOfJob(), await head()];
    const note = aNote(server);
    expect(await mara.pushTo(before, note)).toEqual({
      kind: 'reset',
      reason: 'The push is for another database.',
    });
    expect(await entriesOfJob()).toEqual(stood);
    expect(await head()).toBe(version);
    // Its id is not used up: the device asks again once it knows where the server stands.
    const answer = await mara.pushTo(await epochOf(), note);
    expect(answer).toMatchObject({ results: [{ id: note.id, outcome: { kind: 'applied' } }] });
  });

  it('what a person retried under a new id is not overtaken by its first attempt', async () => {
    const before = await epochOf();
    const first = aNote(server, { text: 'First attempt' });
    await server.data.storage.beginEpoch(Date.now());
    await mara.pushTo(before, first);
    const second = { ...first, id: aMutationId(), args: { ...first.args, text: 'Second wish' } };
    await mara.pushTo(await epochOf(), second);
    await mara.pushTo(before, first);
    const texts = (await entriesOfJob()).map((entry) => (entry.kind === 'reply' ? entry.text : ''));
    expect(texts.filter((text) => text !== '')).toEqual(['Second wish']);
  });

  it('(H9) an older device names none, and is answered as before', async () => {
    const note = aNote(server);
    const { headers } = mara;
    const request = { method: 'POST', url: '/api/sync/push', headers } as const;
    const answer = await server.app.inject({ ...request, payload: { mutations: [note] } });
    expect(answer.json()).toMatchObject({ results: [{ outcome: { kind: 'applied' } }] });
  });
});

describe('(D5) pictures of files', () => {
  const photo = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
  const text = Buffer.from('Order 4471: wing left, primed.');
  const aFile = (renditions?: Partial<Renditions>) => ({
    attachmentId: anAttachmentId(),
    blobId: blobIdOf(text),
    name: 'order.txt',
    mediaType: 'text/plain',
    sizeBytes: text.length,
    audience: 'internal' as const,
    ...(renditions && { renditions: { ...renditionsOfNothing, ...renditions } }),
  });
  const renditionsAfter = async (attachmentId: string) => {
    const { changes } = await mara.pullAll();
    const change = changes.findLast(({ id }) => id === attachmentId);
    return change?.op === 'put' ? (change.record as Attachment).renditions : undefined;
  };

  it('[B2] [B5] [P5] stand only where the server holds them and found them to be pictures', async () => {
    await mara.putBlob(blobIdOf(text), text);
    await mara.putBlob(blobIdOf(photo), photo);
    const file = aFile({
      thumbnail: blobIdOf(photo),
      preview: blobIdOf(text),
      jpeg: aBlobId(),
      withoutLocation: blobIdOf(photo),
    });
    const [outcome] = await mara.push(aNote(server, { attachments: [file] }));
    expect(outcome?.kind).toBe('applied');
    expect(await renditionsAfter(file.attachmentId)).toEqual({
      ...renditionsOfNothing,
      thumbnail: blobIdOf(photo),
    });
  });

  it('[B2] [B5] come later by a mutation of their own, on the same terms; twice is once [P1]', async () => {
    await mara.putBlob(blobIdOf(text), text);
    const file = aFile({ thumbnail: aBlobId() });
    await mara.push(aNote(server, { attachments: [file] }));
    expect(await renditionsAfter(file.attachmentId)).toBeUndefined();

    const said = { ...renditionsOfNothing, thumbnail: blobIdOf(photo), preview: aBlobId() };
    const attach = () =>
      aMutation('attach_renditions', {
        attachmentId: file.attachmentId,
        blobId: file.blobId,
        renditions: said,
      });
    await mara.push(attach());
    expect(await renditionsAfter(file.attachmentId)).toBeUndefined();
    await mara.putBlob(blobIdOf(photo), photo);
    await mara.push(attach());
    expect(await renditionsAfter(file.attachmentId)).toEqual({
      ...renditionsOfNothing,
      thumbnail: blobIdOf(photo),
    });
    const { version } = await mara.pullAll();
    await mara.push(attach());
    expect((await mara.pullAll()).version).toBe(version);
  });
});

describe('the form of a push', () => {
  const send = (payload: unknown, headers: Record<string, string> = {}) =>
    server.app.inject({
      method: 'POST',
      url: '/api/sync/push',
      headers: { ...mara.headers, 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  const expectRefused = async (payload: unknown, statusCode: number) => {
    const before = await mara.pullAll();
    const answer = await send(payload);
    expect(answer.statusCode).toBe(statusCode);
    expect(answer.json()).toEqual({
      error: expect.any(String) as string,
      sentence: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
    expect(await mara.pullAll()).toEqual(before);
  };

  it('unknown fields are refused and nothing is written', async () => {
    await expectRefused({ mutations: [aNote(server)], asMember: server.office.jonas.id }, 400);
    await expectRefused({ mutations: [{ ...aNote(server), version: 1 }] }, 400);
  });

  it('wrong types are refused and nothing is written', async () => {
    await expectRefused({ mutations: 'all of them' }, 400);
    await expectRefused({ mutations: [] }, 400);
    await expectRefused([aNote(server)], 400);
    await expectRefused('{"mutations": [', 400);
    await expectRefused({ mutations: [aNote(server), { ...aNote(server), id: 'one' }] }, 400);
  });

  it('a text of one megabyte is refused by its size', async () => {
    await expectRefused({ mutations: [aNote(server, { text: 'x'.repeat(1_000_000) })] }, 413);
  });

  it('more mutations than a push carries are refused', async () => {
    await expectRefused({ mutations: Array.from({ length: 201 }, () => aNote(server)) }, 400);
  });

  it('other content than JSON is refused', async () => {
    const answer = await send('mutations=all', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.statusCode).toBe(415);
  });

  it('a text that is too long, has a NUL or half a character is refused by itself', async () => {
    const outcomes = await mara.push(
      aNote(server, { text: 'x'.repeat(20_001) }),
      aNote(server, { text: 'half \u0000 past' }),
      aNote(server, { text: 'half a \ud83d face' }),
      aNote(server, { text: 'x'.repeat(20_000) }),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused', 'applied']);
  });

  it('[P3] two hundred mutations go through in one push', async () => {
    const notes = Array.from({ length: 200 }, () => aNote(server));
    const outcomes = await mara.push(...notes);
    expect(outcomes.every(({ kind }) => kind === 'applied')).toBe(true);
  });

  it('an id that is no UUID of ours is refused, whatever else it is', async () => {
    await expectRefused(
      { mutations: [{ ...aNote(server), id: aMutationId().toUpperCase() }] },
      400,
    );
  });
});
