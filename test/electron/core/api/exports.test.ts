// Exports of a whole desk against a real server: begun, watched, fetched, cancelled, and what stands in the way of one. (G4)

import { readdir, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import yauzl from 'yauzl';
import type {
  ExportState,
  ExportWish,
  ReadyExport,
} from '../../../../electron/core/api/exports-contract.ts';
import { withoutLocation } from '../../../../sync-server/protocol/location/without-location.ts';
import type { Audience } from '../../../../sync-server/protocol/values.ts';
import { anEntryId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { PRINT_PROGRAM } from '../../../support/print-program.ts';
import { readPdf } from '../../../support/read-pdf.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../../support/test-server.ts';

const FILE_PROGRAM = fileURLToPath(
  new URL('../../../../electron/core/attachments/worker/file-worker.ts', import.meta.url),
);

type Desk = TestDesk & { readonly folder: string };

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(
  server: TestServer,
  {
    who = 'mara',
    looksIntoFiles = false,
  }: { who?: 'mara' | 'jonas'; looksIntoFiles?: boolean } = {},
): Promise<Desk> {
  const folder = await tempDir();
  const host = fakeHost(folder, {
    printProgram: PRINT_PROGRAM,
    ...(looksIntoFiles ? { fileProgram: FILE_PROGRAM } : {}),
  });
  const desk = await startTestDesk(folder, host);
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email: server.office[who].email, password: TEST_PASSWORD });
  return Object.assign(desk, { folder });
}

interface File {
  readonly name: string;
  readonly bytes: Buffer;
  readonly audience: Audience;
}

async function post(
  desk: Desk,
  server: TestServer,
  audience: Audience,
  text: string,
  ...files: File[]
) {
  const added = [];
  for (const { name, bytes, audience: fileAudience } of files) {
    const taken = await desk.core.addFile(
      name,
      (async function* () {
        yield bytes;
      })(),
    );
    if (taken.kind !== 'added') throw new Error(taken.sentence);
    added.push({ blobId: taken.blobId, name, audience: fileAudience });
  }
  const { seenVersion } = (await desk.ask('jobs.one', { jobId: server.office.job.id }))!;
  const entryId = anEntryId();
  await desk.request('entries.post', {
    entryId,
    jobId: server.office.job.id,
    audience,
    text,
    files: added,
    seenVersion,
  });
  return entryId;
}

const sent = (desk: Desk) => desk.until('outbox', {}, (items) => items.length === 0);
const isOver = (state: ExportState | null) =>
  state?.kind === 'ready' || state?.kind === 'failed' || state === null;

async function begin(desk: Desk, server: TestServer, wish: Partial<ExportWish>) {
  const { exportId } = await desk.request('exports.begin', {
    jobId: server.office.job.id,
    copy: 'full',
    format: 'pdf',
    timeZone: 'Europe/Berlin',
    ...wish,
  });
  return exportId;
}

async function ended(desk: Desk, exportId: string) {
  return desk.window.until('exports.one', { exportId }, isOver, 60_000);
}

async function ready(desk: Desk, server: TestServer, wish: Partial<ExportWish>) {
  const exportId = await begin(desk, server, wish);
  const state = (await ended(desk, exportId)) as ReadyExport;
  expect(state).toMatchObject({ kind: 'ready', url: `/exports/${exportId}` });
  const opened = await desk.core.openExport(exportId);
  const bytes = await buffer(opened.bytes);
  expect(bytes).toHaveLength(state.sizeBytes);
  return { state, bytes, name: opened.name };
}

async function filesIn(zip: Buffer): Promise<Map<string, Buffer>> {
  const opened = await yauzl.fromBufferPromise(zip);
  const found = new Map<string, Buffer>();
  for await (const entry of opened.eachEntry())
    found.set(entry.fileName, await buffer(await opened.openReadStreamPromise(entry)));
  return found;
}

/** What is left of exports on a desk's disk. */
async function leftOver(desk: Desk): Promise<string[]> {
  const all = await readdir(desk.folder, { recursive: true });
  return all.filter((name) => /exports[\\/]/.test(name));
}

const aPhoto = () => readFile(new URL('../../../support/files/corners.jpg', import.meta.url));
const withPlace = async () =>
  sharp(await aPhoto())
    .withExif({
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '53/1 33/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '10/1 0/1 0/1',
      },
    })
    .jpeg()
    .toBuffer();

