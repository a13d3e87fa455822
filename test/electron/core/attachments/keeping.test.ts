// Which files stay on a desk: fetched unasked, kept for a person, let go over budget. (D8)

import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import type { BlobId, JobId } from '../../../../sync-server/protocol/ids.ts';
import { aMutation, anEntryId, blobIdOf, renditionsOfNothing } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { aNote, signInDevice, type TestDevice } from '../../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { anAttachmentId } from '../../../support/builders.ts';

interface Office {
  readonly server: TestServer;
  readonly jonas: TestDevice;
  readonly folder: string;
}

async function anOffice(): Promise<Office> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const jonas = await signInDevice(server, { email: server.office.jonas.email });
  return { server, jonas, folder: await tempDir() };
}

async function aDesk({ server, folder }: Office): Promise<TestDesk> {
  const desk = await startTestDesk(folder, fakeHost(folder));
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
  return desk;
}

/** A colleague posts a file on a job. */
async function colleaguePosts({ server, jonas }: Office, name: string, jobId?: JobId) {
  const bytes = Buffer.from(`${name}: ${'x'.repeat(1000)}`);
  await jonas.putBlob(blobIdOf(bytes), bytes);
  const attachment = {
    attachmentId: anAttachmentId(),
    blobId: blobIdOf(bytes),
    name,
    mediaType: 'text/plain',
    sizeBytes: bytes.length,
    audience: 'internal' as const,
  };
  await jonas.push(aNote(server, { attachments: [attachment], ...(jobId ? { jobId } : {}) }));
  return { attachmentId: attachment.attachmentId, blobId: attachment.blobId, bytes };
}

const pathOf = ({ server, folder }: Office, blobId: BlobId) => {
  const { workspace, mara } = server.office;
  const office = join(folder, 'offices', `${workspace.id}-${mara.id}`);
  return join(office, 'blobs', blobId.slice(0, 2), blobId);
};

const isOnDisk = async (office: Office, blobId: BlobId) => {
  return access(pathOf(office, blobId)).then(
    () => true,
    () => false,
  );
};

const allHere = (desk: TestDesk) =>
  desk.until('files.keeping', {}, ({ missing, state }) => missing === 0 && state === 'done');

test('files of recent jobs come unasked, and can be read offline afterwards', async () => {
  const office = await anOffice();
  const { attachmentId, blobId, bytes } = await colleaguePosts(office, 'plan.txt');
  const desk = await aDesk(office);
  await allHere(desk);
  expect(await isOnDisk(office, blobId)).toBe(true);
  desk.host.wire.cut();
  const opened = await desk.core.openAttachment(attachmentId);
  expect(Buffer.concat(await opened.bytes.toArray())).toEqual(bytes);
});

test('(D8) a colleague’s photo of a kept job can be seen offline, small and large', async () => {
  const office = await anOffice();
  const { server, jonas } = office;
  const photo = sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#0a6' } });
  const [original, thumbnail, preview] = await Promise.all(
    [3000, 400, 1600].map((width) => photo.clone().resize(width).jpeg().toBuffer()),
  );
  const pictures = [original!, thumbnail!, preview!] as const;
  for (const bytes of pictures) await jonas.putBlob(blobIdOf(bytes), bytes);
  const attachment = {
    attachmentId: anAttachmentId(),
    blobId: blobIdOf(pictures[0]),
    name: 'photo.jpg',
    mediaType: 'image/jpeg',
    sizeBytes: pictures[0].length,
    audience: 'internal' as const,
    renditions: {
      ...renditionsOfNothing,
      thumbnail: blobIdOf(pictures[1]),
      preview: blobIdOf(pictures[2]),
    },
  };
  await jonas.push(aNote(server, { attachments: [attachment] }));
  const desk = await aDesk(office);
  await desk.request('files.keep-job', { jobId: server.office.job.id, keep: true });
  await allHere(desk);
  desk.host.wire.cut();
  for (const [index, form] of (['original', 'thumbnail', 'preview'] as const).entries()) {
    const opened = await desk.core.openAttachment(attachment.attachmentId, form);
    expect(Buffer.concat(await opened.bytes.toArray())).toEqual(pictures[index]);
  }
});

