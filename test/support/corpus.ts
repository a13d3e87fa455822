// Files of every supported kind, each by two producers at least, made here or carried by the demo office.

import { readFile } from 'node:fs/promises';
import { createCanvas, PDFDocument as SkiaPdf } from '@napi-rs/canvas';
import { Document, Packer, Paragraph } from 'docx';
import { Workbook } from 'exceljs';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { bitmap, compoundFile, heifHead, packedZip, zipFile } from './file-bytes.ts';

export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const NUMBERS = 'application/vnd.apple.numbers';

export type Make = () => Uint8Array | Promise<Uint8Array>;

const demo = (name: string): Make => {
  const url = new URL(`../../sync-server/admin/demo-office/files/${name}`, import.meta.url);
  return () => readFile(url);
};
export const supportFile = (name: string): Make => {
  const url = new URL(`files/${name}`, import.meta.url);
  return () => readFile(url);
};

const square = () => sharp({ create: { width: 24, height: 16, channels: 3, background: 'teal' } });
const canvas = () => {
  const made = createCanvas(24, 16);
  made.getContext('2d').fillRect(4, 4, 8, 8);
  return made;
};

/** Type, producer, bytes. */
export const SUPPORTED: readonly (readonly [string, string, Make])[] = [
  ['image/png', 'libpng', () => square().png().toBuffer()],
  ['image/png', 'Skia', () => canvas().encode('png')],
  ['image/png', 'an animation', animatedPng],
  ['image/jpeg', 'libjpeg', () => square().jpeg().toBuffer()],
  ['image/jpeg', 'Skia', () => canvas().encode('jpeg')],
  ['image/jpeg', 'a progressive one', () => square().jpeg({ progressive: true }).toBuffer()],
  ['image/gif', 'libvips', () => square().gif().toBuffer()],
  ['image/gif', 'a drawing program', demo('paint-compare.gif')],
  ['image/webp', 'libwebp', () => square().webp().toBuffer()],
  ['image/webp', 'Skia, without loss', () => canvas().encode('webp', 100)],
  ['image/tiff', 'libtiff', () => square().tiff().toBuffer()],
  ['image/tiff', 'libtiff, packed', () => square().tiff({ compression: 'lzw' }).toBuffer()],
  ['image/tiff', 'a scanner', demo('slip-scan.tiff')],
  ['image/avif', 'libaom', () => square().avif().toBuffer()],
  ['image/avif', 'Skia', () => canvas().encode('avif')],
  ['image/bmp', 'our own lines', () => bitmap(24, false)],
  ['image/bmp', 'a gauge', demo('gauge-display.bmp')],
  ['image/heic', 'x265', supportFile('corners.heic')],
  ['image/heic', 'a photo', demo('scratch-sill.heic')],
  ['image/heic', 'a burst', () => heifHead('hevc')],
  ['image/heif', 'by its brand', () => heifHead('mif1')],
  ['image/heif', 'a row of pictures', () => heifHead('msf1')],
  ['application/pdf', 'pdf-lib', async () => (await PDFDocument.create()).save()],
  ['application/pdf', 'Skia', skiaPdf],
  ['application/pdf', 'a printer driver', demo('hail-report.pdf')],
  [
    'application/pdf',
    'a scanner that begins with a line break',
    async () => Buffer.concat([Buffer.from('\r\n'), Buffer.from(await skiaPdf())]),
  ],
  [WORD, 'docx', letter],
  [WORD, 'a zip of parts', wordParts],
  [WORD, 'an office program', demo('letter-to-insurer.docx')],
  [EXCEL, 'exceljs', workbook],
  [EXCEL, 'an office program', demo('hours.xlsx')],
  ['application/msword', 'by its streams', () => compoundFile(['WordDocument', '1Table'])],
  ['application/msword', 'an office program', demo('warranty.doc')],
  ['application/vnd.ms-excel', 'Excel 97', () => compoundFile(['Workbook'])],
  ['application/vnd.ms-excel', 'Excel 95', () => compoundFile(['Book'])],
  ['application/vnd.ms-excel', 'an office program', demo('parts-list.xls')],
  [NUMBERS, 'one file', () => zipFile(['Index/Document.iwa', 'Index/Tables/Tile.iwa'])],
  [NUMBERS, 'a folder that was zipped', () => zipFile(['a.numbers/Index.zip', 'a.numbers/x'])],
  [NUMBERS, 'Numbers', demo('dent-count.numbers')],
  ['text/plain', 'UTF-8', () => Buffer.from('Wing, left: 340 €\n')],
  ['text/plain', 'UTF-8 with a mark', () => Buffer.from('\ufeffWing;340\r\n')],
  ['text/plain', 'UTF-16', () => Buffer.from('\ufeffWing 340 €', 'utf16le')],
  ['text/plain', 'UTF-16, the other way', () => Buffer.from('\ufeffWing', 'utf16le').swap16()],
];

export async function letter(): Promise<Uint8Array> {
  const children = [new Paragraph('Kostenübernahme für Stoßfänger')];
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

export async function workbook(): Promise<Uint8Array> {
  const book = new Workbook();
  const sheet = book.addWorksheet('Teileliste');
  sheet.addRow(['Kotflügel & Leiste', 4711.5]);
  sheet.getCell('A2').value = { formula: 'B1*2', result: 9423 };
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A PDF with words in it. */
export async function skiaPdf(): Promise<Uint8Array> {
  const document = new SkiaPdf();
  document.beginPage(200, 100).fillRect(10, 10, 50, 20);
  document.endPage();
  return document.close();
}

export function wordParts(text = 'Ein Wort'): Buffer {
  return packedZip([
    [
      '[Content_Types].xml',
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ],
    ['word/document.xml', `<w:document><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:document>`],
  ]);
}

/** A PNG with the chunk that says it moves; its one frame is its picture. */
async function animatedPng(): Promise<Uint8Array> {
  const png = await square().png().toBuffer();
  const control = Buffer.from('000000086163544c00000001000000002d8a9b8a', 'hex');
  const afterHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, afterHeader), control, png.subarray(afterHeader)]);
}
