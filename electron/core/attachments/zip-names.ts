// Names inside a zip: each of them a plain name that every system can unpack, no two of them the same anywhere. (D9)

import { diskName } from './disk-name.ts';

/** In the order given. "a.pdf", "A.pdf" -> "a.pdf", "A (2).pdf": on most disks the two would be one. */
export function zipNames(shown: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return shown.map((name) => {
    const plain = diskName(name);
    const key = folded(plain);
    let unique = plain;
    while (taken.has(folded(unique))) {
      const count = (counts.get(key) ?? 1) + 1;
      counts.set(key, count);
      unique = numbered(plain, count);
    }
    taken.add(folded(unique));
    return unique;
  });
}

const folded = (name: string) => name.normalize('NFC').toLowerCase();

function numbered(name: string, count: number): string {
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, name.length - ending.length)} (${count})${ending}`;
}
