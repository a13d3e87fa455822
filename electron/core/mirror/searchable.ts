// Text as search compares it: lower case, without accents, words apart by one space, a space in front of each word.

const SPACE = 0x20;

/** "Müller, Golf" and "#2291" -> " muller golf 2291": a word begins where a space stands before it. */
export function searchable(...texts: readonly string[]): string {
  const joined = texts.length === 1 ? (texts[0] ?? '') : texts.join(' ');
  const quick = quickly(joined);
  if (quick !== undefined) return quick;
  const plain = plainText(joined);
  return plain === '' ? '' : ` ${plain}`;
}

/** Of each of the usual letters what it is compared as, one for one; 0 for those that are not so simple. */
const FOLDED = foldedLetters();

function foldedLetters(): Uint8Array {
  const folded = new Uint8Array(0x2070);
  // Latin letters, then dashes and typographic quotes.
  for (const [from, to] of [
    [0, 0x250],
    [0x2000, 0x2070],
  ] as const)
    for (let code = from; code < to; code += 1) {
      const [, one = '', ...more] = plainText(`x${String.fromCharCode(code)}x`);
      if (more.length === 1 && one < '\u0100') folded[code] = one.charCodeAt(0);
    }
  return folded;
}

/** The same at a tenth of the cost of `plainText`, since every row of a first sync asks for it. */
function quickly(text: string): string | undefined {
  const size = text.length;
  const folded = Buffer.allocUnsafe(size + 1);
  folded[0] = SPACE;
  let length = 1;
  let isBetween = true;
  for (let index = 0; index < size; index += 1) {
    const code = FOLDED[text.charCodeAt(index)];
    if (code === undefined || code === 0) return undefined;
    if (code !== SPACE || !isBetween) {
      folded[length] = code;
      length += 1;
    }
    isBetween = code === SPACE;
  }
  if (isBetween) length -= 1;
  return length === 0 ? '' : folded.toString('latin1', 0, length);
}

function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim();
}

/**
 * The words of a text with a space around each, so that some of them in a row are found whole; a full stop ends a sentence or a
 * short name here and is no part of a word.
 */
export function wholeWords(text: string): string {
  const words = searchable(text).replaceAll('.', ' ').split(' ');
  return ` ${words.filter((word) => word !== '').join(' ')} `;
}

/** Whether each word a person typed begins a word of a searchable text, as `wordConditions` finds it in a table. */
export function hasWords(found: string, typed: string): boolean {
  return typedWords(typed).every((word) => found.includes(` ${word}`));
}

/** A condition for each word of what a person typed: it begins a word of `text`, an expression in SQL that `searchable` gave. */
export function wordConditions(
  text: string,
  typed: string,
): { conditions: string[]; bindings: Record<string, string> } {
  const words = typedWords(typed);
  return {
    conditions: words.map((_, index) => `${text} LIKE @word${index} ESCAPE '\\'`),
    bindings: Object.fromEntries(
      words.map((word, index) => [`word${index}`, `% ${escaped(word)}%`]),
    ),
  };
}

/** For a LIKE pattern with a backslash as its escape character. */
export function escaped(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}

/** Each word of what a person typed, as search compares it. */
export function typedWords(typed: string): string[] {
  return searchable(typed)
    .split(' ')
    .filter((word) => word !== '');
}

/**
 * As much of a text as fits a line or two, around the first of the typed words: from a word's beginning, with dots where
 * something is left out.
 */
export function excerptOf(text: string, typed: string, length = 180): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= length) return plain;
  const found = firstPlace(plain, typedWords(typed));
  const wanted = Math.max(0, Math.min(found - Math.floor(length / 4), plain.length - length));
  const begin = wanted === 0 ? 0 : Math.min(found, plain.indexOf(' ', wanted) + 1 || found);
  const cut = plain.slice(begin, begin + length);
  const isEnd = begin + length >= plain.length;
  const end = isEnd ? cut.length : cut.lastIndexOf(' ');
  return `${begin > 0 ? '…' : ''}${cut.slice(0, end > 0 ? end : length).toWellFormed()}${isEnd ? '' : '…'}`;
}

const PIECE = /[^ ]+/g;

/** Where the first piece stands that one of the words begins in; 0 where none does. */
function firstPlace(text: string, words: readonly string[]): number {
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const found = searchable(piece);
    if (words.some((word) => found.includes(` ${word}`))) return index;
  }
  return 0;
}
