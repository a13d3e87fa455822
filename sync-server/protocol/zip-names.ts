// The names in a zip file's directory; nothing is unpacked.

import { type FileBytes, inBlocks, viewOf } from './file-bytes.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LONGEST_COMMENT = 0xffff;

/** False where the file is damaged or no zip. */
export async function hasNameInZip(file: FileBytes, pattern: RegExp): Promise<boolean> {
  const end = await findEnd(file);
  if (end === undefined) return false;
  const directory = inBlocks(file);
  let at = end.getUint32(16, true);
  for (let left = end.getUint16(10, true); left > 0; left -= 1) {
    const entry = viewOf(await directory.read(at, ENTRY_LENGTH));
    if (entry.byteLength < ENTRY_LENGTH || entry.getUint32(0, true) !== DIRECTORY_ENTRY) break;
    const nameLength = entry.getUint16(28, true);
    const name = await directory.read(at + ENTRY_LENGTH, nameLength);
    if (pattern.test(Array.from(name, (byte) => String.fromCharCode(byte)).join(''))) return true;
    at += ENTRY_LENGTH + nameLength + entry.getUint16(30, true) + entry.getUint16(32, true);
  }
  return false;
}

/** The directory's end stands at the file's end, before a comment of any length. */
async function findEnd(file: FileBytes): Promise<DataView | undefined> {
  const start = Math.max(0, file.sizeBytes - END_LENGTH - LONGEST_COMMENT);
  const tail = viewOf(await file.read(start, END_LENGTH + LONGEST_COMMENT));
  for (let at = tail.byteLength - END_LENGTH; at >= 0; at -= 1)
    if (tail.getUint32(at, true) === END_OF_DIRECTORY)
      return new DataView(tail.buffer, tail.byteOffset + at, END_LENGTH);
  return undefined;
}
