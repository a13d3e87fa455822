// A PDF as a reader sees it, and as somebody sees it who takes it apart.

import { inflateSync } from 'node:zlib';
import { withPdf } from '../../electron/core/attachments/worker/draw-pdf.ts';

export interface ReadPdf {
  /** What can be read, page by page. */
  readonly pages: readonly string[];
  readonly text: string;
  readonly info: Readonly<Record<string, unknown>>;
  /** Every byte, those in compressed streams as well, and text in objects in whichever way it is written. */
  readonly raw: string;
}

export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  return withPdf(bytes, async (document) => {
    const pages: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(
        items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
      );
    }
    const { info } = await document.getMetadata();
    return {
      pages,
      text: pages.join('\n'),
      info: info as Record<string, unknown>,
      raw: rawOf(bytes),
    };
  });
}

const STREAM = /stream\r?\n/g;

function rawOf(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const inflated: string[] = [];
  for (const { index, 0: word } of text.matchAll(STREAM)) {
    if (text.slice(index - 3, index) === 'end') continue;
    const start = index + word.length;
    const end = text.indexOf('endstream', start);
    try {
      inflated.push(inflateSync(bytes.subarray(start, end), { finishFlush: 2 }).toString('latin1'));
    } catch {
      // Not compressed: it is in `text` as it is.
    }
  }
  const all = [text, ...inflated].join('\n');
  return [all, ...hexStrings(all), utf16Strings(all)].join('\n');
}

/** `<FEFF0041>` as "A". */
function hexStrings(text: string): string[] {
  return [...text.matchAll(/<(?:feff)?([0-9a-f]{4,})>/gi)].map(([, hex = '']) =>
    Buffer.from(hex.slice(0, hex.length - (hex.length % 4)), 'hex')
      .swap16()
      .toString('utf16le'),
  );
}

/** Latin text with a zero byte before each letter. */
function utf16Strings(text: string): string {
  const runs = text.match(/(?:\0[\x20-\x7e]){3,}/g) ?? [];
  return runs.join('\n').replaceAll('\0', '');
}
