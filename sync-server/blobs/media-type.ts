import { readFile } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { mediaTypeOf } from '../protocol/media-type.ts';

/** The supported media type of a file on disk, by its content; undefined where it is not supported. (D1) */
export async function mediaTypeOfFile(path: string): Promise<string | undefined> {
  const bytes = await readFile(path);
  return mediaTypeOf(bytes, await sniff(bytes));
}

/** A damaged file may confuse the library; it is then of no known type. */
async function sniff(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    return undefined;
  }
}