test('(G4, D6) offline, a full zip has every file as it is, a customer zip the visible ones without the place of a photo', async () => {
  const server = await aServer();
  const desk = await aDesk(server, { looksIntoFiles: true });
  const photo = await withPlace();
  expect(withoutLocation(photo, 'image/jpeg').kind).toBe('cleaned');
  const text = (words: string) => Buffer.from(words);
  await post(
    desk,
    server,
    'visible',
    'Zażółć gęślą jaźń, Καλημέρα, Привет, Grüße',
    { name: 'zdjęcie łódź.jpg', bytes: photo, audience: 'visible' },
    { name: '😀 Größe.txt', bytes: text('open'), audience: 'visible' },
    { name: 'kalkulacja.txt', bytes: text('secret'), audience: 'internal' },
  );
  await sent(desk);
  await desk.until(
    'files.list',
    {
      jobId: server.office.job.id,
      sieve: { sort: 'name', isAscending: true, types: [], audiences: [], search: '' },
      offset: 0,
      limit: 10,
    },
    ({ rows }) =>
      rows.length === 3 &&
      rows.every(
        (row) => !row.isWaiting && (row.mediaType !== 'image/jpeg' || row.previewUrl !== null),
      ),
  );
  await sent(desk);
  desk.host.wire.cut();

  const full = await filesIn((await ready(desk, server, { format: 'zip' })).bytes);
  expect([...full.keys()].filter((name) => name.startsWith('Files/')).toSorted()).toEqual(
    ['Files/kalkulacja.txt', 'Files/zdjęcie łódź.jpg', 'Files/😀 Größe.txt'].toSorted(),
  );
  expect(full.get('Files/zdjęcie łódź.jpg')?.equals(photo)).toBe(true);
  const told = JSON.parse(full.get('activity.json')!.toString()) as {
    entries: { text?: string; files: { path: string }[] }[];
  };
  expect(told.entries.at(-1)).toMatchObject({
    text: 'Zażółć gęślą jaźń, Καλημέρα, Привет, Grüße',
    audience: 'visible',
  });

  const { bytes, name, state } = await ready(desk, server, { format: 'zip', copy: 'customer' });
  expect(name).toMatch(/^J-1001 .*, customer copy\.zip$/);
  expect(state.missing).toEqual([]);
  const given = await filesIn(bytes);
  expect([...given.keys()].filter((file) => file.startsWith('Files/')).toSorted()).toEqual(
    ['Files/zdjęcie łódź.jpg', 'Files/😀 Größe.txt'].toSorted(),
  );
  const clean = given.get('Files/zdjęcie łódź.jpg')!;
  expect(withoutLocation(clean, 'image/jpeg').kind).toBe('has-none');
  expect(clean.equals(photo)).toBe(false);
  const [pdfName] = [...given.keys()];
  const pdf = await readPdf(given.get(pdfName!)!);
  expect(pdf.text).toContain('Zażółć gęślą jaźń, Καλημέρα, Привет, Grüße');
  expect(pdf.text).toContain('zdjęcie łódź.jpg');
  // A picture of the photo is in it, and nothing of its metadata.
  expect(pdf.raw).toContain('/DCTDecode');
  expect(pdf.raw).not.toContain('Exif');
  for (const word of ['kalkulacja', 'secret'])
    for (const all of [bytes.toString('latin1'), pdf.text, pdf.raw])
      expect(all).not.toContain(word);
}, 60_000);

test('(G4) what waits is in the full copy, marked, and not in the customer copy, which is of what is on the server', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  await post(desk, server, 'visible', 'We begin on Thursday.');
  await sent(desk);
  desk.host.wire.cut();
  await post(desk, server, 'visible', 'It is ready.');
  const { job } = server.office;
  expect(await desk.ask('exports.outlook', { jobId: job.id })).toMatchObject({
    customerName: 'Anna Berg',
    full: { entries: 3, waiting: 1 },
    customer: { entries: 2, waiting: 1 },
  });
  const full = (await readPdf((await ready(desk, server, {})).bytes)).text;
  expect(full).toMatch(/It is ready\./);
  expect(full).toContain('On this device, not sent yet');
  const customer = (await readPdf((await ready(desk, server, { copy: 'customer' })).bytes)).text;
  expect(customer).toContain('We begin on Thursday.');
  expect(customer).not.toMatch(/It is ready|On this device/);
}, 60_000);