test('[F1] bytes whose row a crash took are noted again, and not looked for for ever', async () => {
  const office = await anOffice();
  const { attachmentId, blobId, bytes } = await colleaguePosts(office, 'plan.txt');
  const path = pathOf(office, blobId);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  const desk = await aDesk(office);
  await allHere(desk);
  desk.host.wire.cut();
  const opened = await desk.core.openAttachment(attachmentId);
  expect(Buffer.concat(await opened.bytes.toArray())).toEqual(bytes);
});

test('over budget the longest unused go, never a kept job’s, and what is used again goes last', async () => {
  const office = await anOffice();
  const { hiddenJob } = office.server.office;
  const kept = await colleaguePosts(office, 'kept.txt', hiddenJob.id);
  const first = await colleaguePosts(office, 'first.txt');
  const second = await colleaguePosts(office, 'second.txt');
  const desk = await aDesk(office);
  await desk.request('files.keep-job', { jobId: hiddenJob.id, keep: true });
  await allHere(desk);
  await desk.core.openAttachment(first.attachmentId);
  await desk.request('files.set-budget', { budgetBytes: kept.bytes.length + first.bytes.length });
  await desk.until('files.keeping', {}, ({ state, missing }) => state === 'full' && missing === 1);
  expect(await isOnDisk(office, kept.blobId)).toBe(true);
  expect(await isOnDisk(office, first.blobId)).toBe(true);
  expect(await isOnDisk(office, second.blobId)).toBe(false);
  await desk.request('files.set-budget', { budgetBytes: 0 });
  await desk.until('files.keeping', {}, ({ usedBytes }) => usedBytes === kept.bytes.length);
  expect(await isOnDisk(office, kept.blobId)).toBe(true);
  expect(await desk.ask('files.job-keeping', { jobId: hiddenJob.id })).toMatchObject({
    isKept: true,
    filesHere: 1,
    filesTotal: 1,
  });
  await desk.request('files.keep-job', { jobId: hiddenJob.id, keep: false });
  await desk.until('files.keeping', {}, ({ usedBytes }) => usedBytes === 0);
});

async function addTo(desk: TestDesk, name: string, text: string) {
  async function* bytes() {
    yield Buffer.from(text);
  }
  const added = await desk.core.addFile(name, bytes());
  if (added.kind === 'refused') throw new Error(added.sentence);
  return added.blobId;
}

const post = (desk: TestDesk, jobId: JobId, name: string, blobId: BlobId) =>
  desk.request('entries.post', {
    entryId: anEntryId(),
    jobId,
    audience: 'internal',
    text: '',
    files: [{ blobId, name, audience: 'internal' }],
    seenVersion: 0,
  });

async function postAndSend(...args: Parameters<typeof post>) {
  const [desk] = args;
  await post(...args);
  await desk.until('outbox', {}, (all) => all.length === 0);
}

/** The server was restored from a backup: the desk gets a fresh copy. */
async function anotherEpoch({ server }: Office, desk: TestDesk) {
  await server.data.storage.beginEpoch(Date.now());
  await desk.request('sync.now', {});
  await desk.until('sync.log', {}, (lines) => lines.some(({ event }) => event === 'reset'));
  await desk.until('sync', {}, ({ kind }) => kind === 'up-to-date');
}

test('[L3] after a fresh copy the office’s files are not told as unsent, and leave over budget', async () => {
  const office = await anOffice();
  const desk = await aDesk(office);
  const { blobId: fetched } = await colleaguePosts(office, 'plan.txt');
  await allHere(desk);
  const sent = await addTo(desk, 'sent.txt', 'Sent and confirmed.');
  await postAndSend(desk, office.server.office.job.id, 'sent.txt', sent);
  await anotherEpoch(office, desk);
  expect(await desk.ask('files.keeping', {})).toMatchObject({ unsentBytes: 0 });
  await desk.request('files.set-budget', { budgetBytes: 0 });
  for (const blobId of [fetched, sent])
    await expect.poll(() => isOnDisk(office, blobId), { timeout: 10_000 }).toBe(false);
});

