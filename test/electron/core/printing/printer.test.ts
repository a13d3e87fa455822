// A copy as it lies on paper: pages that say what they are, text that goes on over them, letters of many scripts. (G4)

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { AUDIENCES, HUES, INK } from '../../../../electron/core/printing/worker/colours.ts';
import type {
  PrintBlock,
  PrintEntry,
  PrintHead,
} from '../../../../electron/core/printing/print-blocks.ts';
import { PrintThread } from '../../../../electron/core/printing/print-thread.ts';
import { PRINT_PROGRAM } from '../../../support/print-program.ts';
import { type ReadPdf, readPdf } from '../../../support/read-pdf.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const HEAD: PrintHead = {
  copy: 'full',
  mark: 'Full copy · Internal: do not pass on',
  officeName: 'Nordhafen Repairs',
  hue: 'teal',
  logoPath: null,
  reference: '#2291',
  title: 'Golf 8, rear quarter panel',
  stage: { name: 'In the workshop', hue: 'blue' },
  facts: [{ label: 'Customer', value: 'Anna Berg' }],
  made: 'Made 12 Nov 2026, 10:05 (UTC)',
  madeAt: '2026-11-12T10:05:00.000Z',
};

const anEntry = (overrides: Partial<PrintEntry>): PrintBlock => ({
  kind: 'entry',
  who: 'Mara Kühn',
  did: null,
  audience: 'internal',
  time: '10:05',
  notes: [],
  text: null,
  isStruck: false,
  changes: [],
  pictures: [],
  files: [],
  ...overrides,
});

async function printed(
  blocks: readonly PrintBlock[],
  head: Partial<PrintHead> = {},
): Promise<ReadPdf & { readonly unshown: number }> {
  const path = join(await tempDir(), 'copy.pdf');
  const thread = new PrintThread(PRINT_PROGRAM);
  onTestFinished(() => thread.leave());
  await thread.begin(path, { ...HEAD, ...head });
  await thread.print(blocks);
  const { unshown, pages } = await thread.end('The end.');
  const pdf = await readPdf(await readFile(path));
  expect(pdf.pages).toHaveLength(pages);
  return { ...pdf, unshown };
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

test('(G4) a long text goes on over pages, no word of it lost, each page numbered and marked', async () => {
  const words = Array.from({ length: 3000 }, (_, index) => `word${index}`);
  const { pages, text } = await printed([anEntry({ text: words.join(' ') })]);
  expect(pages.length).toBeGreaterThan(3);
  const read = new Set(text.split(/\s+/));
  expect(words.filter((word) => !read.has(word))).toEqual([]);
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('Full copy · Internal: do not pass on');
    expect(flat(page)).toMatch(new RegExp(`Page ${index + 1} ?of ${pages.length}`));
    if (index > 0) expect(page).toContain('#2291 Golf 8, rear quarter panel');
  }
}, 60_000);

test('(G4) Polish, Greek, Cyrillic, Vietnamese, umlauts and typographer’s signs are printed in their own letters', async () => {
  const said =
    'Zażółć gęślą jaźń. Ξεσκεπάζω. Съешь ещё. Tiếng Việt. Größe “quoted” – naïve €372, ½ → done.';
  const { text, unshown } = await printed([anEntry({ text: said })]);
  expect(flat(text)).toContain(said);
  expect(unshown).toBe(0);
}, 60_000);

test('(G4) emoji, Arabic, Hebrew and Chinese stand as boxes that can be copied out as what they are, and the end says how many', async () => {
  const { text, unshown, raw } = await printed([
    anEntry({ text: 'ok 👍🏽 and مرحبا and שלום and 漢字.' }),
  ]);
  expect(flat(text)).toContain('ok □ and □□□□□ and □□□□ and □□.');
  expect(unshown).toBe(12);
  expect(flat(text)).toContain('12 signs are in none of the fonts of this copy');
  const meant = Buffer.from('漢字', 'utf16le').swap16().toString('hex');
  expect(raw).toContain(meant);
}, 60_000);

test('(G4) a name cannot be turned around by marks of direction, and a word longer than a line is cut, not lost', async () => {
  const long = 'x'.repeat(400);
  const { text } = await printed([
    anEntry({ text: `evil\u202efdp.exe ${long}` }),
    {
      kind: 'file-row',
      file: {
        name: `${long}.pdf`,
        about: 'PDF, 1 kB',
        audience: 'visible',
        note: null,
        isStruck: false,
      },
    },
  ]);
  expect(text).toContain('evilfdp.exe');
  expect(text.replace(/[^x]/g, '').length).toBeGreaterThanOrEqual(400);
  expect(text).toContain('…');
}, 60_000);

test('(G4) what somebody with a long name did, and late, is told in whole words', async () => {
  const did = 'moved the job from Booked to Ready for collection';
  const { text } = await printed([
    anEntry({
      who: 'Maximiliane von Hohenstein-Wittelsbach zu Neuburg an der Donau',
      did,
      time: 'written 12 Nov 2026, 10:05, arrived 13:41',
    }),
  ]);
  for (const word of did.split(' ')) expect(text.split(/\s+/)).toContain(word);
  expect(text).toContain('written 12 Nov 2026, 10:05, arrived 13:41');
}, 60_000);

test('(G4, D6) a picture is printed without its metadata, and one that cannot be read stands by its name', async () => {
  const folder = await tempDir();
  const good = join(folder, 'good.jpg');
  await sharp({ create: { width: 900, height: 600, channels: 3, background: '#cc8844' } })
    .withExif({ IFD0: { ImageDescription: 'Geheim' } })
    .jpeg()
    .toFile(good);
  const file = (name: string) => ({
    name,
    about: 'JPEG, 1 kB',
    audience: null,
    note: null,
    isStruck: false,
  });
  const { text, raw } = await printed([
    anEntry({
      pictures: [
        { path: good, file: file('good.jpg') },
        { path: join(folder, 'none.jpg'), file: file('none.jpg') },
      ],
    }),
  ]);
  expect(raw.match(/\/DCTDecode/g)).toHaveLength(1);
  expect(raw).not.toContain('Geheim');
  expect(text).toContain('good.jpg');
  expect(text).toMatch(/none\.jpg\s+JPEG, 1 kB/);
}, 60_000);

test('(G4) the colours of paper are those of the light theme', async () => {
  const css = await readFile(
    new URL('../../../../renderer/ui/tokens.css', import.meta.url),
    'utf8',
  );
  const light = css.slice(0, css.indexOf('prefers-color-scheme: dark'));
  const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(light)?.[1];
  expect(INK).toBe(token('ink'));
  for (const [hue, colour] of Object.entries(HUES)) expect(colour, hue).toBe(token(`hue-${hue}`));
  for (const [audience, name] of [
    ['internal', 'internal'],
    ['visible', 'visible'],
    ['from_customer', 'customer'],
  ] as const) {
    const { ground, line, ink } = AUDIENCES[audience];
    expect([ground, line, ink]).toEqual([
      token(`${name}-bg`),
      token(`${name}-line`),
      token(`${name}-ink`),
    ]);
  }
});