test('(G4, E7) a visible file of an internal note stands in the customer copy without a date, and nothing of the note does', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  await post(desk, server, 'internal', 'The note', {
    name: 'estimate.txt',
    bytes: Buffer.from('estimate'),
    audience: 'visible',
  });
  await sent(desk);
  const { text } = await readPdf((await ready(desk, server, { copy: 'customer' })).bytes);
  expect(text).toContain('estimate.txt');
  expect(text).toMatch(/Without a date\s+Mara at Harbour Repairs sent a file\s/);
  expect(text).not.toContain('The note');
}, 60_000);

test('(G4) there is no customer copy of a job the customer cannot see, and a sentence says why', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const { hiddenJob } = server.office;
  const sentence =
    'The customer cannot see this job now, because its stage is internal, so there is nothing to copy for them. Move it to a visible stage, or make a full copy.';
  expect(await desk.ask('exports.outlook', { jobId: hiddenJob.id })).toMatchObject({
    customer: null,
    whyNoCustomerCopy: sentence,
  });
  const wish = { jobId: hiddenJob.id, copy: 'customer' } as const;
  expect(await ended(desk, await begin(desk, server, wish))).toEqual({ kind: 'failed', sentence });
  expect(await leftOver(desk)).toEqual([]);
}, 60_000);

test('(G4) a job moved to an internal stage here is copied for no customer, although the server does not know it yet', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  desk.host.wire.cut();
  const { job, pipeline } = server.office;
  await desk.request('jobs.change-stage', { jobId: job.id, toStageId: pipeline.stages[1]!.id });
  const state = await ended(desk, await begin(desk, server, { copy: 'customer' }));
  expect(state).toMatchObject({ kind: 'failed', sentence: expect.stringMatching(/cannot see/) });
}, 60_000);

test('(G4, A1) of a job that was given to another customer here alone there is no copy for either, and a sentence says why', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  desk.host.wire.cut();
  const { job, pipeline } = server.office;
  const { customerId } = await desk.request('customers.create', {
    name: 'Bela Kun',
    email: '',
    phone: '',
  });
  const stands = { title: job.title, pipelineId: pipeline.id, stageId: job.stageId };
  await desk.request('jobs.correct', {
    jobId: job.id,
    from: { ...stands, customerId: job.customerId },
    to: { ...stands, customerId },
  });
  const sentence =
    'What was changed on this job here is not with the server yet, so the customer cannot see the job. Send it first, or make a full copy.';
  expect(await desk.ask('exports.outlook', { jobId: job.id })).toMatchObject({
    customerName: 'Bela Kun',
    customer: null,
    whyNoCustomerCopy: sentence,
  });
  const state = await ended(desk, await begin(desk, server, { copy: 'customer' }));
  expect(state).toEqual({ kind: 'failed', sentence });
}, 60_000);

test('(G4) of a job that only here is in a visible stage there is no customer copy, and nobody is told to move it there', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const { hiddenJob, pipeline } = server.office;
  desk.host.wire.cut();
  const toStageId = pipeline.stages.find((stage) => stage.visibleToCustomer)!.id;
  await desk.request('jobs.change-stage', { jobId: hiddenJob.id, toStageId });
  expect(await desk.ask('exports.outlook', { jobId: hiddenJob.id })).toMatchObject({
    customer: null,
    whyNoCustomerCopy: expect.stringMatching(/^What was changed on this job here is not with/),
  });
}, 60_000);

