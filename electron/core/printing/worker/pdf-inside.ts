// What is used of pdfkit beside its published types: fonts as it embeds them, and a page's own names for them.

import PDFDocument from 'pdfkit';

/** A font of the document. Widths are in thousandths of its size. */
export interface PdfFont {
  readonly id: string;
  readonly ascender: number;
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  /** Glyphs as hexadecimal numbers of the subset that is embedded, and how far each moves on. */
  encode(text: string): [string[], GlyphPosition[]];
  ref(): PdfReference;
}

export interface GlyphPosition {
  readonly xAdvance: number;
  readonly advanceWidth: number;
  readonly xOffset: number;
}

export interface PdfReference {
  end(chunk?: string): void;
}

interface PdfPage {
  readonly fonts: Record<string, PdfReference>;
  readonly xobjects: Record<string, PdfReference>;
}

interface Inside {
  readonly page: PdfPage;
  readonly _font: PdfFont;
  addContent(operators: string): void;
  ref(data: object): PdfReference;
}

export const A4 = { width: 595.28, height: 841.89 } as const;

export type Pdf = PDFKit.PDFDocument;

/** Empty, without a page; nothing of the machine or the clock in it but what is handed in. */
export function newPdf(about: { title: string; officeName: string; madeAt: Date }): Pdf {
  const { title, officeName, madeAt } = about;
  const options = {
    size: [A4.width, A4.height] as [number, number],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7' as const,
    lang: 'en',
    displayTitle: true,
    // Words are kept here, in bounds; pdfkit would keep every one it ever set.
    fontLayoutCache: false,
    // None: the standard fonts know Western letters only.
    font: '',
    info: {
      Title: title,
      Author: officeName,
      Creator: 'Docket',
      Producer: 'Docket',
      CreationDate: madeAt,
      ModDate: madeAt,
    },
  };
  return new PDFDocument(options);
}

export const inside = (pdf: Pdf): Inside => pdf as unknown as Inside;

/** pdfkit opens a font by making it the current one. */
export function openFont(pdf: Pdf, name: string, bytes: Uint8Array): PdfFont {
  pdf.registerFont(name, bytes);
  pdf.font(name);
  return inside(pdf)._font;
}
