// A device of version 1 against today's server: everything it is told passes version 1's own schemas, kept in
// test/protocol-1 as they left the house. [H9]

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KindedRecord } from '../../../sync-server/protocol/records.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';
import { pullAnswerForVersion1 } from '../../../sync-server/protocol/for-version-1.ts';
import type { Change } from '../../../sync-server/protocol/sync.ts';
import { memberMutationArgs } from '../../protocol-1/mutations.ts';
import { recordSchemas, type RecordKind } from '../../protocol-1/records.ts';
import { poke, pullAnswer, pushAnswer, pushRequest, signInAnswer } from '../../protocol-1/sync.ts';
import {
  aCannedReply,
  aClientId,
  aCustomerId,
  aJobId,
  aMutation,
  aMutationId,
  anAttachment,
  anAttachmentId,
  anEntry,
  anEntryId,
  aScheduledReply,
  blobIdOf,
  BUILT_AT,
  nextId,
} from '../../support/builders.ts';
import { signInDevice } from '../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const VERSION_1 = { 'docket-protocol': '1', 'content-type': 'application/json' };
type Page = Extract<ReturnType<typeof pullAnswer.parse>, { kind: 'page' }>;

/** What version 1 keeps of a page; it takes none that holds a row it does not know, whole and strict. */
function rowsOf({ changes }: Page) {
  return changes.map((change) =>
    change.op === 'delete'
      ? change
      : { ...change, record: recordSchemas[change.kind as RecordKind].parse(change.record) },
  );
}

async function startDevice() {
  const ask = async (path: string, headers: Record<string, string>, body?: unknown) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as unknown;
  };
  const clientId = aClientId();
  const { email } = server.office.mara;
  const signIn = { email, password: TEST_PASSWORD, clientId, deviceName: 'An old desk' };
  const { token } = signInAnswer.parse(await ask('/api/auth/sign-in', VERSION_1, signIn));
  const headers = { ...VERSION_1, authorization: `Bearer ${token}` };
  return {
    headers,
    pullAll: async (from?: string) => {
      const rows: ReturnType<typeof rowsOf> = [];
      for (let cursor = from; ; ) {
        const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
        const page = pullAnswer.parse(await ask(`/api/sync/pull${query}`, headers));
        if (page.kind === 'reset') throw new Error(`The pull was reset: ${page.reason}`);
        expect(page.digest).toBeNull();
        rows.push(...rowsOf(page));
        ({ cursor } = page);
        if (!page.more) return { rows, cursor, version: page.version };
      }
    },
    push: async (...mutations: { name: string; args: unknown }[]) => {
      const request = pushRequest.parse({
        mutations: mutations.map((each) => ({
          id: aMutationId(),
          clientId,
          writtenAt: BUILT_AT,
          ...each,
        })),
      });
      const { results } = pushAnswer.parse(await ask('/api/sync/push', headers, request));
      return results.map(({ outcome }) => outcome);
    },
  };
}

const put = async (...puts: KindedRecord[]) => {
  const { workspace } = server.office;
  await server.data.storage.transact(workspace.id, async (transaction) => {
    transaction.settle({ id: aMutationId(), actorKey: 'member:admin' }, applied(...puts));
    await Promise.resolve();
  });
};

/** One of everything that version 1 had no word for. */
async function putTheNew() {
  const { workspace, mara, anna, job } = server.office;
  const undoing = { memberId: mara.id, at: BUILT_AT };
  const author = { kind: 'member', memberId: mara.id } as const;
  const at = { jobId: job.id, author };
  const withdrawn = anEntry({ ...at, audience: 'visible', withdrawn: undoing });
  const redacted = anEntry({ ...at, text: '', redacted: undoing });
  const earlier = [{ text: 'Before', until: BUILT_AT, untilVersion: 3 }];
  const edited = anEntry({ ...at, text: 'After', earlier });
  const sentLater = anEntry({ ...at, audience: 'visible', scheduled: { at: BUILT_AT } });
  const scheduled = aScheduledReply({ jobId: job.id, customerId: anna.id, authorId: mara.id });
  const head = { ...at, writtenAt: BUILT_AT, arrivedAt: BUILT_AT, audience: 'internal' as const };
  const photo = anAttachment({
    ...at,
    renditions: { thumbnail: null, preview: null, jpeg: null, withoutLocation: null, problem: '' },
    keepsLocation: true,
  });
  await put(
    { kind: 'workspace', record: { ...workspace, hue: 'green', logoBlobId: blobIdOf('logo') } },
    { kind: 'entry', record: withdrawn },
    { kind: 'entry', record: redacted },
    { kind: 'entry', record: edited },
    { kind: 'entry', record: sentLater },
    { kind: 'scheduled_reply', record: scheduled },
    {
      kind: 'entry',
      record: {
        ...head,
        id: anEntryId(),
        kind: 'unapplied',
        wish: { kind: 'assignee', wantedMemberId: mara.id, standsMemberId: null },
      },
    },
    {
      kind: 'entry',
      record: {
        ...head,
        id: anEntryId(),
        kind: 'file_change',
        attachmentId: photo.id,
        change: 'withdrawn',
        name: 'Photo.jpg',
      },
    },
    { kind: 'attachment', record: photo },
    {
      kind: 'follow',
      record: { id: `${mara.id}:${job.id}`, memberId: mara.id, jobId: job.id, state: 'muted' },
    },
    {
      kind: 'mail',
      record: {
        id: nextId(),
        jobId: job.id,
        customerId: anna.id,
        entryIds: [],
        to: [],
        state: 'waiting',
        at: BUILT_AT,
        reason: '',
      },
    },
    { kind: 'canned_reply', record: aCannedReply() },
    { kind: 'canned_reply', record: aCannedReply({ ownerId: mara.id }) },
  );
  return { withdrawn, redacted, photo, sentLater };
}

