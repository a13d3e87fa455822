import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Mail } from '../../../sync-server/protocol/records.ts';
import { aMutation, anAttachmentId, anEntryId, blobIdOf } from '../../support/builders.ts';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.parse('2026-11-12T10:00:00.000Z');
  server = await startTestServer({ now: () => nowMs });
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

const minutes = (count: number) => {
  nowMs += count * 60_000;
};
const reply = (overrides: Partial<MutationArgs<'post_entry'>> = {}) =>
  aNote(server, { audience: 'visible', seenVersion: 1_000_000, ...overrides });
const mailsOf = async () => {
  const { changes } = await mara.pullAll();
  return changes.flatMap((change) =>
    change.op === 'put' && change.kind === 'mail' ? [change.record as Mail] : [],
  );
};
const nextMailAt = () => server.data.storage.mails.nextMailAt();
const file = (audience: 'internal' | 'visible') => ({
  attachmentId: anAttachmentId(),
  blobId: blobIdOf('a photo'),
  name: 'photo.png',
  mediaType: 'image/png',
  sizeBytes: 7,
  audience,
});
const keepBlob = () =>
  server.data.storage.addBlob(
    server.office.workspace.id,
    { blobId: blobIdOf('a photo'), sizeBytes: 7, mediaType: 'image/png' },
    new Date(nowMs).toISOString(),
  );

describe('(F2) what a mail will tell of', () => {
  it('a customer reply is in line with its own commit, and every device sees it wait', async () => {
    const post = reply();
    const [outcome] = await mara.push(post);
    const { job, anna } = server.office;
    expect(await mailsOf()).toEqual([
      {
        id: `${post.id}:${job.id}`,
        jobId: job.id,
        customerId: anna.id,
        entryIds: [post.args.entryId],
        to: anna.emails,
        state: 'waiting',
        at: '2026-11-12T10:00:00.000Z',
        reason: '',
      },
    ]);
    expect(await nextMailAt()).toBe('2026-11-12T10:02:00.000Z');
    const { changes } = await mara.pullAll();
    const mail = changes.find(({ kind }) => kind === 'mail');
    expect(outcome).toEqual({ kind: 'applied', version: mail?.version });
  });

  it('a note, a change of stage, an assignment and a form save are in no mail', async () => {
    const { job, pipeline, jonas } = server.office;
    const on = { jobId: job.id, entryId: anEntryId() };
    await mara.push(
      aNote(server),
      aMutation('change_stage', {
        ...on,
        fromStageId: job.stageId,
        toStageId: pipeline.stages[2]!.id,
      }),
      aMutation('assign_job', {
        ...on,
        entryId: anEntryId(),
        fromMemberId: job.assigneeId,
        toMemberId: jonas.id,
      }),
    );
    expect(await mailsOf()).toEqual([]);
    expect(await nextMailAt()).toBeUndefined();
  });

  it('a visible file under an internal note is, an internal file under a visible reply adds nothing', async () => {
    await keepBlob();
    const note = aNote(server, { attachments: [file('visible')], seenVersion: 1_000_000 });
    await mara.push(note, reply({ attachments: [file('internal')] }));
    const [mail] = await mailsOf();
    expect(mail?.entryIds).toHaveLength(2);
    expect(mail?.entryIds[0]).toBe(note.args.entryId);
  });

  it('a refused or held reply is in none', async () => {
    const outcomes = await mara.push(
      reply({ attachments: [file('visible')] }),
      reply({ text: ' ' }),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
    expect(await nextMailAt()).toBeUndefined();
  });

  it('[P1] a push that comes again queues nothing again', async () => {
    const post = reply();
    await mara.push(post);
    minutes(1);
    await mara.push(post);
    expect(await nextMailAt()).toBe('2026-11-12T10:02:00.000Z');
    expect(await mailsOf()).toHaveLength(1);
  });

  it('nobody is to be told: notifications are off, or there is no address', async () => {
    const { workspace, anna } = server.office;
    for (const change of [{ notifyOnReplies: false }, { emails: [] }]) {
      await server.data.storage.transact(workspace.id, async (transaction) => {
        transaction.settle(
          { id: aNote(server).id, actorKey: 'test' },
          { kind: 'applied', puts: [{ kind: 'customer', record: { ...anna, ...change } }] },
        );
        await Promise.resolve();
      });
      await mara.push(reply());
      expect(await nextMailAt()).toBeUndefined();
    }
  });
});

describe('(F2) the window', () => {
  it('starts over with each thing, in one mail, in one push and in several', async () => {
    const posts = [reply(), reply(), reply()] as const;
    await mara.push(posts[0], posts[1]);
    minutes(1.5);
    await mara.push(posts[2]);
    const mails = await mailsOf();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.entryIds).toEqual(posts.map(({ args }) => args.entryId));
    expect(await nextMailAt()).toBe('2026-11-12T10:03:30.000Z');
  });

  it('ends ten minutes after its first thing, however often it started over', async () => {
    for (let count = 0; count < 6; count += 1) {
      await mara.push(reply());
      minutes(1.9);
    }
    expect(await nextMailAt()).toBe('2026-11-12T10:10:00.000Z');
    expect(await mailsOf()).toHaveLength(1);
  });

  it('is each job’s own', async () => {
    await mara.push(reply(), reply({ jobId: server.office.hiddenJob.id }));
    expect(await mailsOf()).toHaveLength(2);
  });

  it('a mail that is being handed over takes nothing more: the next thing begins another', async () => {
    await mara.push(reply());
    minutes(2);
    const now = new Date(nowMs).toISOString();
    await server.data.storage.mails.claimDueMail(now, { claimant: 'x', until: now });
    await mara.push(reply());
    expect(await mailsOf()).toHaveLength(2);
  });
});
