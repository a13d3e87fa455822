// Files of an entry and of the list at the end: pictures as pictures, everything else by name and size.

import sharp from 'sharp';
import type { PrintFile, PrintPicture } from '../print-blocks.ts';
import { INK, INK_3, LINE } from './colours.ts';
import { CONTENT_WIDTH, MARGIN, type Sheet } from './sheet.ts';

const NAME = { size: 9, colour: INK } as const;
const ABOUT = { size: 8, colour: INK_3 } as const;
const GAP = 8;
/** Of the longer edge; at the size of one alone on a page it is about 200 dots to the inch. */
const PICTURE_EDGE = 1000;
const CAPTION_HEIGHT = 13;

sharp.cache(false);
sharp.concurrency(1);

export function drawFileRow(sheet: Sheet, file: PrintFile, indent = 0): void {
  const { pen } = sheet;
  sheet.need(17);
  const baseline = sheet.y + 11;
  const left = MARGIN + indent;
  pen.pdf
    .lineWidth(0.8)
    .roundedRect(left, sheet.y + 3, 7.5, 9.5, 1.2)
    .stroke(INK_3);
  pen.pdf
    .path(`M${left + 2} ${sheet.y + 8} h3.5 M${left + 2} ${sheet.y + 10} h3.5`)
    .lineWidth(0.6)
    .stroke(INK_3);
  const chipWidth = file.audience === null ? 0 : pen.chipWidth(file.audience) + 6;
  const about = [file.about, file.note ?? ''].filter((words) => words !== '').join(' · ');
  const room = CONTENT_WIDTH - indent - 14 - chipWidth;
  const shownAbout = pen.type.shortened(about, ABOUT, room * 0.6);
  const aboutWidth = pen.type.widthOf(shownAbout, ABOUT);
  const name = pen.type.shortened(file.name, NAME, room - aboutWidth - 10);
  const nameWidth = pen.type.widthOf(name, NAME);
  const place = { x: left + 14, baseline };
  pen.line(name, place, file.isStruck ? { ...NAME, colour: INK_3 } : NAME);
  if (file.isStruck) pen.strike(place, nameWidth, NAME.size, INK_3);
  pen.line(shownAbout, { x: place.x + nameWidth + 8, baseline }, ABOUT);
  if (file.audience !== null)
    pen.chip(file.audience, { x: place.x + nameWidth + aboutWidth + 14, baseline });
  sheet.moveBy(16);
}

/** One stands large; several stand in rows of three. What cannot be read after all stands by its name. */
export async function drawPictures(
  sheet: Sheet,
  pictures: readonly PrintPicture[],
  indent: number,
): Promise<void> {
  const isOne = pictures.length === 1;
  const columns = isOne ? 1 : 3;
  const whole = CONTENT_WIDTH - indent;
  const cell = isOne ? { width: 300, height: 225 } : { width: (whole - 2 * GAP) / 3, height: 116 };
  for (let first = 0; first < pictures.length; first += columns) {
    const row = await Promise.all(
      pictures.slice(first, first + columns).map(async (picture) => ({
        ...picture,
        shown: await pictureFrom(picture.path),
      })),
    );
    const shown = row.flatMap(({ shown: picture, file }) =>
      picture === undefined ? [] : [{ picture, file }],
    );
    if (shown.length > 0) drawRow(sheet, shown, { ...cell, indent });
    for (const { shown: picture, file } of row)
      if (picture === undefined) drawFileRow(sheet, file, indent);
  }
}

interface ShownPicture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Small, upright, in sRGB, and with nothing of a file's metadata. (D6) */
async function pictureFrom(path: string): Promise<ShownPicture | undefined> {
  try {
    const { data, info } = await sharp(path, { failOn: 'error', limitInputPixels: 100_000_000 })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(PICTURE_EDGE, PICTURE_EDGE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .jpeg({ quality: 74, optimiseCoding: false })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}

interface Cell {
  readonly width: number;
  readonly height: number;
  readonly indent: number;
}

function drawRow(
  sheet: Sheet,
  row: readonly { readonly picture: ShownPicture; readonly file: PrintFile }[],
  cell: Cell,
): void {
  const { pen } = sheet;
  const sizes = row.map(({ picture }) => fitted(picture, cell));
  const height = Math.max(...sizes.map((size) => size.height));
  sheet.need(height + CAPTION_HEIGHT + 8);
  sheet.moveBy(5);
  for (const [index, { picture, file }] of row.entries()) {
    const size = sizes[index] ?? cell;
    const x = MARGIN + cell.indent + index * (cell.width + GAP);
    pen.pdf.image(picture.bytes, x, sheet.y, size);
    pen.pdf.lineWidth(0.5).rect(x, sheet.y, size.width, size.height).stroke(LINE);
    caption(sheet, file, { x, baseline: sheet.y + height + 10, width: cell.width });
  }
  sheet.moveBy(height + CAPTION_HEIGHT + 3);
}

function caption(
  { pen }: Sheet,
  file: PrintFile,
  { x, baseline, width }: { readonly x: number; readonly baseline: number; readonly width: number },
): void {
  const style = { size: 7.5, colour: INK_3 };
  const chipWidth = file.audience === null ? 0 : pen.chipWidth(file.audience) + 5;
  const name = pen.type.shortened(file.name, style, width - chipWidth);
  pen.line(name, { x, baseline }, style);
  const nameWidth = pen.type.widthOf(name, style);
  if (file.isStruck) pen.strike({ x, baseline }, nameWidth, style.size, INK_3);
  if (file.audience !== null) pen.chip(file.audience, { x: x + nameWidth + 5, baseline });
}

function fitted(
  picture: { readonly width: number; readonly height: number },
  cell: { readonly width: number; readonly height: number },
) {
  // A pixel is never shown larger than a point: a small drawing stays sharp.
  const scale = Math.min(cell.width / picture.width, cell.height / picture.height, 1);
  return { width: picture.width * scale, height: picture.height * scale };
}
