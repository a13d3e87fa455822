import { readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { mediaTypeOf } from '../protocol/media-type.ts';

/** What only the rest of a file can tell: no signature at all, one that a text may begin with, one that many kinds share. */
const TOLD_BY_THE_WHOLE: ReadonlySet<string | undefined> = new Set([
  undefined,
  'image/bmp',
  'application/x-cfb',
  'application/zip',
]);
const NO_BYTES = new Uint8Array();

/** The supported media type of a file on disk, by its content; undefined where it is not supported. (D1) */
export async function mediaTypeOfFile(path: string): Promise<string | undefined> {
  const sniffed = await sniff(path);
  const bytes = TOLD_BY_THE_WHOLE.has(sniffed) ? await readFile(path) : NO_BYTES;
  return mediaTypeOf(bytes, sniffed);
}

/** A damaged file may confuse the library; it is then of no known type. */
async function sniff(path: string): Promise<string | undefined> {
  try {
    return (await fileTypeFromFile(path))?.mime;
  } catch {
    return undefined;
  }
}
