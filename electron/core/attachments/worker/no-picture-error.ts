import type { NoPicture } from '../file-jobs.ts';

/** There is no picture of this file, for a reason that can be said. */
export class NoPictureError extends Error {
  override readonly name = 'NoPictureError';
  readonly reason: NoPicture;

  constructor(reason: NoPicture, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}
