// What is drawn on the page that is open: lines of type and a few plain shapes, from the top left corner, in points.

import type { PrintAudience } from '../print-blocks.ts';
import { AUDIENCES } from './colours.ts';
import { A4, inside, type Pdf } from './pdf-inside.ts';
import type { Line, Style, TypeSetter } from './type-setter.ts';

export interface Place {
  readonly x: number;
  /** Of the line type stands on. */
  readonly baseline: number;
}

const CHIP = { size: 7, height: 11.5 } as const;

export class Pen {
  readonly pdf: Pdf;
  readonly type: TypeSetter;
  #boxes = 0;

  constructor(pdf: Pdf, type: TypeSetter) {
    this.pdf = pdf;
    this.type = type;
  }

  /** Empty boxes drawn so far, each for a sign no font has. */
  get boxes(): number {
    return this.#boxes;
  }

  line({ pieces }: Line, { x, baseline }: Place, style: Style & { readonly colour: string }): void {
    if (pieces.length === 0) return;
    const { page } = inside(this.pdf);
    const shown = pieces.map(({ font, shown: glyphs, meant, boxes }) => {
      page.fonts[font.id] ??= font.ref();
      this.#boxes += boxes;
      const operator = `/${font.id} ${style.size} Tf [${glyphs}] TJ`;
      return meant === null
        ? operator
        : `/Span <</ActualText <${utf16(meant)}>>> BDC ${operator} EMC`;
    });
    // The page's own axes point up.
    inside(this.pdf).addContent(
      `q 1 0 0 -1 0 ${A4.height} cm BT ${rgb(style.colour)} rg 1 0 0 1 ${round(x)} ${round(A4.height - baseline)} Tm ${shown.join(' ')} ET Q`,
    );
  }

  /** Answers where the next thing could stand. */
  words(text: string, place: Place, style: Style & { readonly colour: string }): number {
    const line = this.type.line(text, style);
    this.line(line, place, style);
    return place.x + this.type.widthOf(line, style);
  }

  strike(from: Place, width: number, size: number, colour: string): void {
    const y = from.baseline - size * 0.3;
    this.pdf.rect(from.x, y, width, 0.6).fill(colour);
  }

  /** Word, sign and colour, as in the feed. Answers where the next thing could stand. (B2) */
  chip(audience: PrintAudience, { x, baseline }: Place): number {
    const { word, ground, line, ink } = AUDIENCES[audience];
    const style = { size: CHIP.size, weight: 'strong', colour: ink } as const;
    const set = this.type.line(word, style);
    const width = this.type.widthOf(set, style) + 20;
    const top = baseline - 8.6;
    this.pdf
      .lineWidth(0.6)
      .roundedRect(x, top, width, CHIP.height, CHIP.height / 2)
      .fillAndStroke(ground, line);
    this.sign(audience, { x: x + 5, y: top + 2.3, size: 7 }, ink);
    this.line(set, { x: x + 14.5, baseline: baseline - 0.4 }, style);
    return x + width;
  }

  chipWidth(audience: PrintAudience): number {
    const style = { size: CHIP.size, weight: 'strong' } as const;
    return this.type.widthOf(this.type.line(AUDIENCES[audience].word, style), style) + 20;
  }

  /** Lock, eye, or an arrow that comes in: told apart without colour. */
  sign(
    audience: PrintAudience,
    { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
    colour: string,
  ): void {
    const part = size / 10;
    const { pdf } = this;
    pdf.save().translate(x, y).scale(part).lineWidth(1.3).lineCap('round').lineJoin('round');
    switch (audience) {
      case 'internal':
        pdf.path('M3 4.6 V3 a2 2 0 0 1 4 0 V4.6').stroke(colour);
        pdf.roundedRect(1.6, 4.4, 6.8, 5, 1.1).fill(colour);
        break;
      case 'visible':
        pdf.path('M0.6 5 C2.4 1.4 7.6 1.4 9.4 5 C7.6 8.6 2.4 8.6 0.6 5 Z').stroke(colour);
        pdf.circle(5, 5, 1.4).fill(colour);
        break;
      case 'from_customer':
        pdf.path('M0.8 5 H6.4 M4.2 2.6 L6.6 5 L4.2 7.4').stroke(colour);
        pdf
          .path('M6.2 0.9 H8.4 a0.9 0.9 0 0 1 0.9 0.9 V8.2 a0.9 0.9 0 0 1 -0.9 0.9 H6.2')
          .stroke(colour);
        break;
    }
    pdf.restore();
  }
}

/** "0.114 0.106 0.094" */
export function rgb(colour: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  return parts.map((part) => part.toFixed(3)).join(' ');
}

export const round = (points: number): string => points.toFixed(2);

function utf16(text: string): string {
  const big = Buffer.from(`\ufeff${text.toWellFormed()}`, 'utf16le').swap16();
  return big.toString('hex');
}
