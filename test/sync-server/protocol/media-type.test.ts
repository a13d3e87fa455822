import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { Workbook } from 'exceljs';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { mediaTypeOfFile } from '../../../sync-server/blobs/media-type.ts';
import { MEDIA_TYPES } from '../../../sync-server/protocol/blobs.ts';
import { compoundFile, heifHead, zipFile } from '../../support/file-bytes.ts';
import { tempDir } from '../../support/temp-dir.ts';

async function typeOf(bytes: Uint8Array | string): Promise<string | undefined> {
  const path = join(await tempDir(), 'misleading.exe');
  await writeFile(path, bytes);
  return mediaTypeOfFile(path);
}

const square = () => sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } });
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const NUMBERS = 'application/vnd.apple.numbers';

describe('(D1) supported files are known by their content', () => {
  const bitmap = Buffer.alloc(58);
  bitmap.write('BM', 'latin1');
  bitmap.writeUInt32LE(58, 2);
  bitmap.writeUInt32LE(54, 10);

  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['image/png', () => square().png().toBuffer()],
    ['image/jpeg', () => square().jpeg().toBuffer()],
    ['image/gif', () => square().gif().toBuffer()],
    ['image/webp', () => square().webp().toBuffer()],
    ['image/tiff', () => square().tiff().toBuffer()],
    ['image/avif', () => square().avif().toBuffer()],
    ['image/bmp', () => bitmap],
    ['image/heic', () => heifHead('heic')],
    ['image/heif', () => heifHead('mif1')],
    ['application/pdf', async () => (await PDFDocument.create()).save()],
    [
      WORD,
      () => Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Hi')] }] })),
    ],
    [EXCEL, async () => new Uint8Array(await sheet().xlsx.writeBuffer())],
    ['application/msword', () => compoundFile(['WordDocument', '1Table'])],
    ['application/vnd.ms-excel', () => compoundFile(['\u0005SummaryInformation', 'Workbook'])],
    ['application/vnd.ms-excel', () => compoundFile(['Book'])],
    [NUMBERS, () => zipFile(['Index/Document.iwa', 'Index/Tables/Tile.iwa'])],
    [NUMBERS, () => zipFile(['list.numbers/Index.zip', 'list.numbers/Metadata/x'], 'a comment')],
    ['text/plain', () => Buffer.from('Rear wing, ärger with the paint.\r\n\tTwo litres.')],
  ])('%s', async (mediaType, make) => {
    expect(Object.keys(MEDIA_TYPES)).toContain(mediaType);
    expect(await typeOf(await make())).toBe(mediaType);
  });

  it('a letter with a sheet inside is a letter, and the other way round', async () => {
    expect(await typeOf(compoundFile(['ObjectPool', 'WordDocument'], ['Workbook']))).toBe(
      'application/msword',
    );
    expect(await typeOf(compoundFile(['MBD001', 'Workbook'], ['WordDocument']))).toBe(
      'application/vnd.ms-excel',
    );
  });

  it('a text that begins like a picture is a text', async () => {
    expect(await typeOf('BMW 320d, rear wing, dent')).toBe('text/plain');
  });

  it('text in UTF-16 with its mark is text', async () => {
    const text = Buffer.from('\ufeffGrüße 🚗', 'utf16le');
    expect(await typeOf(text)).toBe('text/plain');
    expect(await typeOf(Buffer.from(text).swap16())).toBe('text/plain');
    expect(await typeOf(Buffer.from('\ufeffEnglish', 'utf8'))).toBe('text/plain');
  });
});

function sheet(): Workbook {
  const workbook = new Workbook();
  workbook.addWorksheet('Parts').addRow(['Wing', 340]);
  return workbook;
}

describe('(D1) everything else is refused', () => {
  it.each<[string, Uint8Array | string]>([
    ['a page', '<!DOCTYPE html><p>Hello'],
    ['a page after blank lines and a mark', '\ufeff\r\n\t <html>'],
    ['a page that begins with a comment', '<!-- nothing --><script>alert(1)</script>'],
    ['a page in UTF-16', Buffer.from('\ufeff<script>alert(1)</script>', 'utf16le')],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['XML', '<?xml version="1.0"?><a/>'],
    ['an empty file', ''],
    ['text with a NUL', 'half \u0000 past'],
    ['half a character', Buffer.from([0x47, 0x72, 0xc3])],
    ['an overlong character', Buffer.from([0x41, 0xc0, 0xaf])],
    ['a surrogate in UTF-8', Buffer.from([0x41, 0xed, 0xa0, 0x80])],
    ['beyond Unicode', Buffer.from([0x41, 0xf4, 0x90, 0x80, 0x80])],
    ['half a character in UTF-16', Buffer.from([0xff, 0xfe, 0x3d, 0xd8])],
    ['Latin-1 text', Buffer.from('Ärger', 'latin1')],
    ['any zip', zipFile(['a.txt', 'b.numbers'])],
    ['a compound file of another program', compoundFile(['PowerPoint Document'])],
    ['an encrypted Word document', compoundFile(['EncryptionInfo', 'EncryptedPackage'])],
    ['half a compound file', compoundFile(['WordDocument']).subarray(0, 700)],
    ['a program', Buffer.from('7f454c4602010100', 'hex')],
    ['random bytes', Buffer.from('8f3ac1d2e4b59677', 'hex')],
  ])('%s', async (_what, bytes) => {
    expect(await typeOf(bytes)).toBeUndefined();
  });

  it('a compound file whose directory runs in circles ends in an answer', async () => {
    const circular = compoundFile(['A', 'B', 'C', 'D', 'E']);
    circular.writeUInt32LE(1, 512 + 2 * 4);
    circular.writeUInt32LE(1, 2 * 512 + 3 * 128 + 72);
    expect(await typeOf(circular)).toBeUndefined();
  });
});
