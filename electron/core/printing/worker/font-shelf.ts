// The fonts a copy is set in: Noto Sans by script, each opened when a letter of its script first comes, and Liberation Sans
// for signs Noto's files lack. What none of them has is printed as an empty box, never left out. (G4)

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openFont, type Pdf, type PdfFont } from './pdf-inside.ts';

export type Weight = 'regular' | 'strong';

const require = createRequire(import.meta.url);
const NOTO = join(dirname(require.resolve('@fontsource/noto-sans/package.json')), 'files');
const LIBERATION = join(dirname(require.resolve('pdfjs-dist/package.json')), 'standard_fonts');

const SCRIPTS = [
  'latin',
  'latin-ext',
  'greek',
  'cyrillic',
  'vietnamese',
  'cyrillic-ext',
  'greek-ext',
  'devanagari',
] as const;

const FILES: Readonly<Record<Weight, readonly string[]>> = {
  regular: [...notoFiles(400), join(LIBERATION, 'LiberationSans-Regular.ttf')],
  strong: [...notoFiles(600), join(LIBERATION, 'LiberationSans-Bold.ttf')],
};

function notoFiles(weight: number): string[] {
  return SCRIPTS.map((script) => join(NOTO, `noto-sans-${script}-${weight}-normal.woff`));
}

/** Stands for a sign no font has. */
export const EMPTY_BOX = '\u25a1';

export class FontShelf {
  readonly #pdf: Pdf;
  readonly #open = new Map<string, PdfFont>();
  readonly #known: Readonly<Record<Weight, Map<number, number>>> = {
    regular: new Map(),
    strong: new Map(),
  };

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
  }

  /** The first font that has all of these signs; undefined where none has. */
  fontFor(signs: string, weight: Weight): PdfFont | undefined {
    let found: number | undefined;
    for (const sign of signs) {
      const codePoint = sign.codePointAt(0) ?? 0;
      const index = this.#fontOf(codePoint, weight);
      if (
        index === -1 ||
        (found !== undefined && found !== index && !this.#has(found, weight, codePoint))
      )
        return undefined;
      found ??= index;
    }
    return found === undefined ? undefined : this.#font(found, weight);
  }

  #fontOf(codePoint: number, weight: Weight): number {
    const known = this.#known[weight].get(codePoint);
    if (known !== undefined) return known;
    const index = FILES[weight].findIndex((_, at) => this.#has(at, weight, codePoint));
    this.#known[weight].set(codePoint, index);
    return index;
  }

  #has(index: number, weight: Weight, codePoint: number): boolean {
    return this.#font(index, weight).font.hasGlyphForCodePoint(codePoint);
  }

  #font(index: number, weight: Weight): PdfFont {
    const file = FILES[weight][index] ?? '';
    const open = this.#open.get(file) ?? openFont(this.#pdf, file, readFileSync(file));
    this.#open.set(file, open);
    return open;
  }
}
