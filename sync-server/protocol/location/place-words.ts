/** What names a place in XMP, in any of its schemas, and what belongs to a video or a second picture hidden behind the first. */
const WORDS =
  'gps latitude longitude location geotag city country state province address motionphoto microvideo hasextendedxmp'
    .split(' ')
    .map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0)));

const SMALL = 0x20;
/** By each byte, the words that begin with it, large or small. */
const BEGINNING_WITH = Array.from({ length: 256 }, (_one, byte) =>
  WORDS.filter(([first]) => first === (byte | SMALL)),
);

/**
 * Whether a packet of XMP may name a place. One in sixteen bits a character is not read but taken to do so. Sought in the bytes:
 * as text, a packet takes thirty times its size.
 */
export function hasPlaceWords(packet: Uint8Array): boolean {
  for (let at = 0; at < packet.length; at += 1) {
    const byte = packet[at] ?? 0;
    if (byte === 0) return true;
    for (const word of BEGINNING_WITH[byte] ?? []) if (isAt(packet, at, word)) return true;
  }
  return false;
}

function isAt(packet: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 1; index < word.length; index += 1)
    if (((packet[at + index] ?? 0) | SMALL) !== word[index]) return false;
  return true;
}
