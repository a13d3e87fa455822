// Display P3 as an ICC profile: some phones name it by its number only, and sharp takes profiles.

const FIXED = 65_536;
/** SMPTE EG 432-1 primaries under D65, adapted to D50 as profiles want them. */
const RED = [0.515_12, 0.2412, -0.001_05];
const GREEN = [0.291_98, 0.692_25, 0.041_89];
const BLUE = [0.1571, 0.066_57, 0.784_07];
const WHITE = [0.9642, 1, 0.8249];
/** sRGB's curve: exponent, then a, b, c, d of ICC's parametric curve 3. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.040_45];

export function displayP3Profile(): Uint8Array {
  const curve = parametricCurve();
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', words('Display P3')],
    ['cprt', words('Public domain')],
    ['wtpt', xyz(WHITE)],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  let at = 128 + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(data.length, 12 + index * 12);
    at += data.length;
  }
  return Buffer.concat([header(at), table, ...tags.map(([, data]) => data)]);
}

function header(size: number): Buffer {
  const head = Buffer.alloc(128);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(0x0420_0000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  for (const [index, value] of WHITE.entries())
    head.writeInt32BE(Math.round(value * FIXED), 68 + index * 4);
  return head;
}

function xyz(values: readonly number[]): Buffer {
  return typed('XYZ ', values);
}

function parametricCurve(): Buffer {
  const curve = Buffer.concat([Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'), Buffer.alloc(20)]);
  for (const [index, value] of CURVE.entries())
    curve.writeInt32BE(Math.round(value * FIXED), 12 + index * 4);
  return curve;
}

function typed(name: string, values: readonly number[]): Buffer {
  const data = Buffer.alloc(8 + values.length * 4);
  data.write(name, 'latin1');
  for (const [index, value] of values.entries())
    data.writeInt32BE(Math.round(value * FIXED), 8 + index * 4);
  return data;
}

/** A name in one language, padded to four bytes. */
function words(text: string): Buffer {
  const head = Buffer.alloc(28);
  head.write('mluc', 'latin1');
  head.writeUInt32BE(1, 8);
  head.writeUInt32BE(12, 12);
  head.write('enUS', 16, 'latin1');
  head.writeUInt32BE(text.length * 2, 20);
  head.writeUInt32BE(28, 24);
  const body = Buffer.from(text, 'utf16le').swap16();
  return Buffer.concat([head, body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
}
