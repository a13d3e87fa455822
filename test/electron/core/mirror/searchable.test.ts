// Text as search compares it: short ways give what the long way gives.

import { describe, expect, test } from 'vitest';
import { hasWords, searchable } from '../../../../electron/core/mirror/searchable.ts';
import { Chance } from '../../../simulation/chance.ts';

/** Straight from the promise: lower case, without accents, words apart by one space, a space in front of each word. */
function longWay(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}@.]+/u)
    .filter((word) => word !== '');
  return words.map((word) => ` ${word}`).join('');
}

describe('(A2) searchable text', () => {
  test.each([
    ['Müller, Golf', ' muller golf'],
    ['#2291', ' 2291'],
    ['“Größe” – Ångström…', ' große angstrom...'],
    ['mara@office.example', ' mara@office.example'],
    ['Øre\u00a0Sød\nzweite Zeile', ' øre sød zweite zeile'],
    ['Straße ½ ﬁx ŉ', ' straße 1 2 fix ʼn'],
    ['ΟΔΟΣ и Кошка 車', ' οδος и кошка 車'],
    ['🚗', ''],
    ['', ''],
  ])('%j is compared as %j', (text, compared) => {
    expect(searchable(text)).toBe(compared);
  });

  test.each([
    ['muller', true],
    ['Müller!', true],
    ['für, MÜL', true],
    ['uller', false],
    ['müller golf', false],
    ['', true],
    ['%', true],
  ])('has the words of %j: %s', (typed, has) => {
    expect(hasWords(searchable('Kühler für Müller'), typed)).toBe(has);
  });

  test('is the same for every letter and every mixture of them, whichever way it takes', () => {
    for (let code = 0; code < 0xffff; code += 1) {
      const letter = String.fromCharCode(code);
      for (const text of [letter, `a${letter}b`, `A ${letter} B`])
        if (searchable(text) !== longWay(text))
          expect([code, searchable(text)]).toEqual([code, longWay(text)]);
    }
    const chance = new Chance(8);
    const letters = Array.from('abcXYZ09@. ,-–“”äÖßéŁſıİ\u0301\u00a0½ﬁΣσς車🚗\n\t\u0000');
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: chance.between(0, 30) }, () => chance.pick(letters)).join(
        '',
      );
      expect(searchable(text)).toBe(longWay(text));
    }
  });
});
