import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { bytesOf } from '../protocol/file-bytes.ts';
import { mediaTypeOf } from '../protocol/media-type.ts';

/** The supported media type of a file on disk, by its content; undefined where it is not supported. (D1) */
export async function mediaTypeOfFile(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    return await mediaTypeOf(bytesOf(file, (await file.stat()).size), await sniff(path));
  } finally {
    await file.close();
  }
}

/** A damaged file may confuse the library; it is then of no known type. */
async function sniff(path: string): Promise<string | undefined> {
  try {
    return (await fileTypeFromFile(path))?.mime;
  } catch {
    return undefined;
  }
}
