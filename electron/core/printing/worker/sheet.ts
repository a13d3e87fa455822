// The pages of a copy: each begins and ends with what it is a copy of, for whom, and which page of how many. (G4)

import type { PrintHead } from '../print-blocks.ts';
import { AUDIENCE_OF_COPY, AUDIENCES, HUES, INK_2, INK_3, LINE } from './colours.ts';
import { A4, inside, type PdfReference } from './pdf-inside.ts';
import { type Pen, rgb } from './pen.ts';

export const MARGIN = 56;
export const CONTENT_WIDTH = A4.width - 2 * MARGIN;
const FIRST_TOP = 58;
const TOP = 66;
const BOTTOM = A4.height - 58;
const FOOT = { size: 7.5 } as const;
const BAND = { top: 5, height: 19 } as const;

export class Sheet {
  readonly pen: Pen;
  readonly #head: PrintHead;
  /** Drawn on every page, written once the last page is known. */
  readonly #total: PdfReference;
  #pages = 0;
  #y = 0;

  constructor(pen: Pen, head: PrintHead) {
    this.pen = pen;
    this.#head = head;
    this.#total = inside(pen.pdf).ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 60, 12] });
    this.newPage();
  }

  get pages(): number {
    return this.#pages;
  }

  get y(): number {
    return this.#y;
  }

  /** What is left of the page. */
  get room(): number {
    return BOTTOM - this.#y;
  }

  moveTo(y: number): void {
    this.#y = y;
  }

  moveBy(points: number): void {
    this.#y += points;
  }

  /** A new page where less than this is left. */
  need(height: number): void {
    if (this.room < height && this.#y > TOP) this.newPage();
  }

  newPage(): void {
    this.pen.pdf.addPage();
    this.#pages += 1;
    this.#band();
    if (this.#pages > 1) this.#runningHead();
    this.#foot();
    this.#y = this.#pages === 1 ? FIRST_TOP : TOP;
  }

  /** Now the last page is known. */
  end(): void {
    const { pen } = this;
    const style = { ...FOOT, colour: INK_3 };
    const { pieces } = pen.type.line(`of ${this.#pages}`, style);
    const fonts = Object.fromEntries(pieces.map(({ font }) => [font.id, font.ref()]));
    const total = this.#total as PdfReference & { data: Record<string, unknown> };
    total.data['Resources'] = { Font: fonts };
    const shown = pieces.map(
      ({ font, shown: glyphs }) => `/${font.id} ${FOOT.size} Tf [${glyphs}] TJ`,
    );
    total.end(`BT ${rgb(INK_3)} rg 0 3 Td ${shown.join(' ')} ET`);
  }

  /** Unmistakable on every page: the reader's colour, sign and words across its whole width. */
  #band(): void {
    const { pen } = this;
    const { copy, hue, mark } = this.#head;
    const audience = AUDIENCE_OF_COPY[copy];
    const { ground, line, ink } = AUDIENCES[audience];
    pen.pdf.rect(0, 0, A4.width, BAND.top).fill(HUES[hue]);
    pen.pdf.rect(0, BAND.top, A4.width, BAND.height).fill(ground);
    pen.pdf.rect(0, BAND.top + BAND.height, A4.width, 0.6).fill(line);
    pen.sign(audience, { x: MARGIN, y: BAND.top + 5.2, size: 9 }, ink);
    const style = { size: 8.5, weight: 'strong', colour: ink } as const;
    const place = { x: MARGIN + 14, baseline: BAND.top + 12.8 };
    pen.line(pen.type.shortened(mark, style, CONTENT_WIDTH - 14), place, style);
  }

  #runningHead(): void {
    const { pen } = this;
    const { officeName, reference, title } = this.#head;
    const baseline = 48;
    const office = pen.type.shortened(officeName, { size: 8, weight: 'strong' }, CONTENT_WIDTH / 3);
    pen.line(office, { x: MARGIN, baseline }, { size: 8, weight: 'strong', colour: INK_2 });
    const style = { size: 8, colour: INK_2 };
    const job = pen.type.shortened(`${reference} ${title}`, style, (CONTENT_WIDTH * 3) / 5);
    const x = A4.width - MARGIN - pen.type.widthOf(job, style);
    pen.line(job, { x, baseline }, style);
    pen.pdf.rect(MARGIN, baseline + 7, CONTENT_WIDTH, 0.6).fill(LINE);
  }

  #foot(): void {
    const { pen } = this;
    const { mark, made } = this.#head;
    const baseline = A4.height - 30;
    const style = { ...FOOT, colour: INK_3 };
    pen.pdf.rect(MARGIN, baseline - 13, CONTENT_WIDTH, 0.6).fill(LINE);
    const left = pen.type.shortened(`${mark} · ${made}`, style, CONTENT_WIDTH - 90);
    pen.line(left, { x: MARGIN, baseline }, style);
    const page = pen.type.line(`Page ${this.#pages} `, style);
    // Where the total begins is the same on every page, so that it can be one drawing.
    const totalX = A4.width - MARGIN - 21;
    pen.line(page, { x: totalX - pen.type.widthOf(page, style) - 2, baseline }, style);
    inside(pen.pdf).page.xobjects['Total'] = this.#total;
    inside(pen.pdf).addContent(
      `q 1 0 0 -1 0 ${A4.height} cm 1 0 0 1 ${totalX} ${A4.height - baseline - 3} cm /Total Do Q`,
    );
  }
}
