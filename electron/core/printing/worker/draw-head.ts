// The head of the first page: whose job it is, what it is called, where it stands.

import sharp from 'sharp';
import type { PrintFact, PrintHead } from '../print-blocks.ts';
import { HUES, INK, INK_2, INK_3, LINE } from './colours.ts';
import { A4 } from './pdf-inside.ts';
import { CONTENT_WIDTH, MARGIN, type Sheet } from './sheet.ts';

const LOGO = { height: 26, width: 120 } as const;

export async function drawHead(sheet: Sheet, head: PrintHead): Promise<void> {
  const { pen } = sheet;
  await drawOffice(sheet, head);
  sheet.moveBy(30);
  const title = { size: 20, weight: 'strong', colour: INK } as const;
  for (const line of pen.type.lines(head.title, title, CONTENT_WIDTH)) {
    sheet.moveBy(25);
    pen.line(line, { x: MARGIN, baseline: sheet.y }, title);
  }
  sheet.moveBy(19);
  drawStage(sheet, head);
  sheet.moveBy(16);
  drawFacts(sheet, head.facts);
  sheet.moveBy(6);
}

async function drawOffice(sheet: Sheet, { officeName, logoPath, hue }: PrintHead): Promise<void> {
  const { pen } = sheet;
  const style = { size: 11, weight: 'strong', colour: HUES[hue] } as const;
  const logo = logoPath === null ? undefined : await logoFrom(logoPath);
  if (logo !== undefined)
    pen.pdf.image(logo, A4.width - MARGIN - LOGO.width, sheet.y, {
      fit: [LOGO.width, LOGO.height],
      align: 'right',
    });
  const name = pen.type.shortened(officeName, style, CONTENT_WIDTH - LOGO.width - 20);
  pen.line(name, { x: MARGIN, baseline: sheet.y + 16 }, style);
}

/** On white: paper knows no transparency. Undefined where it is no picture; the office's name says enough. */
async function logoFrom(path: string): Promise<Buffer | undefined> {
  try {
    return await sharp(path, { failOn: 'error' })
      .autoOrient()
      .resize(LOGO.width * 4, LOGO.height * 4, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 92 })
      .toBuffer();
  } catch {
    return undefined;
  }
}

function drawStage({ pen, y }: Sheet, { reference, stage }: PrintHead): void {
  const meta = { size: 10, colour: INK_2 };
  const after =
    reference === '' ? MARGIN : pen.words(reference, { x: MARGIN, baseline: y }, meta) + 12;
  pen.pdf.circle(after + 3, y - 3.4, 3).fill(HUES[stage.hue]);
  const name = pen.type.shortened(stage.name, meta, CONTENT_WIDTH - (after - MARGIN) - 20);
  pen.line(name, { x: after + 11, baseline: y }, { ...meta, colour: INK });
}

const LABEL_WIDTH = 104;
const FACT = { size: 9.5, leading: 14 } as const;

/** Labels in a column of their own, values beside them, over as many pages as they take. */
export function drawFacts(sheet: Sheet, facts: readonly PrintFact[]): void {
  const { pen } = sheet;
  for (const { label, value } of facts) {
    const labels = pen.type.lines(label, FACT, LABEL_WIDTH - 10);
    const values = pen.type.lines(value, FACT, CONTENT_WIDTH - LABEL_WIDTH);
    sheet.need(FACT.leading + 8);
    pen.pdf.rect(MARGIN, sheet.y, CONTENT_WIDTH, 0.5).fill(LINE);
    sheet.moveBy(3.5);
    for (let row = 0; row < Math.max(labels.length, values.length); row += 1) {
      sheet.need(FACT.leading);
      const baseline = sheet.y + 10;
      const [left, right] = [labels[row], values[row]];
      if (left !== undefined) pen.line(left, { x: MARGIN, baseline }, { ...FACT, colour: INK_3 });
      if (right !== undefined)
        pen.line(right, { x: MARGIN + LABEL_WIDTH, baseline }, { ...FACT, colour: INK });
      sheet.moveBy(FACT.leading);
    }
    sheet.moveBy(2.5);
  }
}
