import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied } from '../outcome.ts';
import { fillRenditions } from '../renditions.ts';

/**
 * Says what a desktop made of a file after it was posted. Every desktop that has the bytes may say so: what is known
 * stands, what is missing is filled in, and the second of two who say the same changes nothing. It tells nobody anything
 * new: who may see a picture is asked of its file, and a job does not move up its list for it. (D5) [V1]
 */
export const attachRenditions: Mutator<MutationArgs<'attach_renditions'>> = function* (args) {
  const attachment = yield* read('attachment', args.attachmentId);
  if (attachment === undefined || attachment.redacted !== undefined) return applied();
  // A picture of other bytes is no picture of this file.
  if (attachment.blobId !== args.blobId) return applied();
  const renditions = fillRenditions(attachment.renditions, args.renditions);
  if (renditions === undefined) return applied();
  return applied({ kind: 'attachment', record: { ...attachment, renditions } });
};
