// How a new database takes the place of a damaged one, whose files are kept aside. [F1, F2]

import { existsSync, renameSync, rmSync } from 'node:fs';

/** Puts a new file that is complete in the place of the damaged one; called before every opening. */
export function finishSalvage(file: string): void {
  if (!existsSync(`${file}.rescued`)) return;
  const aside = asideOf(file);
  // The log first: beside another database it would be played into that.
  for (const part of ['-wal', '-shm', ''])
    if (existsSync(file + part)) renameSync(file + part, aside + part);
  renameSync(`${file}.rescued`, file);
}

function asideOf(file: string): string {
  let count = 1;
  while (existsSync(`${file}.damaged-${count}`)) count += 1;
  return `${file}.damaged-${count}`;
}

export function removeDatabase(file: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
}