describe('[H9] a device of version 1', () => {
  it('signs in and gets the whole office in words it knows, and nothing it has no word for', async () => {
    const { withdrawn, redacted, photo, sentLater } = await putTheNew();
    const { rows } = await (await startDevice()).pullAll();
    expect(rows.filter(({ id }) => [withdrawn.id, redacted.id].includes(id as never))).toHaveLength(
      2,
    );
    expect(rows.find(({ id }) => id === sentLater.id)).toMatchObject({
      record: { audience: 'visible', text: sentLater.text },
    });
    expect(rows).toContainEqual(expect.objectContaining({ id: photo.id, kind: 'attachment' }));
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(['workspace', 'member', 'pipeline', 'customer', 'job', 'entry', 'attachment']),
    );
  });

  it('[O2] is told what was deleted, of the kinds it knows, and cannot bring it back', async () => {
    await putTheNew();
    const { anna, job, mara } = server.office;
    const device = await startDevice();
    const { cursor } = await device.pullAll();
    const args = { customerId: anna.id, fromName: anna.name, withJobs: true };
    await (await signInDevice(server, { email: mara.email })).push(
      aMutation('delete_customer', args),
    );
    const { rows } = await device.pullAll(cursor);
    expect(new Set(rows.map(({ op }) => op))).toEqual(new Set(['delete']));
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(['customer', 'job', 'entry', 'attachment']),
    );
    const late = { entryId: anEntryId(), jobId: job.id, audience: 'internal', text: 'Late' };
    expect(
      await device.push({ name: 'post_entry', args: { ...late, attachments: [], seenVersion: 0 } }),
    ).toMatchObject([
      {
        kind: 'refused',
        refusal: { sentence: expect.stringContaining('Your text is kept here') as unknown },
      },
    ]);
  });

  it('(C10) is told that what was taken back is no longer the customer’s', async () => {
    const { withdrawn } = await putTheNew();
    const { rows } = await (await startDevice()).pullAll();
    const told = rows.find(({ id }) => id === withdrawn.id);
    expect(told).toMatchObject({ record: { audience: 'internal', text: withdrawn.text } });
  });

  it('follows what changes, and goes on where it stood', async () => {
    const device = await startDevice();
    const { cursor } = await device.pullAll();
    const { photo } = await putTheNew();
    const { rows, version } = await device.pullAll(cursor);
    expect(rows.map(({ id }) => id)).toContain(photo.id);
    expect(version).toBe(await server.data.storage.headVersion(server.office.workspace.id));
  });

  it('pushes all that it can do, and is answered in its own words', async () => {
    const device = await startDevice();
    const { job, pipeline, anna, mara, jonas } = server.office;
    const bytes = Buffer.from('Paint code LY9C');
    const blobId = blobIdOf(bytes);
    const uploaded = await fetch(`${server.url}/api/blobs/${blobId}`, {
      method: 'PUT',
      headers: { ...device.headers, 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expect(uploaded.status).toBe(201);
    const damaged = await fetch(`${server.url}/api/blobs/${blobIdOf('something else')}`, {
      method: 'PUT',
      headers: { ...device.headers, 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    expect(damaged.status).toBe(422);
    const [booked, estimate, ready] = pipeline.stages.map(({ id }) => id);
    const [field] = pipeline.fields;
    const jobId = aJobId();
    const customerId = aCustomerId();
    const file = {
      attachmentId: anAttachmentId(),
      blobId,
      name: 'Paint code.txt',
      mediaType: 'text/plain',
      sizeBytes: bytes.length,
      audience: 'internal',
    };
    const at = { jobId: job.id };
    const said = {
      create_customer: { customerId, name: 'Cem Aydın', emails: [], phone: '' },
      create_job: {
        jobId,
        entryId: anEntryId(),
        title: 'Tow bar',
        customerId: anna.id,
        pipelineId: pipeline.id,
        stageId: booked,
        assigneeId: null,
      },
      post_entry: {
        ...at,
        entryId: anEntryId(),
        audience: 'internal',
        text: 'The code is in the file.',
        attachments: [file],
        seenVersion: 0,
      },
      change_stage: { ...at, entryId: anEntryId(), fromStageId: booked, toStageId: estimate },
      save_form: {
        ...at,
        entryId: anEntryId(),
        changes: [{ fieldId: field?.id, from: null, to: 84_200 }],
      },
      assign_job: { ...at, entryId: anEntryId(), fromMemberId: null, toMemberId: jonas.id },
      mark_read: { ...at, throughVersion: 3 },
    };
    const mutations = Object.entries(said).map(([name, args]) => ({
      name,
      args: memberMutationArgs[name as keyof typeof memberMutationArgs].parse(args),
    }));
    expect(mutations).toHaveLength(Object.keys(memberMutationArgs).length);
    const outcomes = await device.push(...mutations);
    expect(outcomes.map(({ kind }) => kind)).toEqual(mutations.map(() => 'applied'));

    const clash = { ...said.change_stage, entryId: anEntryId(), toStageId: ready };
    const [conflicted, refused] = await device.push(
      { name: 'change_stage', args: clash },
      { name: 'assign_job', args: { ...said.assign_job, jobId: aJobId(), toMemberId: mara.id } },
    );
    expect(conflicted).toMatchObject({ kind: 'conflicted' });
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'job-missing' } });
    // It decides, as version 1 does: the same wish again, based on what stands.
    const [anyway] = await device.push({
      name: 'change_stage',
      args: { ...clash, fromStageId: estimate },
    });
    expect(anyway).toMatchObject({ kind: 'applied' });
  });

  it('is poked when there is something to pull', async () => {
    const device = await startDevice();
    const answer = await fetch(`${server.url}/api/live`, { headers: device.headers });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    const data = /^event: poke\ndata: (.*)\n\n$/.exec(value ?? '')?.[1];
    expect(poke.parse(JSON.parse(data ?? ''))).toEqual({ version: 10 });
    // And it hears nothing that it has no word for.
    const jonas = await signInDevice(server, { email: server.office.jonas.email });
    const line = await fetch(`${server.url}/api/live`, { headers: jonas.headers });
    await server.app.inject({
      method: 'POST',
      url: '/api/presence',
      headers: jonas.headers,
      payload: { jobs: [{ jobId: server.office.job.id, isWriting: false }] },
    });
    await device.push({
      name: 'mark_read',
      args: { jobId: server.office.job.id, throughVersion: 9 },
    });
    expect((await reader.read()).value).toMatch(/^event: poke/);
    await line.body?.cancel();
    await reader.cancel();
  });

  it('[L3] once updated gets all that it was not told, by a fresh copy', async () => {
    await putTheNew();
    const { cursor } = await (await startDevice()).pullAll();
    const updated = await signInDevice(server);
    expect(await updated.pull(cursor)).toMatchObject({ kind: 'reset' });
    const { changes, cursor: current } = await updated.pullAll();
    expect(changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['mail', 'follow']));
    expect(await updated.pull(current)).toMatchObject({ kind: 'page', changes: [] });
  });

  it('is served whatever is added to records later: what it does not know does not leave', async () => {
    const device = await signInDevice(server);
    await putTheNew();
    const { changes } = await device.pullAll();
    const later = changes.flatMap((change): Change[] => [
      change.op === 'put' ? { ...change, record: withMore(change.record) } : change,
      { ...change, kind: 'invoice' },
    ]);
    const answer = pullAnswerForVersion1({
      kind: 'page',
      changes: later,
      cursor: '',
      epoch: 'an epoch',
      version: 20,
      more: false,
      snapshot: null,
      digest: { rows: 1, sum: 1 },
    });
    const rows = rowsOf(pullAnswer.parse(answer) as Page);
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toContain('fromLater');
  });
});

/** As a later version might write it: a key more in each object. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const more: Record<string, unknown> = { fromLater: true };
  // A form's keys are fields: what is added there is data.
  for (const [key, inner] of Object.entries(value as Record<string, unknown>))
    more[key] = key === 'form' ? inner : withMore(inner);
  return more;
}
