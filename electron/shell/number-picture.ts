// A number on a red round, as a picture: Windows' taskbar shows no numbers of its own. Pure. (F4)

import { crc32, deflateSync } from 'node:zlib';

const SIZE = 32;
const RED = [0xc2, 0x3a, 0x2b] as const;

/** Five rows of three dots each. */
const DIGITS: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', ' ##', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', ' # ', ' # ', ' # '],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  '+': ['   ', ' # ', '###', ' # ', '   '],
};

/** What fits: an exact number, or one that says it is more. */
export function badgeWords(count: number): string {
  return count > 99 ? '99+' : String(count);
}

/** A PNG of 32 by 32 as a data URL. */
export function numberPicture(count: number): string {
  const dots = dotsOf(badgeWords(count));
  const rows = Array.from({ length: SIZE }, (_, y) => {
    const row = Buffer.alloc(1 + SIZE * 4);
    for (let x = 0; x < SIZE; x += 1) {
      const cover = roundAt(x, y);
      const [red, green, blue] = dots.has(y * SIZE + x) ? ([255, 255, 255] as const) : RED;
      row.set([red, green, blue, Math.round(cover * 255)], 1 + x * 4);
    }
    return row;
  });
  return `data:image/png;base64,${pngOf(Buffer.concat(rows)).toString('base64')}`;
}

/** How much of a dot is within the round, from 0 to 1: its edge is soft. */
function roundAt(x: number, y: number): number {
  const middle = (SIZE - 1) / 2;
  const distance = Math.hypot(x - middle, y - middle);
  return Math.min(1, Math.max(0, SIZE / 2 - distance));
}

function dotsOf(words: string): ReadonlySet<number> {
  // Three signs in the size of two would not fit into the round.
  const scale = words.length === 1 ? 4 : words.length === 2 ? 3 : 2;
  const width = (words.length * 4 - 1) * scale;
  const left = Math.round((SIZE - width) / 2);
  const top = Math.round((SIZE - 5 * scale) / 2);
  const dots = new Set<number>();
  [...words].forEach((sign, place) => {
    (DIGITS[sign] ?? []).forEach((line, y) => {
      [...line].forEach((dot, x) => {
        if (dot !== '#') return;
        for (let at = 0; at < scale * scale; at += 1) {
          const across = left + (place * 4 + x) * scale + (at % scale);
          dots.add((top + y * scale + Math.floor(at / scale)) * SIZE + across);
        }
      });
    });
  });
  return dots;
}

function pngOf(rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // Eight bits each of red, green, blue and cover.
  header.set([8, 6, 0, 0, 0], 8);
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    part('IHDR', header),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([sign, ...parts]);
}

function part(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
