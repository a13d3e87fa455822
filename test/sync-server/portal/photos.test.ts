// What a customer gets of a photo. (D5, D6)

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BlobPlace } from '../../../sync-server/blobs/blob-store.ts';
import { AppError } from '../../../sync-server/errors.ts';
import { servedFile } from '../../../sync-server/portal/served-file.ts';
import { CLEANING_VERSION } from '../../../sync-server/protocol/location/without-location.ts';
import type { Attachment } from '../../../sync-server/protocol/entries.ts';
import { applyMutations } from '../../../sync-server/storage/apply-mutations.ts';
import * as build from '../../support/builders.ts';
import { formTo, type PortalBrowser } from '../../support/portal-browser.ts';
import { NOW, openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

/** An Exif block with a GPS directory, as a phone writes it into a JPEG. */
const PLACE = 'N 53 32 45 E 9 58 17';
function exif(): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\u0000*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x8825, 10);
  tiff.writeUInt16BE(4, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt32BE(26, 18);
  const gps = Buffer.alloc(18);
  gps.writeUInt16BE(1, 0);
  gps.writeUInt16BE(1, 2);
  gps.writeUInt16BE(2, 4);
  gps.writeUInt32BE(PLACE.length + 1, 6);
  gps.writeUInt32BE(26 + 18, 10);
  const content = Buffer.concat([
    Buffer.from('Exif\u0000\u0000', 'latin1'),
    tiff,
    gps,
    Buffer.from(`${PLACE}\u0000`, 'latin1'),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

async function jpeg(withPlace: boolean, background = '#3f72e4'): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const plain = await sharp({
    create: { width: 8, height: 8, channels: 3, background },
  })
    .jpeg()
    .toBuffer();
  if (!withPlace) return plain;
  return Buffer.concat([plain.subarray(0, 2), exif(), plain.subarray(2)]);
}

let office: PortalOffice;
let anna: PortalBrowser;
beforeEach(async () => {
  office = await openPortalOffice();
  anna = await office.signedIn();
});
afterEach(() => office.close());

async function* inOne(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A member posts a visible photo. */
async function posted(bytes: Buffer, name: string) {
  const attachmentId = build.anAttachmentId();
  const { workspace, jobs } = office.records;
  const blob = await office.keeper.take(workspace.id, inOne(bytes));
  await office.staff('post_entry', {
    jobId: jobs.golf.id,
    entryId: build.anEntryId(),
    audience: 'visible',
    text: 'The photo',
    attachments: [{ ...blob, attachmentId, name, audience: 'visible' }],
    seenVersion: (await office.storage.headVersion(workspace.id)) ?? 0,
  });
  return { path: `/portal/files/${attachmentId}`, attachmentId, blob };
}

describe('(D6) the copy without the place', () => {
  const copies = async (): Promise<readonly BlobPlace[]> => {
    const { workspace } = office.records;
    const places: BlobPlace[] = [];
    for await (const { workspaceId, blobId } of office.blobs.list())
      if ((await office.storage.blob(workspace.id, blobId)) === undefined)
        places.push({ workspaceId, blobId });
    return places;
  };
  const redact = async (attachmentId: Attachment['id']) => {
    const { workspace, jobs, mara } = office.records;
    const args = { jobId: jobs.golf.id, entryId: build.anEntryId(), attachmentId };
    await applyMutations(office.storage, {
      workspaceId: workspace.id,
      actor: { kind: 'member', memberId: mara.id, role: 'admin' },
      arrivedAt: NOW,
      mutations: [build.aMutation('redact_file', args)],
    });
    await office.app.keepHouse();
  };

  test.each([
    ['with a place', true],
    ['without one', false],
  ])('is made once of a photo %s, and handed on from there', async (_what, hasPlace) => {
    const { path, blob } = await posted(await jpeg(hasPlace), 'IMG_1.jpg');
    const cleaned = vi.spyOn(office.storage, 'noteCleanedBlob');
    const first = await anna.get(path);
    const again = await anna.get(path);
    expect(again.bytes).toEqual(first.bytes);
    expect(again.bytes.includes(PLACE)).toBe(false);
    expect(cleaned).toHaveBeenCalledTimes(1);
    const kept = await copies();
    expect(kept).toHaveLength(hasPlace ? 1 : 0);
    // A later program that takes out more makes its own.
    const of = { workspaceId: office.records.workspace.id, blobId: blob.blobId };
    expect(await office.storage.cleanedBlob(of, CLEANING_VERSION)).toBeDefined();
    expect(await office.storage.cleanedBlob(of, CLEANING_VERSION + 1)).toBeUndefined();
  });

  test('is made once of a photo that many ask for at once', async () => {
    const { path } = await posted(await jpeg(true), 'IMG_1.jpg');
    const received = vi.spyOn(office.blobs, 'receive');
    const answers = await Promise.all(Array.from({ length: 20 }, () => anna.get(path)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    expect(received).toHaveBeenCalledTimes(1);
  });

  test('is made of two photos at once at most', async () => {
    const photos = [];
    for (const [index] of Array.from({ length: 8 }).entries())
      photos.push(await posted(await jpeg(true, `#0000${index}0`), `IMG_${index}.jpg`));
    const { promise: until, resolve: goOn } = Promise.withResolvers<undefined>();
    const open = office.blobs.open.bind(office.blobs);
    const opened = vi.spyOn(office.blobs, 'open').mockImplementation(async (place, range) => {
      await until;
      return open(place, range);
    });
    const known = vi.spyOn(office.storage, 'cleanedBlob');
    const answers = photos.map(({ path }) => anna.get(path));
    // Each looks for a copy once, and those whose turn it is look again.
    await vi.waitFor(() => expect(known.mock.calls.length).toBeGreaterThan(photos.length));
    await anna.get('/portal');
    expect(opened.mock.calls.length).toBeLessThanOrEqual(2);
    goOn(undefined);
    for (const answer of answers) expect((await answer).statusCode).toBe(200);
  });

  test('is made again where house-keeping took it', async () => {
    const { path } = await posted(await jpeg(true), 'IMG_1.jpg');
    const first = await anna.get(path);
    for (const place of await copies()) await office.blobs.remove(place);
    expect((await anna.get(path)).bytes).toEqual(first.bytes);
  });

  test('(C10) is gone with the photo that is removed for good', async () => {
    const { path, attachmentId, blob } = await posted(await jpeg(true), 'IMG_1.jpg');
    await anna.get(path);
    const [copy] = await copies();
    expect(copy).toBeDefined();
    await redact(attachmentId);
    expect((await anna.get(path)).statusCode).toBe(404);
    expect(await copies()).toEqual([]);
    const { workspace } = office.records;
    const photo = { workspaceId: workspace.id, blobId: blob.blobId };
    expect(await office.blobs.sizeOf(photo)).toBeUndefined();
    expect(await office.storage.cleanedBlob(photo, CLEANING_VERSION)).toBeUndefined();
  });

  test('(C10) does not stay of a photo removed for good while it is made', async () => {
    const { path, attachmentId, blob } = await posted(await jpeg(true), 'IMG_1.jpg');
    const open = office.blobs.open.bind(office.blobs);
    vi.spyOn(office.blobs, 'open').mockImplementationOnce(async (place) => {
      const bytes = await buffer((await open(place)) ?? Readable.from([]));
      await redact(attachmentId);
      return Readable.from([bytes]);
    });
    expect((await anna.get(path)).statusCode).toBe(409);
    const photo = { workspaceId: office.records.workspace.id, blobId: blob.blobId };
    expect(await office.storage.cleanedBlob(photo, CLEANING_VERSION)).toBeUndefined();
    expect(await copies()).toEqual([]);
  });

  test('[B2] that is a file of its own as well stays when the photo goes', async () => {
    const photo = await posted(await jpeg(true), 'IMG_1.jpg');
    const copy = await anna.get(photo.path);
    const own = await posted(copy.bytes, 'sent-on.jpg');
    await redact(photo.attachmentId);
    expect((await anna.get(own.path)).bytes).toEqual(copy.bytes);
  });

  test('[B2] that is brought as a file just as the photo goes stays', async () => {
    const photo = await posted(await jpeg(true), 'IMG_1.jpg');
    const copy = await anna.get(photo.path);
    const { workspace } = office.records;
    const forget = office.storage.forgetCleanedBlob.bind(office.storage);
    let brought: BlobPlace | undefined;
    vi.spyOn(office.storage, 'forgetCleanedBlob').mockImplementationOnce(async (of) => {
      const copyId = await forget(of);
      const { blobId } = await office.keeper.take(workspace.id, inOne(copy.bytes));
      brought = { workspaceId: workspace.id, blobId };
      return copyId;
    });
    await redact(photo.attachmentId);
    expect(brought && (await office.storage.blob(workspace.id, brought.blobId))).toBeDefined();
    expect(brought && (await office.blobs.sizeOf(brought))).toBe(copy.bytes.length);
  });

  test('[F2] is handed on where the disk has no room to keep it', async () => {
    const { path } = await posted(await jpeg(true), 'IMG_1.jpg');
    vi.spyOn(office.blobs, 'adopt').mockRejectedValue(new AppError('disk-full'));
    const part = await anna.get(path, { range: 'bytes=2-60' });
    const answer = await anna.get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.bytes.includes(PLACE)).toBe(false);
    expect(part.bytes).toEqual(answer.bytes.subarray(2, 61));
    expect(await copies()).toEqual([]);
  });
});

describe('(D6) a photo', () => {
  test('that tells where it was taken is handed on without the place, before any desktop made a copy', async () => {
    const bytes = await jpeg(true);
    expect(bytes.includes(PLACE)).toBe(true);
    const { path } = await posted(bytes, 'IMG_1.jpg');
    for (const as of ['', '?as=picture', '?as=thumbnail']) {
      const answer = await anna.get(path + as);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('image/jpeg');
      expect(answer.bytes.includes(PLACE)).toBe(false);
      expect(answer.bytes.length).toBeGreaterThan(100);
    }
    const part = await anna.get(path, { range: 'bytes=2-60' });
    expect(part.statusCode).toBe(206);
    expect(part.bytes).toEqual((await anna.get(path)).bytes.subarray(2, 61));
  });

  test('that has no place is handed on byte for byte', async () => {
    const bytes = await jpeg(false);
    const { path } = await posted(bytes, 'IMG_2.jpg');
    expect((await anna.get(path)).bytes).toEqual(bytes);
  });

  test('of which nobody can tell is not handed on, but for the customer’s own', async () => {
    const broken = Buffer.concat([(await jpeg(true)).subarray(0, 120), Buffer.from('broken')]);
    const { path } = await posted(broken, 'IMG_3.jpg');
    const answer = await anna.get(path);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('This photo is being prepared');
    const { golf } = office.records.jobs;
    const form = formTo((await anna.get(`/portal/jobs/${golf.id}`)).body, 'replies');
    await anna.postFiles(form.action, { ...form.fields, text: 'Mine' }, [
      { name: 'own.jpg', bytes: Buffer.concat([broken, Buffer.from('own')]) },
    ]);
    const page = (await anna.get(`/portal/jobs/${golf.id}`)).body;
    const own = /href="([^"]+)" download aria-label="Download own/.exec(page)?.[1] ?? '';
    expect((await anna.get(own)).statusCode).toBe(200);
  });

  test('keeps its place where somebody in the office said so', () => {
    const photo = build.anAttachment({ keepsLocation: true });
    expect(servedFile(photo, 'file')).toMatchObject({ how: 'as-it-is', blobId: photo.blobId });
  });

  test('is served as the desktop’s copy where there is one', () => {
    const ids = ['thumbnail', 'preview', 'jpeg', 'withoutLocation'] as const;
    const [thumbnail, preview, jpegId, withoutLocation] = ids.map((id) => build.blobIdOf(id));
    const heic = build.anAttachment({
      name: 'IMG_4471.HEIC',
      mediaType: 'image/heic',
      renditions: {
        thumbnail: thumbnail ?? null,
        preview: preview ?? null,
        jpeg: jpegId ?? null,
        withoutLocation: withoutLocation ?? null,
        problem: null,
      },
    });
    expect(servedFile(heic, 'file')).toMatchObject({ blobId: withoutLocation, how: 'as-it-is' });
    expect(servedFile(heic, 'jpeg')).toMatchObject({
      blobId: jpegId,
      name: 'IMG_4471.jpg',
      isInline: false,
    });
    expect(servedFile(heic, 'picture')).toMatchObject({ blobId: preview, isInline: true });
    expect(servedFile(heic, 'thumbnail')).toMatchObject({ blobId: thumbnail, isInline: true });
    const { renditions: _, ...raw } = heic;
    expect(servedFile(raw, 'jpeg')).toBeUndefined();
    expect(servedFile(raw, 'thumbnail')).toBeUndefined();
    expect(servedFile(raw, 'file')).toMatchObject({ how: 'cleaned' });
  });

  test('what is no photo is handed on as it is', () => {
    const pdf = build.anAttachment({ name: 'a.pdf', mediaType: 'application/pdf' });
    expect(servedFile(pdf, 'file')).toMatchObject({ how: 'as-it-is', isInline: false });
    expect(servedFile(pdf, 'picture')).toBeUndefined();
  });
});
