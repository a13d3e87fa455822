import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addFile, shownName, typedName } from '../../../../electron/core/attachments/add-file.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { findBlob } from '../../../../electron/core/attachments/blobs.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { MAX_BLOB_BYTES } from '../../../../sync-server/protocol/blobs.ts';
import { BUILT_AT, nextId } from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function aDoor() {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  const files = async () =>
    (await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
  const parts = { mirror, blobs, now: () => BUILT_AT };
  return { parts, files };
}

async function* chunks(bytes: Uint8Array, size = 64 * 1024) {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

describe('what Docket takes', () => {
  test('[B1] a file is kept under the hash of its bytes, whole, and known to the mirror', async () => {
    const { parts } = await aDoor();
    const content = 'Supplier ETA: Friday. '.repeat(9000);
    const bytes = new TextEncoder().encode(content);
    const result = await addFile(parts, 'eta.txt', chunks(bytes));
    const blobId = createHash('sha256').update(bytes).digest('hex');
    expect(result).toEqual({
      kind: 'added',
      blobId,
      name: 'eta.txt',
      mediaType: 'text/plain',
      typeName: 'Text',
      sizeBytes: bytes.length,
    });
    expect(await text(parts.blobs.read(blobId as never))).toBe(content);
    expect(findBlob(parts.mirror, blobId)).toEqual({
      id: blobId,
      mediaType: 'text/plain',
      sizeBytes: bytes.length,
    });
  });

  test('(D1) the content decides, not the name', async () => {
    const { parts } = await aDoor();
    expect(await addFile(parts, 'photo.txt', chunks(png))).toMatchObject({
      kind: 'added',
      mediaType: 'image/png',
    });
  });

  test('[B1] the same bytes twice are one file', async () => {
    const { parts, files } = await aDoor();
    await addFile(parts, 'a.png', chunks(png));
    await addFile(parts, 'b.png', chunks(png));
    expect(await files()).toHaveLength(1);
  });

  test('(D2) 25 MB exactly is taken, one byte more is not, and nothing of it stays', async () => {
    const { parts, files } = await aDoor();
    const largest = new Uint8Array(MAX_BLOB_BYTES).fill(0x61);
    expect(await addFile(parts, 'log.txt', chunks(largest, 1024 * 1024))).toMatchObject({
      kind: 'added',
    });
    const larger = new Uint8Array(MAX_BLOB_BYTES + 1).fill(0x61);
    const result = await addFile(parts, 'long-log.txt', chunks(larger, 1024 * 1024));
    expect(result).toMatchObject({
      kind: 'refused',
      sentence: expect.stringContaining('“long-log.txt” is larger than 25 MB'),
    });
    expect(await files()).toHaveLength(1);
  });
});

describe('(D2) what it refuses, with a sentence that names the file', () => {
  test.each([
    ['an empty file', 'empty.txt', new Uint8Array()],
    [
      'a page that calls itself a picture',
      'photo.png',
      new TextEncoder().encode('<!doctype html><script>alert(1)</script>'),
    ],
    [
      'an SVG',
      'logo.svg',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ],
    [
      'a program',
      'setup.exe',
      Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]),
    ],
    [
      'a zip',
      'things.zip',
      Uint8Array.from(Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')),
    ],
  ])('%s', async (_what, name, bytes) => {
    const { parts, files } = await aDoor();
    const result = await addFile(parts, name, chunks(bytes));
    expect(result).toMatchObject({
      kind: 'refused',
      name,
      sentence: expect.stringContaining(`“${name}”`),
    });
    expect(await files()).toEqual([]);
  });

  test('a file that breaks off on its way leaves nothing', async () => {
    const { parts, files } = await aDoor();
    async function* broken() {
      yield png;
      throw new Error('The stick was pulled out');
    }
    await expect(addFile(parts, 'photo.png', broken())).rejects.toThrow('pulled out');
    expect(await files()).toEqual([]);
  });
});

describe('the name that is shown', () => {
  test.each([
    ['C:\\Users\\mara\\scan 1.pdf', 'scan 1.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['left-\u202Egpj.exe', 'left-gpj.exe'],
    ['line\nbreak.txt', 'linebreak.txt'],
    ['  ', 'Unnamed file'],
    ['🚗 Schaden.heic', '🚗 Schaden.heic'],
  ])('%j becomes %j', (given, shown) => {
    expect(shownName(given)).toBe(shown);
  });

  test.each([
    ['Offer 12/2026.txt', 'Offer 12-2026.txt'],
    ['24\\7 service.pdf', '24-7 service.pdf'],
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['plan\n.txt', 'plan.txt'],
  ])('(D9) of a name that was typed nothing is cut off: %j becomes %j', (typed, shown) => {
    expect(typedName(typed)).toBe(shown);
  });

  test('a name of 300 characters is shortened and keeps its ending', () => {
    const shown = shownName(`${'a'.repeat(300)}.jpeg`);
    expect(shown).toHaveLength(200);
    expect(shown.endsWith('….jpeg')).toBe(true);
  });
});