test('(G4, D3) files that became visible here alone are counted as left out, and not as in the copy', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const file = (name: string, audience: Audience): File => ({
    name,
    bytes: Buffer.from(name),
    audience,
  });
  await post(desk, server, 'internal', 'A note', file('posted.txt', 'internal'));
  await sent(desk);
  desk.host.wire.cut();
  const { job } = server.office;
  const outlook = () => desk.ask('exports.outlook', { jobId: job.id });
  expect(await outlook()).toMatchObject({ customer: { files: 0, waiting: 0 } });
  const { rows } = await desk.ask('files.list', {
    jobId: job.id,
    sieve: { sort: 'name', isAscending: true, types: [], audiences: [], search: '' },
    offset: 0,
    limit: 10,
  });
  await desk.request('files.change-audience', {
    attachmentId: rows[0]!.id,
    audience: 'visible',
    fromName: 'posted.txt',
    keepsLocation: false,
    seenVersion: (await desk.ask('jobs.one', { jobId: job.id }))!.seenVersion,
  });
  expect(await outlook()).toMatchObject({ customer: { files: 0, waiting: 1 } });
  await post(desk, server, 'internal', 'Another note', file('waits.txt', 'visible'));
  expect(await outlook()).toMatchObject({ customer: { files: 0, waiting: 2 } });
}, 60_000);

test('(G4, D9) online, files of others are fetched for it; offline, what is not here is named, in the zip’s PDF as well', async () => {
  const server = await aServer();
  const jonas = await aDesk(server, { who: 'jonas' });
  const file = (name: string): File => ({ name, bytes: Buffer.from(name), audience: 'visible' });
  await post(jonas, server, 'visible', 'one', file('one.txt'));
  await sent(jonas);
  const mara = await aDesk(server);
  const online = await filesIn((await ready(mara, server, { format: 'zip' })).bytes);
  expect(online.get('Files/one.txt')?.toString()).toBe('one.txt');
  await post(jonas, server, 'visible', 'two', file('two.txt'));
  await sent(jonas);
  await mara.until('jobs.one', { jobId: server.office.job.id }, (page) => page?.fileCount === 2);
  mara.host.wire.cut();
  const { state, bytes } = await ready(mara, server, { format: 'zip', copy: 'customer' });
  expect(state.missing).toEqual(['two.txt']);
  const offline = await filesIn(bytes);
  expect([...offline.keys()]).toContain('Files/one.txt');
  const [pdfName] = [...offline.keys()];
  expect((await readPdf(offline.get(pdfName!)!)).text).toMatch(/two\.txt.*Not in this zip/);
}, 60_000);

test('(G4) one that is cancelled leaves nothing, and so does one that is let go when it is made', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const cancelled = await begin(desk, server, {});
  await desk.request('exports.let-go', { exportId: cancelled });
  expect(await desk.ask('exports.one', { exportId: cancelled })).toBeNull();
  expect(await leftOver(desk)).toEqual([]);
  const made = await begin(desk, server, {});
  await ended(desk, made);
  expect(await leftOver(desk)).not.toEqual([]);
  await desk.request('exports.let-go', { exportId: made });
  expect(await leftOver(desk)).toEqual([]);
  await expect(desk.core.openExport(made)).rejects.toThrow(
    'This export is gone. Export the job again.',
  );
}, 60_000);

test('(G4) two are made one after the other, and a program that starts again keeps none', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const [first, second] = [
    await begin(desk, server, {}),
    await begin(desk, server, { copy: 'customer' }),
  ];
  expect(await desk.ask('exports.one', { exportId: second })).toEqual({ kind: 'waiting' });
  expect(await ended(desk, first)).toMatchObject({ kind: 'ready' });
  expect(await ended(desk, second)).toMatchObject({ kind: 'ready' });
  await desk.core.close();
  expect(await leftOver(desk)).toEqual([]);
}, 60_000);

test('(G4, C8) a reply that waits for its time is in the full copy, with its file and marked, and in no customer copy', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const { job } = server.office;
  const taken = await desk.core.addFile('offer.txt', Readable.from([Buffer.from('the offer')]));
  if (taken.kind !== 'added') throw new Error(taken.sentence);
  const { seenVersion } = (await desk.ask('jobs.one', { jobId: job.id }))!;
  await desk.request('scheduled.add', {
    entryId: anEntryId(),
    jobId: job.id,
    text: 'It will be ready.',
    files: [{ blobId: taken.blobId, name: 'offer.txt', audience: 'visible' }],
    seenVersion,
    sendAt: new Date(Date.now() + 86_400_000).toISOString(),
    unlessCustomerWrites: true,
  });
  await sent(desk);
  expect(await desk.ask('exports.outlook', { jobId: job.id })).toMatchObject({
    full: { entries: 2, files: 1 },
    customer: { entries: 1, files: 0, waiting: 0 },
  });
  const full = await filesIn((await ready(desk, server, { format: 'zip' })).bytes);
  expect(full.get('Files/offer.txt')?.toString()).toBe('the offer');
  const [name] = full.keys();
  const { text } = await readPdf(full.get(name!)!);
  expect(text).toContain('It will be ready.');
  expect(text).toMatch(/Not sent: scheduled for/);
  const customer = (await ready(desk, server, { copy: 'customer', format: 'zip' })).bytes;
  expect(customer.toString('latin1')).not.toMatch(/offer|It will be ready/);
}, 60_000);

