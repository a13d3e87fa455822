// Text as search compares it: lower case, without accents, words apart by one space, a space in front of each word.

/** "Müller, Golf" and "#2291" -> " muller golf 2291": a word begins where a space stands before it. */
export function searchable(...texts: readonly string[]): string {
  const plain = texts
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim();
  return plain === '' ? '' : ` ${plain}`;
}

/** LIKE patterns, one per word of what a person typed; each must match. Escape character is a backslash. */
export function wordPatterns(typed: string): string[] {
  return searchable(typed)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `% ${word.replace(/[\\%_]/g, '\\$&')}%`);
}
