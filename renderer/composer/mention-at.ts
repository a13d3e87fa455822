// The name that is being typed after an @, and the colleagues it may be. (C7)

import type { Member } from '../records.ts';

export interface TypedMention {
  /** Where the @ stands. */
  readonly from: number;
  /** Behind the @, up to the caret. */
  readonly typed: string;
}

/** Letters of a name, up to three words of them. */
const TYPED = /(?:^|[\s([{"“'])@((?:[\p{L}\p{M}\p{N}.'’-]+ ?){0,3})$/u;
const MOST_OFFERED = 6;

/** Undefined where the caret is not behind an @ that begins a word. */
export function mentionAt(text: string, caret: number): TypedMention | undefined {
  const found = TYPED.exec(text.slice(0, caret));
  const typed = found?.[1];
  return typed === undefined ? undefined : { from: caret - typed.length - 1, typed };
}

/** Whose name, or a word of it, begins so; those whose name itself does come first. */
export function membersFor(typed: string, members: readonly Member[]): readonly Member[] {
  const wanted = folded(typed);
  const place = ({ name }: Member) => {
    const own = folded(name);
    if (own.startsWith(wanted)) return 0;
    return own.includes(` ${wanted}`) ? 1 : 2;
  };
  return members
    .filter((member) => place(member) < 2 && folded(member.name) !== wanted.trimEnd())
    .toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name))
    .slice(0, MOST_OFFERED);
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
