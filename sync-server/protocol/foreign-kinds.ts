// What a file is that Docket does not take, in words: "is a video", "is a zip archive". (D1)

import { namesAtCompoundRoot } from './compound-file.ts';
import type { FileBytes } from './file-bytes.ts';

/** Kinds people send by mistake, by what the `file-type` library calls them. */
const WORDS: Readonly<Record<string, string>> = {
  'application/zip': 'a zip archive. Unpack it and add what is in it',
  'application/gzip': 'a packed archive. Unpack it and add what is in it',
  'application/x-7z-compressed': 'a 7-Zip archive. Unpack it and add what is in it',
  'application/x-rar-compressed': 'a RAR archive. Unpack it and add what is in it',
  'application/x-tar': 'a tar archive. Unpack it and add what is in it',
  'application/rtf': 'an RTF document. Save it as a Word document or PDF',
  'application/vnd.oasis.opendocument.text':
    'an OpenDocument text. Save it as a Word document or PDF',
  'application/vnd.oasis.opendocument.spreadsheet':
    'an OpenDocument spreadsheet. Save it as an Excel workbook or PDF',
  'application/vnd.oasis.opendocument.presentation': 'an OpenDocument presentation. Save it as PDF',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation':
    'a PowerPoint presentation. Save it as PDF',
  'application/vnd.ms-word.document.macroenabled.12':
    'a Word document with macros. Save it without them',
  'application/vnd.ms-excel.sheet.macroenabled.12':
    'an Excel workbook with macros. Save it without them',
  'application/vnd.apple.pages': 'a Pages document. Save it as PDF',
  'application/vnd.apple.keynote': 'a Keynote presentation. Save it as PDF',
  'application/epub+zip': 'an e-book',
  'application/x-msdownload': 'a Windows program',
  'application/x-elf': 'a program',
  'application/x-mach-binary': 'a program',
  'application/java-archive': 'a Java program',
  'application/postscript': 'a PostScript file. Save it as PDF',
  'application/xml': 'an XML file',
  'image/svg+xml': 'an SVG drawing, which can carry a program. Save it as a PNG image',
  'image/vnd.adobe.photoshop': 'a Photoshop file. Save it as a JPEG or PNG image',
  'image/x-icon': 'an icon file. Save it as a PNG image',
  'image/jxl': 'a JPEG XL image. Save it as a JPEG image',
  'image/jp2': 'a JPEG 2000 image. Save it as a JPEG image',
};

/** By the kind before the slash; a camera's raw picture is known by the letter in front of its maker. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^video\//, 'a video'],
  [/^audio\//, 'a sound recording'],
  [/^font\//, 'a font'],
  [/^image\/x-/, 'a raw camera image. Save it as a JPEG image'],
  [/^image\//, 'an image of another kind. Save it as a JPEG or PNG image'],
];

const START_LENGTH = 4096;

/**
 * @param sniffed what the `file-type` library says of it
 * @returns what follows "is"; undefined where nobody knows
 */
export async function foreignKindOf(
  file: FileBytes,
  sniffed: string | undefined,
): Promise<string | undefined> {
  if (sniffed === 'application/x-cfb') return compoundKind(await namesAtCompoundRoot(file));
  if (sniffed === undefined || sniffed === 'application/xml')
    return markupKind(await file.read(0, START_LENGTH), sniffed);
  return WORDS[sniffed] ?? FAMILIES.find(([pattern]) => pattern.test(sniffed))?.[1];
}

function compoundKind(names: readonly string[]): string | undefined {
  if (names.includes('EncryptedPackage'))
    return 'an Office file with a password. Save it without one';
  if (names.includes('PowerPoint Document')) return 'a PowerPoint presentation. Save it as PDF';
  if (names.some((name) => name.startsWith('__substg1.0'))) return 'an Outlook message';
  return undefined;
}

function markupKind(head: Uint8Array, sniffed: string | undefined): string | undefined {
  // Half of UTF-16 is zeros; without them its markup reads like any other.
  const codes = head.filter((byte) => byte !== 0);
  const start = String.fromCharCode(...codes).toLowerCase();
  if (/<svg[\s>]/.test(start)) return WORDS['image/svg+xml'];
  if (/<(!doctype html|html|head|body|script|p|div)[\s>]/.test(start)) return 'a web page';
  if (sniffed !== undefined || /^[^<]{0,20}<\?xml/.test(start)) return WORDS['application/xml'];
  return undefined;
}
