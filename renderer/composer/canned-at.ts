// What is typed behind a slash, and whether a canned reply may be meant by it. (C6)

import type { CannedReply } from '../records.ts';

export interface TypedSlash {
  /** Where the slash stands. */
  readonly from: number;
  /** Behind it, up to the caret. */
  readonly typed: string;
}

/** Up to four words of letters and digits. One more slash, or a full stop, is a path or a date. */
const TYPED = /(?:^|\s)\/((?:[\p{L}\p{M}\p{N}’'&-]+ ?){0,4})$/u;

/** Undefined where the caret is not behind a slash that begins a word: "and/or" and "3/4" are none. */
export function slashAt(text: string, caret: number): TypedSlash | undefined {
  const found = TYPED.exec(text.slice(0, caret));
  const typed = found?.[1];
  return typed === undefined ? undefined : { from: caret - typed.length - 1, typed };
}

/** Whether each typed word begins a word of its title or text, as the core finds it: what it found before is narrowed at once. */
export function fitsTyped({ title, text }: CannedReply, typed: string): boolean {
  const words = ` ${folded(`${title} ${text}`)}`;
  return folded(typed)
    .split(' ')
    .every((word) => words.includes(` ${word}`));
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim();
}
