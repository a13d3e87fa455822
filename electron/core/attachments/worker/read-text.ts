// The words in a file, for the search: of PDF, Word and Excel files of today's form, and of plain text. Bounded in every
// direction; what cannot be read has no words. (G2)

import { readOfficeText } from './read-office-text.ts';

/** Some hundred pages of text. */
export const MAX_EXTRACTED_LENGTH = 400_000;
const MAX_PDF_PAGES = 500;

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** '' where there is nothing to read. Never throws for what a file has in it. */
export async function readText(bytes: Buffer, mediaType: string): Promise<string> {
  try {
    return tidied(await rawText(bytes, mediaType));
  } catch {
    // Damaged or locked: the file stays findable by its name.
    return '';
  }
}

async function rawText(bytes: Buffer, mediaType: string): Promise<string> {
  switch (mediaType) {
    case 'text/plain':
      return plainText(bytes);
    case 'application/pdf':
      return pdfText(bytes);
    case WORD:
      return readOfficeText(bytes, 'word', MAX_EXTRACTED_LENGTH);
    case EXCEL:
      return readOfficeText(bytes, 'excel', MAX_EXTRACTED_LENGTH);
    default:
      return '';
  }
}

function plainText(bytes: Buffer): string {
  // Four bytes a character at most.
  const start = bytes.subarray(0, MAX_EXTRACTED_LENGTH * 4);
  const [first, second] = start;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(start);
}

async function pdfText(bytes: Buffer): Promise<string> {
  const { withPdf } = await import('./draw-pdf.ts');
  return withPdf(bytes, async (document) => {
    let text = '';
    const pages = Math.min(document.numPages, MAX_PDF_PAGES);
    for (let number = 1; number <= pages && text.length < MAX_EXTRACTED_LENGTH; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
      text += '\n';
      page.cleanup();
    }
    return text;
  });
}

/** Well-formed, without the bytes no text has, one space where there were several. */
function tidied(text: string): string {
  return text
    .slice(0, MAX_EXTRACTED_LENGTH)
    .toWellFormed()
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}