test('a posted file that is added to a draft again is not told as unsent', async () => {
  const office = await anOffice();
  const desk = await aDesk(office);
  const blobId = await addTo(desk, 'again.txt', 'Once sent.');
  expect(await desk.ask('files.keeping', {})).toMatchObject({ unsentBytes: 10 });
  await postAndSend(desk, office.server.office.job.id, 'again.txt', blobId);
  await addTo(desk, 'again.txt', 'Once sent.');
  expect(await desk.ask('files.keeping', {})).toMatchObject({ unsentBytes: 0 });
});

test('[L3] bytes that a restored server has lost are sent again when something names them', async () => {
  const office = await anOffice();
  const { workspace, job, hiddenJob } = office.server.office;
  const desk = await aDesk(office);
  const blobId = await addTo(desk, 'sent.txt', 'Sent and confirmed.');
  await postAndSend(desk, job.id, 'sent.txt', blobId);
  const place = { workspaceId: workspace.id, blobId };
  await office.server.data.blobs.remove(place);
  await anotherEpoch(office, desk);
  await postAndSend(desk, hiddenJob.id, 'sent.txt', blobId);
  expect(await office.server.data.blobs.sizeOf(place)).toBe(19);
});

test('what is not sent yet, waits or stands in a draft is never let go, whatever the budget', async () => {
  const office = await anOffice();
  const desk = await aDesk(office);
  const { id: jobId } = office.server.office.job;
  const sent = await addTo(desk, 'sent.txt', 'Sent and confirmed.');
  await postAndSend(desk, jobId, 'sent.txt', sent);
  const draftAgain = await addTo(desk, 'again.txt', 'Once sent, and in a draft again.');
  await postAndSend(desk, jobId, 'again.txt', draftAgain);
  expect(await addTo(desk, 'again.txt', 'Once sent, and in a draft again.')).toBe(draftAgain);
  desk.host.wire.cut();
  const waiting = await addTo(desk, 'waiting.txt', 'Waits for the network.');
  await post(desk, jobId, 'waiting.txt', waiting);
  const draft = await addTo(desk, 'draft.txt', 'Only in a draft.');
  await desk.request('files.set-budget', { budgetBytes: 0 });
  await expect.poll(async () => isOnDisk(office, sent), { timeout: 10_000 }).toBe(false);
  for (const blobId of [draftAgain, waiting, draft])
    expect(await isOnDisk(office, blobId)).toBe(true);
});

test('(E1) the logo that a colleague chose comes too, is what its bytes say, and stays whatever the budget', async () => {
  const office = await anOffice();
  const desk = await aDesk(office);
  await desk.request('files.set-budget', { budgetBytes: 0 });
  const logo = await sharp({
    create: { width: 40, height: 40, channels: 3, background: '#0a6' },
  })
    .webp()
    .toBuffer();
  const blobId = blobIdOf(logo);
  const admin = await signInDevice(office.server, { email: office.server.office.mara.email });
  await admin.putBlob(blobId, logo);
  const { workspace } = office.server.office;
  const changes = [{ field: 'logoBlobId' as const, from: null, to: blobId }];
  await admin.push(aMutation('update_workspace', { workspaceId: workspace.id, changes }));
  const [pictures] = await desk.until(
    'files.pictures',
    { blobIds: [blobId] },
    (here) => here.length > 0,
  );
  expect(pictures?.thumbnailUrl).toContain(`/files/${blobId}/thumbnail`);
  const { mediaType } = await desk.core.openDraftFile(blobId, 'original');
  expect(mediaType).toBe('image/webp');
  await desk.request('files.set-budget', { budgetBytes: 1 });
  await desk.until('files.keeping', {}, ({ usedBytes }) => usedBytes === logo.length);
  expect(await isOnDisk(office, blobId)).toBe(true);
});
