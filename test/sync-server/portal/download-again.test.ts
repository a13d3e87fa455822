// A file that a browser has already, whole or in part, when something about it changed. (E4)

import { afterEach, beforeEach, expect, test } from 'vitest';
import * as build from '../../support/builders.ts';
import type { PortalBrowser } from '../../support/portal-browser.ts';
import { openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

let office: PortalOffice;
let anna: PortalBrowser;
beforeEach(async () => {
  office = await openPortalOffice();
  anna = await office.signedIn();
});
afterEach(() => office.close());

const seenVersion = async () =>
  (await office.storage.headVersion(office.records.workspace.id)) ?? 0;

/** A photo that tells where it was taken, which is handed on without that. */
async function postPhoto() {
  const { default: sharp } = await import('sharp');
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '53/1 32/1 45/1' };
  const bytes = await sharp({
    create: { width: 8, height: 8, channels: 3, background: '#3f72e4' },
  })
    .withExif({ IFD3: place })
    .jpeg()
    .toBuffer();
  const attachmentId = build.anAttachmentId();
  const { workspace, jobs } = office.records;
  const blob = await office.keeper.take(
    workspace.id,
    (async function* () {
      yield bytes;
    })(),
  );
  await office.staff('post_entry', {
    jobId: jobs.golf.id,
    entryId: build.anEntryId(),
    audience: 'visible',
    text: 'The photo',
    attachments: [{ ...blob, attachmentId, name: 'IMG_1.jpg', audience: 'visible' }],
    seenVersion: await seenVersion(),
  });
  const file = { jobId: jobs.golf.id, attachmentId, fromName: 'IMG_1.jpg' };
  return {
    path: `/portal/files/${attachmentId}`,
    bytes,
    giveWithPlace: async () => {
      for (const change of [
        { audience: 'internal' as const },
        { audience: 'visible' as const, keepsLocation: true as const },
      ])
        await office.staff('change_file_audience', {
          ...file,
          ...change,
          entryId: build.anEntryId(),
          seenVersion: await seenVersion(),
        });
    },
    rename: (toName: string) =>
      office.staff('rename_file', { ...file, toName, entryId: build.anEntryId() }),
  };
}

test('what has not changed is not sent again', async () => {
  const { path } = await postPhoto();
  const { etag } = (await anna.get(path)).headers;
  expect((await anna.get(path, { 'if-none-match': String(etag) })).statusCode).toBe(304);
});

test('(D6) a photo that is given anew with its place is fetched anew', async () => {
  const { path, bytes, giveWithPlace } = await postPhoto();
  const first = await anna.get(path);
  expect(first.bytes).not.toEqual(bytes);
  await giveWithPlace();
  const again = await anna.get(path, { 'if-none-match': String(first.headers.etag) });
  expect(again.bytes).toEqual(bytes);
});

test('a download that goes on after the bytes became others begins anew', async () => {
  const { path, bytes, giveWithPlace } = await postPhoto();
  const { etag } = (await anna.get(path)).headers;
  const goOn = () => anna.get(path, { range: 'bytes=100-', 'if-range': String(etag) });
  expect((await goOn()).statusCode).toBe(206);
  await giveWithPlace();
  const whole = await goOn();
  expect(whole.statusCode).toBe(200);
  expect(whole.bytes).toEqual(bytes);
});

test('a file that was renamed is downloaded under its new name', async () => {
  const { path, rename } = await postPhoto();
  const { etag } = (await anna.get(path)).headers;
  await rename('right.jpg');
  const again = await anna.get(path, { 'if-none-match': String(etag) });
  expect(again.headers['content-disposition']).toContain('right.jpg');
});
