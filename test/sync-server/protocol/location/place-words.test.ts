import { expect, it, vi } from 'vitest';
import { hasPlaceWords } from '../../../../sync-server/protocol/location/place-words.ts';

const packet = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const long = 'Photographed in a capital city hall'.replace('city', 'cit').repeat(5000);

it.each([
  'gps:',
  'GPSLatitude',
  'Iptc4xmpCore:LOCATION',
  'photoshop:City',
  'xmpNote:HasExtendedXMP',
])('(D6) %s is found wherever it stands', (word) => {
  for (const text of [word, `${word}${long}`, `${long}${word}`, `gpgps cicity${word}`])
    expect(hasPlaceWords(packet(text))).toBe(true);
});

it('(D6) what only begins as such a word is none, and sixteen bits a character are taken to be one', () => {
  expect(hasPlaceWords(packet(`${long}gp`))).toBe(false);
  expect(hasPlaceWords(packet('countr\u00ff loc[tion'))).toBe(false);
  expect(hasPlaceWords(new Uint8Array(Buffer.from('title', 'utf16le')))).toBe(true);
});

it('(D6) a packet as long as a file is not made text of, letter by letter', () => {
  const letters = vi.spyOn(String, 'fromCharCode');
  expect(hasPlaceWords(packet(long))).toBe(false);
  expect(letters).not.toHaveBeenCalled();
  letters.mockRestore();
});
