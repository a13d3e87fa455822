// Text to lines: words measured once, lines filled to a width, what is longer than a line cut between two signs.

import { EMPTY_BOX, type FontShelf, type Weight } from './font-shelf.ts';
import type { PdfFont } from './pdf-inside.ts';

/** Signs of one font, ready to be shown. */
export interface Piece {
  readonly font: PdfFont;
  /** What stands between the brackets of a TJ operator. */
  readonly shown: string;
  /** In thousandths of the size. */
  readonly width: number;
  /** Boxes stand in it for these signs, which a reader still copies; null where the signs themselves stand. */
  readonly meant: string | null;
  /** Boxes in it. */
  readonly boxes: number;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

export interface Style {
  readonly size: number;
  readonly weight?: Weight;
}

/** Words kept measured; most of a job is written in the same few thousand. */
const KEPT_WORDS = 20_000;
const PLAIN = /^[\x20-\x7e]*$/;
/** Joiners, marks of direction, selectors: they have no look of their own, and must not turn a name around. */
const WITHOUT_LOOK = /[\p{Cf}\p{Variation_Selector}\p{Cc}]/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export class TypeSetter {
  readonly #fonts: FontShelf;
  readonly #words = new Map<string, Line>();

  constructor(fonts: FontShelf) {
    this.#fonts = fonts;
  }

  /** One line, whatever its width. */
  line(text: string, style: Style): Line {
    return this.#word(text.replace(/\s+/g, ' ').trim(), style.weight ?? 'regular');
  }

  widthOf(line: Line, style: Style): number {
    return (line.width * style.size) / 1000;
  }

  /** One line that ends in "…" where it would be wider than `width`. */
  shortened(text: string, style: Style, width: number): Line {
    const whole = this.line(text, style);
    if (this.widthOf(whole, style) <= width) return whole;
    const signs = [...graphemes.segment(text)].map(({ segment }) => segment);
    let [fits, tooMany] = [0, signs.length];
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2);
      const tried = this.line(`${signs.slice(0, middle).join('')}…`, style);
      if (this.widthOf(tried, style) <= width) fits = middle;
      else tooMany = middle;
    }
    return this.line(`${signs.slice(0, fits).join('').trimEnd()}…`, style);
  }

  /** Paragraphs to lines; an empty line stays one. */
  lines(text: string, style: Style, width: number): Line[] {
    const most = (width * 1000) / style.size;
    const weight = style.weight ?? 'regular';
    return text
      .replace(/\r\n?/g, '\n')
      .replace(/\t/g, '    ')
      .split('\n')
      .flatMap((paragraph) => this.#paragraph(paragraph, weight, most));
  }

  #paragraph(paragraph: string, weight: Weight, most: number): Line[] {
    const lines: Line[] = [];
    let pieces: Piece[] = [];
    let width = 0;
    const close = () => {
      lines.push({ pieces, width });
      [pieces, width] = [[], 0];
    };
    for (const part of paragraph.split(/( +)/)) {
      if (part === '') continue;
      const word = this.#word(part, weight);
      const isSpace = part.startsWith(' ');
      if (width + word.width <= most) {
        pieces.push(...word.pieces);
        width += word.width;
        continue;
      }
      // Spaces at the end of a line hang over its edge.
      if (isSpace) continue;
      if (width > 0) close();
      const rest = word.width <= most ? word : this.#cut(part, weight, most, lines);
      pieces.push(...rest.pieces);
      width = rest.width;
    }
    close();
    return lines;
  }

  /** Puts full lines of a word that fits none into `lines`, and answers what is left of it. */
  #cut(word: string, weight: Weight, most: number, lines: Line[]): Line {
    let rest = '';
    let width = 0;
    for (const { segment } of graphemes.segment(word)) {
      const sign = this.#word(segment, weight).width;
      if (width + sign > most && rest !== '') {
        lines.push(this.#word(rest, weight));
        [rest, width] = ['', 0];
      }
      rest += segment;
      width += sign;
    }
    return this.#word(rest, weight);
  }

  #word(word: string, weight: Weight): Line {
    const key = `${weight} ${word}`;
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    const pieces = this.#pieces(word, weight);
    const line = { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0) };
    if (this.#words.size >= KEPT_WORDS) this.#words.clear();
    this.#words.set(key, line);
    return line;
  }

  #pieces(word: string, weight: Weight): Piece[] {
    const plain = PLAIN.test(word) ? this.#fonts.fontFor('a', weight) : undefined;
    if (plain !== undefined) return word === '' ? [] : [pieceOf(plain, word)];
    const runs: { font: PdfFont | undefined; signs: string; meant: string }[] = [];
    for (const { segment } of graphemes.segment(word.normalize('NFC'))) {
      const signs = segment.replace(WITHOUT_LOOK, '');
      if (signs === '') continue;
      const font = this.#fonts.fontFor(signs, weight);
      const last = runs.at(-1);
      if (last !== undefined && last.font === font) {
        last.signs += font === undefined ? EMPTY_BOX : signs;
        last.meant += segment;
      } else runs.push({ font, signs: font === undefined ? EMPTY_BOX : signs, meant: segment });
    }
    return runs.map(({ font, signs, meant }) =>
      font === undefined
        ? { ...pieceOf(this.#boxFont(weight), signs), meant, boxes: signs.length }
        : pieceOf(font, signs),
    );
  }

  #boxFont(weight: Weight): PdfFont {
    const font = this.#fonts.fontFor(EMPTY_BOX, weight);
    if (font === undefined) throw new Error('A font has the empty box.');
    return font;
  }
}

function pieceOf(font: PdfFont, text: string): Piece {
  const [glyphs, positions] = font.encode(text);
  let shown = '<';
  let width = 0;
  for (const [index, glyph] of glyphs.entries()) {
    const { xAdvance = 0, advanceWidth = 0, xOffset = 0 } = positions[index] ?? {};
    if (xOffset !== 0) shown += `> ${Math.round(-xOffset)} <`;
    shown += glyph;
    const after = Math.round(advanceWidth - xAdvance + xOffset);
    if (after !== 0) shown += `> ${after} <`;
    width += xAdvance;
  }
  return { font, shown: `${shown}>`, width, meant: null, boxes: 0 };
}