test('(G4, C10) what was made is let go once something is removed for good', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const entryId = await post(desk, server, 'internal', 'A word too much');
  await sent(desk);
  const exportId = await begin(desk, server, {});
  expect(await ended(desk, exportId)).toMatchObject({ kind: 'ready' });
  await desk.request('entries.redact', { entryId, withFiles: false });
  const state = await desk.until('exports.one', { exportId }, (now) => now?.kind === 'failed');
  expect(state).toMatchObject({ sentence: expect.stringMatching(/removed for good/) });
  await expect.poll(() => leftOver(desk)).toEqual([]);
  await expect(desk.core.openExport(exportId)).rejects.toThrow(/gone/);
}, 60_000);

test('(G4, C6, C8) what was made stays where a canned reply is deleted and a scheduled reply is sent: that removes nothing for good', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const title = 'Opening hours';
  const { cannedReplyId } = await desk.request('canned-replies.create', {
    sharing: 'shared',
    title,
    text: 'From eight.',
    files: [],
  });
  const { job } = server.office;
  const { seenVersion } = (await desk.ask('jobs.one', { jobId: job.id }))!;
  const entryId = anEntryId();
  const content = { entryId, jobId: job.id, text: 'It is ready.', files: [], seenVersion };
  const sendAt = new Date(Date.now() + 86_400_000).toISOString();
  await desk.request('scheduled.add', { ...content, sendAt, unlessCustomerWrites: true });
  await sent(desk);
  const exportId = await begin(desk, server, {});
  expect(await ended(desk, exportId)).toMatchObject({ kind: 'ready' });
  await desk.request('canned-replies.delete', { cannedReplyId, fromTitle: title });
  await desk.request('scheduled.end', { entryId, revision: 1, seenVersion, how: 'send' });
  await sent(desk);
  expect(await desk.ask('scheduled', {})).toEqual([]);
  expect(await desk.ask('exports.one', { exportId })).toMatchObject({ kind: 'ready' });
}, 60_000);

test('(G4) of a job that is not there no copy is made, and a sentence says so', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const wish = { jobId: anEntryId() as never };
  expect(await ended(desk, await begin(desk, server, wish))).toEqual({
    kind: 'failed',
    sentence: 'This job is no longer there, so no copy of it was made. Go back to the list.',
  });
  expect(await leftOver(desk)).toEqual([]);
}, 60_000);

test('(G4, C10) of an edited reply a customer copy holds what stands alone, a full copy that it was edited and what it said', async () => {
  const server = await aServer();
  const desk = await aDesk(server);
  const { id: jobId } = server.office.job;
  const entryId = await post(desk, server, 'visible', 'Come on Thursdag.');
  await sent(desk);
  const filters = { kinds: [], authorIds: [], audiences: [], search: '' };
  const { items } = await desk.ask('activity.feed', { jobId, filters, limit: 50 });
  const basedOn = items.find(({ entry }) => entry.id === entryId)?.editBasis ?? '';
  await desk.request('entries.edit', { entryId, basedOn, text: 'Come on Friday.' });
  await sent(desk);

  const told = async (copy: ExportWish['copy']) => {
    const files = await filesIn((await ready(desk, server, { format: 'zip', copy })).bytes);
    const pdf = [...files].find(([name]) => name.endsWith('.pdf'))?.[1];
    const printed = await readPdf(pdf ?? Buffer.alloc(0));
    return { data: files.get('activity.json')?.toString() ?? '', printed: JSON.stringify(printed) };
  };
  const customer = await told('customer');
  expect(customer.data).toContain('Come on Friday.');
  expect(customer.data + customer.printed).not.toContain('Thursdag');
  const full = await told('full');
  expect(full.printed).toContain('Edited');
  expect(full.data).toContain('Come on Thursdag.');
});
