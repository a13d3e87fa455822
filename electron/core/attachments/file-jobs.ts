// What is asked of the threads that look into files, and what they answer. Both sides parse nothing: it is one program.

/** The bytes are read by the thread; nothing of a file's inside ever runs on the core's own loop. */
export interface FileJob {
  readonly kind: 'pictures' | 'text';
  /** Where the bytes lie on this disk. */
  readonly path: string;
  readonly mediaType: string;
}

export type FileFindings =
  | ({ readonly kind: 'pictures' } & Pictures)
  /** '' where there is nothing to read. */
  | { readonly kind: 'text'; readonly text: string };

export interface Pictures {
  readonly thumbnail: Uint8Array | null;
  readonly preview: Uint8Array | null;
  /** Full size; of files browsers do not show. */
  readonly jpeg: Uint8Array | null;
  /** `original` where the file has no place in it; null where it cannot be told or taken out. (D6) */
  readonly withoutLocation: Uint8Array | 'original' | null;
  readonly problem: NoPicture | null;
}

/** Why there is no picture of a file. */
export type NoPicture =
  | 'damaged'
  | 'cut-short'
  | 'too-large'
  | 'locked'
  | 'not-supported'
  | 'took-too-long'
  | 'broke';

/** As it stands after "No preview: ". */
export const noPictureSentences: Readonly<Record<NoPicture, string>> = {
  damaged: 'The file is damaged. It is kept as it is.',
  'cut-short': 'The file ends too early, so part of it is missing. It is kept as it is.',
  'too-large': 'The picture is too large to be shown here. The file is kept as it is.',
  locked: 'The file is protected by a password.',
  'not-supported': 'Docket cannot show this kind of picture. The file is kept as it is.',
  'took-too-long': 'It took too long to make one. The file is kept as it is.',
  broke: 'The file could not be read as a picture. It is kept as it is.',
};

/** From the pool to a thread. */
export interface JobMessage {
  readonly id: number;
  readonly job: FileJob;
}

/** From a thread to the pool. */
export type AnswerMessage =
  | {
      readonly id: number;
      readonly kind: 'done';
      readonly findings: FileFindings;
      /** What the thread holds on to outside of V8's heap: the memory of a decoder never shrinks. */
      readonly heldBytes: number;
    }
  /** Its own mistake, or a library's: the thread is not used again. */
  | { readonly id: number; readonly kind: 'broke'; readonly error: string };
