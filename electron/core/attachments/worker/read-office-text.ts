// The words in a Word document or an Excel workbook: a zip of XML parts. Each part is unpacked as far as the text is wanted
// and no further, so that a zip bomb costs no more than any other file.

import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

/** Of XML, all parts together. */
const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;
const MAX_ENTRIES = 5000;

const PARTS = {
  word: /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/,
  excel: /^xl\/(sharedStrings|workbook|worksheets\/sheet\d+)\.xml$/,
} as const;

export async function readOfficeText(
  bytes: Buffer,
  kind: keyof typeof PARTS,
  maxLength: number,
): Promise<string> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  let text = '';
  let left = MAX_UNPACKED_BYTES;
  let entries = 0;
  for await (const entry of zip.eachEntry()) {
    entries += 1;
    if (entries > MAX_ENTRIES || left <= 0 || text.length >= maxLength) break;
    if (!PARTS[kind].test(entry.fileName)) continue;
    const xml = await unpack(zip, entry, left);
    left -= xml.length;
    const decoded = new TextDecoder().decode(xml);
    text += `${kind === 'word' ? wordText(decoded) : excelText(decoded)}\n`;
  }
  zip.close();
  return text;
}

/** The first `max` bytes of an entry. */
async function unpack(zip: ZipFile, entry: Entry, max: number): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  return buffer(Readable.from(firstBytes(stream, max)));
}

async function* firstBytes(stream: AsyncIterable<Buffer>, max: number): AsyncGenerator<Buffer> {
  let left = max;
  for await (const chunk of stream) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

// Each pattern stops at the next bracket, so that no crafted text makes one of them run long.

function wordText(xml: string): string {
  return unescaped(
    xml
      .replace(/<w:(tab|br|cr)\b[^<>]*>/g, ' ')
      .replace(/<\/w:p>/g, '\n')
      .replace(/<w:instrText\b[^<>]*>[^<]*/g, '')
      .replace(/<[^<>]*>/g, ''),
  );
}

/** Shared and inline strings, sheet names and numbers; a cell that only points to a shared string has no words itself. */
function excelText(xml: string): string {
  const names = Array.from(
    xml.matchAll(/<sheet\b[^<>]{0,500}>/g),
    ([tag]) => /\bname="([^"]*)"/.exec(tag)?.[1] ?? '',
  );
  const body = xml
    .replace(/<c\b[^<>]{0,200}\bt="s"[^<>]{0,200}>\s{0,20}<v>[^<]*<\/v>/g, '')
    .replace(/<f\b[^<>]*>[^<]*<\/f>/g, '')
    .replace(/<\/(si|c|row|is)>/g, '\n')
    .replace(/<[^<>]*>/g, '');
  return unescaped(`${names.join('\n')}\n${body}`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '';
  });
}
