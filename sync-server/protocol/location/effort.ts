/** For what is read twice in a proper file, and for small files, which are mostly structure. */
const BYTES_PER_BYTE = 2;
const BYTES_FREE = 1024 * 1024;
/** A piece takes its time however short it is. */
const STEP_BYTES = 64;

/**
 * What looking through one file may cost, in bytes. A structure may name the same bytes thousands of times; in a photo a
 * camera wrote they are named once, so whoever comes to the end of this has a file made to hold others up.
 */
export class Effort {
  #left: number;

  constructor(sizeBytes: number) {
    this.#left = BYTES_PER_BYTE * sizeBytes + BYTES_FREE;
  }

  /** Bytes that are about to be read or blanked. @throws RangeError where they are more than there can be */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new RangeError('More is named than is in the file.');
  }

  /** So many pieces a file is made of: chunks, segments, boxes, tags. @throws RangeError as above */
  step(pieces = 1): void {
    this.spend(pieces * STEP_BYTES);
  }
}
