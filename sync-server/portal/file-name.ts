import { MAX_NAME_LENGTH } from '../protocol/values.ts';
import { shownFileName } from '../protocol/shown-name.ts';

const LONGEST_ENDING = 10;

/** A name from a browser as it is kept: no folders, no characters nobody typed, not too long, its ending whole. */
export function keptFileName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const name = shownFileName(last.toWellFormed()).replace(/^\.+$/, 'file');
  if (name.length <= MAX_NAME_LENGTH) return name;
  const ending = new RegExp(`\\.[^.]{1,${LONGEST_ENDING}}$`).exec(name)?.[0] ?? '';
  return name.slice(0, MAX_NAME_LENGTH - ending.length).toWellFormed() + ending;
}
