// How a database that holds nothing but what is its owner's takes the place of the whole mirror, of which nothing stays. (J1) [F1]

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/** Puts a new file that is complete in the place of the old one, which goes for good; called before every opening. */
export function finishKeeping(file: string): void {
  if (!existsSync(`${file}.kept`)) return;
  // The log first: beside another database it would be played into that.
  for (const part of ['-wal', '-shm', '']) erase(file + part);
  renameSync(`${file}.kept`, file);
}

const ZEROS = Buffer.alloc(1024 * 1024);

/** Written over before it goes, like every row that is deleted: what is only unlinked can be found again. */
function erase(file: string): void {
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r+');
  try {
    const { size } = fstatSync(handle);
    for (let at = 0; at < size; at += ZEROS.length)
      writeSync(handle, ZEROS, 0, Math.min(ZEROS.length, size - at), at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  rmSync(file);
}
