// What a printed copy of a job is made of, as plain data: the core decides every word of it, a thread lays it out. (G4)

import type { Hue } from '../../../sync-server/protocol/values.ts';

/** `customer` holds what the customer may read, `full` everything; each page says which it is. */
export type CopyKind = 'customer' | 'full';

/** Who reads an entry, with the three looks of the feed. */
export type PrintAudience = 'internal' | 'visible' | 'from_customer';

export interface PrintHead {
  readonly copy: CopyKind;
  /** Stands on every page: "Customer copy for Anna Berg". */
  readonly mark: string;
  readonly officeName: string;
  readonly hue: Hue;
  /** Null where the office has none, or it is not on this device. */
  readonly logoPath: string | null;
  /** '' while the server has given none. */
  readonly reference: string;
  readonly title: string;
  readonly stage: { readonly name: string; readonly hue: Hue };
  readonly facts: readonly PrintFact[];
  /** When it was made and in which time zone its times are. */
  readonly made: string;
  readonly madeAt: string;
}

export interface PrintFact {
  readonly label: string;
  readonly value: string;
}

export type PrintBlock =
  | { readonly kind: 'heading'; readonly words: string }
  | { readonly kind: 'day'; readonly words: string }
  | { readonly kind: 'facts'; readonly facts: readonly PrintFact[] }
  | ({ readonly kind: 'entry' } & PrintEntry)
  | { readonly kind: 'file-row'; readonly file: PrintFile }
  | { readonly kind: 'remark'; readonly words: string };

export interface PrintEntry {
  readonly who: string;
  /** Behind the name, of what was done and not written: "moved the job from Booked to Ready". */
  readonly did: string | null;
  /** Null in a customer copy, where all is for one reader. */
  readonly audience: PrintAudience | null;
  /** Null where no time may be told. */
  readonly time: string | null;
  /** Said about it: that it waits, that it was withdrawn, how far it has come. */
  readonly notes: readonly PrintNote[];
  readonly text: string | null;
  /** It was withdrawn: the team still reads it, struck out. */
  readonly isStruck: boolean;
  readonly changes: readonly PrintChange[];
  readonly pictures: readonly PrintPicture[];
  readonly files: readonly PrintFile[];
}

export interface PrintNote {
  readonly look: 'plain' | 'warn';
  readonly words: string;
}

export interface PrintChange {
  readonly label: string;
  /** Null where there was nothing before. */
  readonly from: string | null;
  readonly to: string;
}

export interface PrintPicture {
  /** Of a picture sharp can read. */
  readonly path: string;
  /** Stands instead of the picture where it cannot be read after all, and below it. */
  readonly file: PrintFile;
}

export interface PrintFile {
  readonly name: string;
  /** "PDF, 310 kB" */
  readonly about: string;
  readonly audience: PrintAudience | null;
  /** Withdrawn, removed, not in this copy; null where there is nothing to say. */
  readonly note: string | null;
  readonly isStruck: boolean;
}

/** To the thread. Each message but `begin` is answered before the next is sent, so that nothing piles up. */
export type ToPrinter =
  | { readonly kind: 'begin'; readonly path: string; readonly head: PrintHead }
  | { readonly kind: 'blocks'; readonly blocks: readonly PrintBlock[] }
  | { readonly kind: 'end'; readonly last: string };

export type FromPrinter =
  | { readonly kind: 'took' }
  | { readonly kind: 'done'; readonly printed: Printed }
  /** `code` is the system's word where it was the disk. */
  | { readonly kind: 'broke'; readonly error: string; readonly code: string | null };

export interface Printed {
  readonly pages: number;
  /** Signs none of the fonts has, each printed as an empty box. */
  readonly unshown: number;
}
