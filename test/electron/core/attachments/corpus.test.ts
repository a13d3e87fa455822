// Every kind of file through the door, on the desk and on the server. (D1, D2)

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addFile } from '../../../../electron/core/attachments/add-file.ts';
import { openBlobStore } from '../../../../electron/core/attachments/blob-store.ts';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { mediaTypeOfFile } from '../../../../sync-server/blobs/media-type.ts';
import { MEDIA_TYPES } from '../../../../sync-server/protocol/blobs.ts';
import { BUILT_AT, nextId } from '../../../support/builders.ts';
import { letter, type Make, skiaPdf, SUPPORTED } from '../../../support/corpus.ts';
import { compoundFile, ftyp, packedZip, zipFile } from '../../../support/file-bytes.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** What the desk says to it; the server must find the same. */
async function add(bytes: Uint8Array, name = 'misleading.exe') {
  const folder = await tempDir();
  const mirror = openMirror(join(folder, 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
  async function* once() {
    yield bytes;
  }
  const result = await addFile({ mirror, blobs, now: () => BUILT_AT }, name, once());
  const path = join(folder, name);
  await writeFile(path, bytes);
  const onServer = await mediaTypeOfFile(path);
  expect(onServer).toBe(result.kind === 'added' ? result.mediaType : undefined);
  return result;
}

describe('(D1) supported, by content', () => {
  test.each(SUPPORTED)('%s by %s', async (mediaType, _producer, make) => {
    expect(await add(await make())).toMatchObject({ kind: 'added', mediaType });
  });

  test('every supported type is here, by two producers at least', () => {
    for (const mediaType of Object.keys(MEDIA_TYPES))
      expect(SUPPORTED.filter(([type]) => type === mediaType).length).toBeGreaterThanOrEqual(2);
  });
});

const text =
  (content: string): Make =>
  () =>
    Buffer.from(content);
const zipOf =
  (mimetype: string): Make =>
  () => {
    // As OpenDocument wants it: first, and not packed.
    const zip = zipFile(['mimetype', 'content.xml']);
    const at = 30 + 'mimetype'.length;
    const stored = Buffer.concat([zip.subarray(0, at), Buffer.from(mimetype), zip.subarray(at)]);
    stored.writeUInt32LE(mimetype.length, 18);
    stored.writeUInt32LE(mimetype.length, 22);
    return stored;
  };

const REFUSED: readonly (readonly [words: RegExp, what: string, make: Make])[] = [
  [/is an SVG drawing/, 'an SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [/is an SVG drawing/, 'an SVG with a head', text('<?xml version="1.0"?>\n<svg width="1"/>')],
  [/is a web page/, 'HTML', text('<!DOCTYPE html><p>Hello')],
  [/is a web page/, 'HTML in UTF-16', () => Buffer.from('\ufeff<html><body>', 'utf16le')],
  [/is a web page/, 'HTML behind a comment', text('<!-- x --><script>alert(1)</script>')],
  [/is an XML file/, 'XML', text('<?xml version="1.0"?><invoice/>')],
  [/is an RTF document/, 'RTF', text('{\\rtf1\\ansi Hello}')],
  [/is an OpenDocument text/, 'odt', zipOf('application/vnd.oasis.opendocument.text')],
  [
    /is an OpenDocument spreadsheet/,
    'ods',
    zipOf('application/vnd.oasis.opendocument.spreadsheet'),
  ],
  [/is a video/, 'MP4', () => Buffer.concat([ftyp('isom'), Buffer.alloc(64)])],
  [/is a video/, 'a film of an iPhone', () => Buffer.concat([ftyp('qt  '), Buffer.alloc(64)])],
  [
    /is a sound recording/,
    'MP3',
    () =>
      Buffer.concat([
        Buffer.from('ID3\x04\0\0\0\0\0\0'),
        Buffer.from('fffb9064', 'hex'),
        Buffer.alloc(512),
      ]),
  ],
  [/is a zip archive/, 'a zip', () => zipFile(['a.txt', 'b.numbers'])],
  [/is a packed archive/, 'gzip', () => Buffer.from('1f8b0800000000000003', 'hex')],
  [
    /is a Windows program/,
    'a program',
    () => Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
  ],
  [/is a program/, 'a Linux program', () => Buffer.from('7f454c4602010100', 'hex')],
  [/is a Photoshop file/, 'PSD', () => Buffer.from('384250530001000000000000', 'hex')],
  [
    /is an Office file with a password/,
    'a locked letter',
    () => compoundFile(['EncryptedPackage']),
  ],
  [/is a PowerPoint presentation/, 'ppt', () => compoundFile(['PowerPoint Document'])],
  [/is an Outlook message/, 'msg', () => compoundFile(['__substg1.0_0037001F'])],
  [/of a kind Docket does not know/, 'another compound file', () => compoundFile(['Other'])],
  [/of a kind Docket does not know/, 'noise', () => Buffer.from('8f3ac1d2e4b59677', 'hex')],
  [/of a kind Docket does not know/, 'text with a NUL', text('half \0 past')],
  [/of a kind Docket does not know/, 'Latin-1', () => Buffer.from('Ärger', 'latin1')],
];

describe('(D1) refused, saying what it is and what is supported', () => {
  test.each(REFUSED)('%s: %s', async (words, _what, make) => {
    const result = await add(await make(), 'Schaden.jpg');
    if (result.kind !== 'refused') throw new Error(`It was taken as ${result.mediaType}.`);
    expect(result.sentence).toMatch(/^“Schaden\.jpg” is .*\. Docket takes .*\.$/);
    expect(result.sentence).toMatch(words);
  });
});

describe('(D1) two files in one', () => {
  const page = Buffer.from('<html><script>alert(1)</script>');
  test.each<[string, string, () => Promise<Uint8Array>]>([
    ['image/gif', 'a GIF that is a zip', async () => Buffer.concat([await gif(), zipFile(['a'])])],
    ['image/jpeg', 'a JPEG that is a page', async () => Buffer.concat([await jpeg(), page])],
    [
      'application/pdf',
      'a PDF that is a zip',
      async () => Buffer.concat([await skiaPdf(), zipFile(['a'])]),
    ],
  ])('is what its first bytes say: %s, %s', async (mediaType, _what, make) => {
    expect(await add(await make())).toMatchObject({ kind: 'added', mediaType });
  });

  test.each<[string, () => Promise<Uint8Array>]>([
    ['a page that is a PDF', async () => Buffer.concat([page, await skiaPdf()])],
    ['a page that is a GIF', async () => Buffer.concat([page, await gif()])],
    ['a program that is a letter', async () => Buffer.concat([Buffer.from('MZ'), await letter()])],
    [
      'noise in front of a PDF',
      async () => Buffer.concat([Buffer.from('\0\x01\x02'), await skiaPdf()]),
    ],
  ])('is refused where the first is no picture and no document: %s', async (_what, make) => {
    expect((await add(await make())).kind).toBe('refused');
  });
  const gif = () =>
    sharp(Buffer.alloc(48), { raw: { width: 4, height: 4, channels: 3 } })
      .gif()
      .toBuffer();
  const jpeg = () =>
    sharp(Buffer.alloc(48), { raw: { width: 4, height: 4, channels: 3 } })
      .jpeg()
      .toBuffer();
});

test('(D2) a zip bomb is looked at without being unpacked, whatever part swells', async () => {
  const swollen = Buffer.alloc(256 * 1024 * 1024);
  for (const name of ['[Content_Types].xml', 'mimetype', 'word/document.xml'])
    expect((await add(packedZip([[name, swollen]]))).kind).toBe('refused');
});
