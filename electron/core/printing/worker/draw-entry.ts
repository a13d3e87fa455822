// One entry of the feed on paper: who, for whom, when, and what they wrote or did.

import type { PrintChange, PrintEntry } from '../print-blocks.ts';
import { AUDIENCES, INK, INK_2, INK_3, WARN } from './colours.ts';
import { drawFileRow, drawPictures } from './draw-files.ts';
import { CONTENT_WIDTH, MARGIN, type Sheet } from './sheet.ts';
import type { Line } from './type-setter.ts';

const WHO = { size: 9.5, weight: 'strong', colour: INK } as const;
const DID = { size: 9.5, colour: INK_2 } as const;
const TIME = { size: 8, colour: INK_3 } as const;
const READ = { size: 9.5, leading: 14.2 } as const;
const INDENT = 11;
/** With less room beside name, chip and time the deed stands below them, instead of letter by letter. */
const NARROWEST_DEED = 100;

export async function drawEntry(sheet: Sheet, entry: PrintEntry): Promise<void> {
  sheet.need(entry.text === null ? 34 : 50);
  sheet.moveBy(7);
  drawWho(sheet, entry);
  for (const { look, words } of entry.notes)
    drawParagraph(sheet, words, look === 'warn' ? WARN : INK_3);
  if (entry.text !== null) drawText(sheet, entry, entry.text);
  for (const change of entry.changes) drawChange(sheet, change);
  await drawPictures(sheet, entry.pictures, INDENT);
  for (const file of entry.files) drawFileRow(sheet, file, INDENT);
  sheet.moveBy(4);
}

/** Name, what was done, chip and time on one line where they fit, else the deed below. */
function drawWho(sheet: Sheet, { who, did, audience, time }: PrintEntry): void {
  const { pen } = sheet;
  const baseline = sheet.y + 10;
  const name = pen.type.shortened(who, WHO, CONTENT_WIDTH * 0.5);
  pen.line(name, { x: MARGIN, baseline }, WHO);
  let x = MARGIN + pen.type.widthOf(name, WHO) + 4;
  const timeLine = time === null ? undefined : pen.type.line(time, TIME);
  const timeWidth = timeLine === undefined ? 0 : pen.type.widthOf(timeLine, TIME) + 8;
  const chipWidth = audience === null ? 0 : pen.chipWidth(audience) + 8;
  const room = CONTENT_WIDTH - (x - MARGIN) - chipWidth - timeWidth;
  const isBeside = room >= NARROWEST_DEED;
  const deed =
    did === null ? [] : pen.type.lines(did, DID, isBeside ? room : CONTENT_WIDTH - INDENT);
  const first = isBeside ? deed[0] : undefined;
  if (first !== undefined) {
    pen.line(first, { x, baseline }, DID);
    x += pen.type.widthOf(first, DID) + 4;
  }
  if (audience !== null) x = pen.chip(audience, { x: x + 3, baseline }) + 4;
  if (timeLine !== undefined) pen.line(timeLine, { x: x + 3, baseline }, TIME);
  sheet.moveBy(15);
  for (const line of deed.slice(first === undefined ? 0 : 1)) {
    sheet.need(READ.leading);
    pen.line(line, { x: MARGIN + INDENT, baseline: sheet.y + 10 }, DID);
    sheet.moveBy(READ.leading);
  }
}

function drawParagraph(sheet: Sheet, words: string, colour: string): void {
  const { pen } = sheet;
  for (const line of pen.type.lines(words, { size: 8.5 }, CONTENT_WIDTH - INDENT)) {
    sheet.need(12);
    pen.line(line, { x: MARGIN + INDENT, baseline: sheet.y + 9 }, { size: 8.5, colour });
    sheet.moveBy(12);
  }
}

/** An internal note looks like a note stuck on the page, on each page it goes on to. */
function drawText(sheet: Sheet, { audience, isStruck }: PrintEntry, text: string): void {
  const { pen } = sheet;
  const isNote = audience === 'internal';
  const pad = isNote ? 6 : 1;
  const lines = pen.type.lines(text, READ, CONTENT_WIDTH - INDENT - (isNote ? 10 : 0));
  const colour = isStruck ? INK_3 : INK;
  for (let done = 0; done < lines.length; ) {
    sheet.need(READ.leading + 2 * pad);
    const fits = Math.max(1, Math.floor((sheet.room - 2 * pad) / READ.leading));
    const here = lines.slice(done, done + fits);
    const height = here.length * READ.leading + 2 * pad;
    drawGround(sheet, audience, height);
    sheet.moveBy(pad);
    for (const line of here) drawLine(sheet, line, colour, isStruck);
    sheet.moveBy(pad);
    done += here.length;
    if (done < lines.length) sheet.newPage();
  }
}

function drawGround({ pen, y }: Sheet, audience: PrintEntry['audience'], height: number): void {
  if (audience === null) return;
  const { ground, line } = AUDIENCES[audience];
  if (audience === 'internal') pen.pdf.rect(MARGIN, y, CONTENT_WIDTH, height).fill(ground);
  pen.pdf.rect(MARGIN, y, 2.4, height).fill(line);
}

function drawLine(sheet: Sheet, line: Line, colour: string, isStruck: boolean): void {
  const { pen } = sheet;
  const place = { x: MARGIN + INDENT, baseline: sheet.y + 10.4 };
  pen.line(line, place, { ...READ, colour });
  if (isStruck) pen.strike(place, pen.type.widthOf(line, READ), READ.size, INK_3);
  sheet.moveBy(READ.leading);
}

function drawChange(sheet: Sheet, { label, from, to }: PrintChange): void {
  const { pen } = sheet;
  const words = from === null ? to : `${from}  →  ${to}`;
  const labelLine = pen.type.shortened(label, DID, 130);
  const lines = pen.type.lines(words, READ, CONTENT_WIDTH - INDENT - 140);
  for (const [index, line] of lines.entries()) {
    sheet.need(READ.leading);
    const baseline = sheet.y + 10;
    if (index === 0)
      pen.line(labelLine, { x: MARGIN + INDENT, baseline }, { ...DID, colour: INK_3 });
    pen.line(line, { x: MARGIN + INDENT + 140, baseline }, { ...READ, colour: INK });
    sheet.moveBy(READ.leading);
  }
}
