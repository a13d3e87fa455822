import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import {
  MAX_EXTRACTED_LENGTH,
  readText,
} from '../../../../electron/core/attachments/worker/read-text.ts';
import { EXCEL, letter, WORD, wordParts, workbook } from '../../../support/corpus.ts';
import { packedZip } from '../../../support/file-bytes.ts';

const read = async (bytes: Uint8Array, mediaType: string) =>
  readText(Buffer.from(bytes), mediaType);

async function pdf(...pages: string[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const words of pages) document.addPage().drawText(words, { font, size: 12, y: 400 });
  return document.save();
}

describe('(G2) the words in', () => {
  test('a PDF, of all its pages', async () => {
    const text = await read(await pdf('Stoßfänger vorne', 'Rechnung 4711'), 'application/pdf');
    expect(text.split('\n')).toEqual(['Stoßfänger vorne', 'Rechnung 4711']);
  });

  test('a Word document, its entities unpacked and its lines apart', async () => {
    expect(await read(await letter(), WORD)).toBe('Kostenübernahme für Stoßfänger');
    const parts =
      'A &amp; B</w:t><w:tab/><w:t>&#x20AC; 5</w:t></w:r></w:p><w:p><w:r><w:t>&lt;end&gt;';
    expect(await read(wordParts(parts), WORD)).toBe('A & B € 5\n<end>');
  });

  test('an Excel workbook: words, numbers and the names of its sheets, no formulas', async () => {
    const text = await read(await workbook(), EXCEL);
    for (const words of ['Teileliste', 'Kotflügel & Leiste', '4711.5', '9423'])
      expect(text).toContain(words);
    expect(text).not.toContain('B1*2');
  });

  test.each([
    ['UTF-8', Buffer.from('Größe: 5 €\r\n\r\n  weiter')],
    ['UTF-8 with a mark', Buffer.from('\ufeffGröße: 5 €\nweiter')],
    ['UTF-16', Buffer.from('\ufeffGröße: 5 €\nweiter', 'utf16le')],
    ['UTF-16, the other way', Buffer.from('\ufeffGröße: 5 €\nweiter', 'utf16le').swap16()],
  ])('a text in %s', async (_encoding, bytes) => {
    expect(await read(bytes, 'text/plain')).toBe('Größe: 5 €\nweiter');
  });
});

describe('(G2) what costs too much or cannot be read has bounded words, or none', () => {
  test('a text of 25 MB', async () => {
    const text = await read(Buffer.alloc(25 * 1024 * 1024, 'ab '), 'text/plain');
    expect(text.length).toBeLessThanOrEqual(MAX_EXTRACTED_LENGTH);
    expect(text.length).toBeGreaterThan(MAX_EXTRACTED_LENGTH / 2);
  });

  test('a document that swells to 64 MB, said or not', async () => {
    const swollen = Buffer.concat([
      Buffer.from('<w:p><w:t>Anfang</w:t></w:p><w:t>'),
      Buffer.alloc(64 * 1024 * 1024, 'x'),
    ]);
    for (const saidSize of [swollen.length, 1000]) {
      const text = await read(packedZip([['word/document.xml', swollen, saidSize]]), WORD);
      expect(text.length).toBeLessThanOrEqual(MAX_EXTRACTED_LENGTH);
    }
  });

  test('brackets without end', async () => {
    for (const part of ['<', '<w:p ', '<c t="s"', '&#x', '<w:instrText'])
      for (const mediaType of [WORD, EXCEL]) {
        const name = mediaType === WORD ? 'word/document.xml' : 'xl/sharedStrings.xml';
        const text = await read(packedZip([[name, part.repeat(500_000)]]), mediaType);
        expect(text.length).toBeLessThanOrEqual(MAX_EXTRACTED_LENGTH);
      }
  });

  test('damaged and foreign files', async () => {
    for (const mediaType of [WORD, EXCEL, 'application/pdf', 'image/png', 'application/msword'])
      expect(await read(Buffer.from('not what it says'), mediaType)).toBe('');
  });
});
