// Sets a copy page by page into a file. Only the page that is open lies in memory. (G4)

import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { setImmediate as laterOn } from 'node:timers/promises';
import type { PrintBlock, Printed, PrintHead } from '../print-blocks.ts';
import { INK, INK_2, INK_3, LINE } from './colours.ts';
import { drawEntry } from './draw-entry.ts';
import { drawFileRow } from './draw-files.ts';
import { drawFacts, drawHead } from './draw-head.ts';
import { FontShelf } from './font-shelf.ts';
import { newPdf, type Pdf } from './pdf-inside.ts';
import { Pen } from './pen.ts';
import { CONTENT_WIDTH, MARGIN, Sheet } from './sheet.ts';
import { TypeSetter } from './type-setter.ts';

/** Bytes that may wait for the disk. */
const MOST_WAITING = 2 * 1024 * 1024;

export class Printer {
  readonly #pdf: Pdf;
  readonly #file: WriteStream;
  readonly #written: Promise<void>;
  readonly #sheet: Sheet;
  readonly #head: PrintHead;

  /** @param path of a file that is not there yet */
  constructor(path: string, head: PrintHead) {
    this.#head = head;
    const { reference, title, officeName, mark, madeAt } = head;
    const about = `${[reference, title].join(' ').trim()}, ${mark}`;
    this.#pdf = newPdf({ title: about, officeName, madeAt: new Date(madeAt) });
    this.#file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    this.#written = finished(this.#file);
    // A disk that is full says so at any time; it is heard at the next `print`.
    this.#written.catch(() => undefined);
    this.#pdf.pipe(this.#file);
    this.#sheet = new Sheet(new Pen(this.#pdf, new TypeSetter(new FontShelf(this.#pdf))), head);
  }

  async begin(): Promise<void> {
    await drawHead(this.#sheet, this.#head);
  }

  /** @throws what the disk said */
  async print(blocks: readonly PrintBlock[]): Promise<void> {
    for (const block of blocks) {
      await this.#draw(block);
      await this.#letWrite();
    }
  }

  /** @throws what the disk said */
  async end(last: string): Promise<Printed> {
    const { boxes } = this.#sheet.pen;
    if (boxes > 0) this.#remark(boxesInWords(boxes));
    this.#remark(last);
    this.#sheet.end();
    this.#pdf.end();
    await this.#written;
    return { pages: this.#sheet.pages, unshown: boxes };
  }

  async #letWrite(): Promise<void> {
    while (this.#pdf.readableLength > MOST_WAITING && this.#file.errored === null) await laterOn();
    if (this.#file.errored !== null) throw this.#file.errored;
  }

  async #draw(block: PrintBlock): Promise<void> {
    switch (block.kind) {
      case 'heading':
        this.#heading(block.words);
        break;
      case 'day':
        this.#day(block.words);
        break;
      case 'facts':
        drawFacts(this.#sheet, block.facts);
        break;
      case 'entry':
        await drawEntry(this.#sheet, block);
        break;
      case 'file-row':
        drawFileRow(this.#sheet, block.file);
        break;
      case 'remark':
        this.#remark(block.words);
        break;
    }
  }

  #heading(words: string): void {
    const sheet = this.#sheet;
    sheet.need(80);
    sheet.moveBy(26);
    const style = { size: 13, weight: 'strong', colour: INK } as const;
    sheet.pen.words(words, { x: MARGIN, baseline: sheet.y + 4 }, style);
    sheet.moveBy(11);
  }

  /** A hairline with the day in it, as in the feed. */
  #day(words: string): void {
    const sheet = this.#sheet;
    const { pen } = sheet;
    sheet.need(64);
    sheet.moveBy(10);
    const style = { size: 8.5, weight: 'strong', colour: INK_2 } as const;
    const after = pen.words(words, { x: MARGIN, baseline: sheet.y + 9 }, style) + 8;
    pen.pdf.rect(after, sheet.y + 6, MARGIN + CONTENT_WIDTH - after, 0.6).fill(LINE);
    sheet.moveBy(14);
  }

  #remark(words: string): void {
    const sheet = this.#sheet;
    const { pen } = sheet;
    sheet.moveBy(6);
    for (const line of pen.type.lines(words, { size: 8.5 }, CONTENT_WIDTH)) {
      sheet.need(12);
      pen.line(line, { x: MARGIN, baseline: sheet.y + 9 }, { size: 8.5, colour: INK_3 });
      sheet.moveBy(12);
    }
  }
}

function boxesInWords(boxes: number): string {
  const signs = boxes === 1 ? 'One sign is' : `${boxes.toLocaleString('en-GB')} signs are`;
  return `${signs} in none of the fonts of this copy and printed as □. Copied out of the PDF, the text is as it was written.`;
}
