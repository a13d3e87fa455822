// A file that lies on this disk, on its way in: it is read only while it is what it was seen to be. (D2, D10)

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AddFileResult } from '../api/files-contract.ts';
import { addFile, type AddFileParts, shownName } from './add-file.ts';

/**
 * Neither a link, whose end may lie anywhere, nor a pipe, whose opening would wait for whoever writes into it. Windows knows
 * neither flag, and what is not known counts as nothing.
 */
const PLAIN_FILES_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * @param seen what it was when the person saw it; a file that has changed since may be half written and is not taken
 */
export async function takeFromDisk(
  parts: AddFileParts,
  path: string,
  seen?: { readonly sizeBytes: number; readonly modifiedMs: number },
): Promise<AddFileResult> {
  const name = shownName(basename(path));
  const refuse = (sentence: string): AddFileResult => ({ kind: 'refused', name, sentence });
  let file: FileHandle;
  try {
    file = await open(path, PLAIN_FILES_ONLY);
  } catch (cause) {
    return refuse(whyNotOpened(name, cause));
  }
  try {
    const before = await file.stat();
    if (!before.isFile()) return refuse(notPlain(name));
    if (seen !== undefined && !isAsSeen(before, seen)) return refuse(stillChanging(name));
    const result = await addFile(
      parts,
      name,
      file.createReadStream({ start: 0, autoClose: false }),
    );
    const after = await file.stat();
    const stood = { sizeBytes: before.size, modifiedMs: Math.trunc(before.mtimeMs) };
    return isAsSeen(after, stood) ? result : refuse(stillChanging(name));
  } finally {
    await file.close();
  }
}

function isAsSeen(
  file: { readonly size: number; readonly mtimeMs: number },
  seen: { readonly sizeBytes: number; readonly modifiedMs: number },
): boolean {
  return file.size === seen.sizeBytes && Math.trunc(file.mtimeMs) === seen.modifiedMs;
}

const notPlain = (name: string) => `“${name}” is not a plain file, so it was not added.`;

const stillChanging = (name: string) =>
  `“${name}” is still being written. Wait until the other program is done, then add it again.`;

function whyNotOpened(name: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'EACCES' || code === 'EPERM')
    return `Docket may not read “${name}”. Change the file’s permissions, then add it again.`;
  if (code === 'EBUSY')
    return `“${name}” is locked by another program. Close it there, then add it again.`;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `“${name}” is no longer where it was. Look for it, then add it again.`;
  if (code === 'ELOOP')
    return `“${name}” is a link to another place. Add the file it points at instead.`;
  if (code === 'ENXIO') return notPlain(name);
  return `“${name}” could not be read, so it was not added.`;
}
