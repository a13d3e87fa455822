// "@Jonas Ostrowski" in an internal note calls a colleague: a name with the sign before it, nothing that is stored beside the
// text. So it is found by the same words as a search finds, on every device alike. (C7)

import type { Member } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';
import { allMembers } from './people.ts';
import { escaped, wholeWords } from './searchable.ts';

const calledBy = ({ name }: Pick<Member, 'name'>): string => wholeWords(`@${name}`);

/** Members a text calls, each once; of two whose names begin alike the one whose whole name stands there. */
export function mentionedIn(text: string, members: readonly Member[]): Member[] {
  let rest = wholeWords(text);
  return members
    .toSorted((a, b) => calledBy(b).length - calledBy(a).length)
    .filter((member) => {
      const called = calledBy(member);
      if (called.trim() === '@' || !rest.includes(called)) return false;
      rest = rest.replaceAll(called, ' ');
      return true;
    });
}

/** The text of a note as it was when the member last read its job; null where it has not been edited since. (C10) */
const TEXT_READ = `(SELECT searchable(each.value ->> '$.text') FROM json_each(entry.data, '$.earlier') AS each
  WHERE each.value ->> '$.untilVersion' > coalesce(read_mark.read_through_version, @joinedVersion)
  ORDER BY each.key LIMIT 1)`;

/**
 * Conditions on rows of `entry`: an internal note calls the member. The first part of `sql` is the index's own (migration 015),
 * so that only notes with the sign in them are read. `anew` is for notes of that kind, where `read_mark` is left-joined by the
 * job: the text the member had read did not call them. (C7)
 */
export function mentionsOf(
  mirror: ReadableMirror,
  memberId: string,
): {
  readonly sql: string;
  readonly anew: string;
  readonly bindings: Readonly<Record<string, string>>;
} {
  const members = allMembers(mirror);
  const me = members.find(({ id }) => id === memberId);
  const mine = me === undefined ? ' @ ' : calledBy(me);
  // Who has my name and more is somebody else.
  const longer = members
    .map(calledBy)
    .filter((called) => called !== mine && called.startsWith(mine))
    .toSorted((a, b) => b.length - a.length);
  const isCalledIn = (search: string) => {
    const text = longer.reduce(
      (inner, _, index) => `replace(${inner}, @longer${index}, ' ')`,
      `replace(replace(${search}, '.', ' '), '  ', ' ') || ' '`,
    );
    return `${text} LIKE @mentionsMe ESCAPE '\\'`;
  };
  return {
    sql: `entry.audience = 'internal' AND instr(entry.search, ' @') > 0
      AND ${isCalledIn('entry.search')} AND entry.data ->> '$.withdrawn' IS NULL`,
    anew: `entry.edited_version > coalesce(read_mark.read_through_version, @joinedVersion)
      AND NOT (${isCalledIn(TEXT_READ)})`,
    bindings: {
      mentionsMe: me === undefined || mine.trim() === '@' ? '' : `%${escaped(mine)}%`,
      ...Object.fromEntries(longer.map((called, index) => [`longer${index}`, called])),
    },
  };
}
