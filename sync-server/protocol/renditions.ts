// What can be done with the blobs derived from a file, whoever made them. (D5)

import type { BlobId } from './ids.ts';
import type { Renditions } from './entries.ts';

/** Every blob a file's renditions are kept in. */
export function renditionBlobs(renditions: Renditions | undefined): BlobId[] {
  if (renditions === undefined) return [];
  const { thumbnail, preview, jpeg, withoutLocation } = renditions;
  return [thumbnail, preview, jpeg, withoutLocation].filter((id) => id !== null);
}

/** What stands with its gaps filled; undefined where there is nothing to fill in. */
export function fillRenditions(
  stands: Renditions | undefined,
  made: Renditions,
): Renditions | undefined {
  const filled: Renditions = {
    thumbnail: stands?.thumbnail ?? made.thumbnail,
    preview: stands?.preview ?? made.preview,
    jpeg: stands?.jpeg ?? made.jpeg,
    withoutLocation: stands?.withoutLocation ?? made.withoutLocation,
    problem: null,
  };
  // A later program may show what an earlier one could not.
  if (filled.preview === null) filled.problem = stands?.problem ?? made.problem;
  const before = stands ?? NOTHING;
  const isSame = KEYS.every((key) => filled[key] === before[key]);
  return isSame ? undefined : filled;
}

const NOTHING: Renditions = {
  thumbnail: null,
  preview: null,
  jpeg: null,
  withoutLocation: null,
  problem: null,
};
const KEYS = Object.keys(NOTHING) as readonly (keyof Renditions)[];
