// Where searched words stand in a text, by the rule of the core's search: a word is found by its beginning, without regard to
// case, accents and what separates words. The renderer has the core's types alone, so the rule is written here once more.

export interface FoundWord {
  readonly from: number;
  readonly to: number;
}

/** From left to right; where two words begin at one place, the longer one. */
export function findWords(text: string, search: string): readonly FoundWord[] {
  const words = folded(search)
    .text.split(' ')
    .filter((word) => word !== '')
    .toSorted((a, b) => b.length - a.length);
  if (words.length === 0) return [];
  const { text: plain, places, ends } = folded(text);
  const found: FoundWord[] = [];
  let index = 0;
  while (index < plain.length) {
    const isBeginning = index === 0 || plain[index - 1] === ' ';
    const word = isBeginning ? words.find((one) => plain.startsWith(one, index)) : undefined;
    if (word !== undefined) {
      // Up to the next letter, so that accents which stand apart go along; one sign may be two letters ("ﬁ").
      const next = places[index + word.length] ?? text.length;
      const to = Math.max(next, ends[index + word.length - 1] ?? 0);
      found.push({ from: places[index] ?? 0, to });
    }
    index += word?.length ?? 1;
  }
  return found;
}

/** The text as search compares it, and for each unit of it where its letter begins and ends in the original. */
function folded(text: string) {
  let plain = '';
  const places: number[] = [];
  const ends: number[] = [];
  let place = 0;
  for (const letter of text) {
    const part = foldedLetter(letter);
    plain += part;
    for (let unit = 0; unit < part.length; unit += 1) {
      places.push(place);
      ends.push(place + letter.length);
    }
    place += letter.length;
  }
  return { text: plain, places, ends };
}

/** Empty for an accent that stands apart from its letter; a space for what is neither letter nor digit. */
function foldedLetter(letter: string): string {
  return letter
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ');
}
