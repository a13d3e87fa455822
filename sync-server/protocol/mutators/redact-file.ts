import { REDACTED_BLOB_ID } from '../blobs.ts';
import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { refused } from '../outcome.ts';
import { fileAt, fileChanged, fileVisibleSince, isAdmin, undoingBy } from './file-parts.ts';

/**
 * Removes a file's bytes for good: its record names no bytes any more, neither its own nor those made from them, so that
 * server and desktops delete them. (C10)
 */
export const redactFile: Mutator<MutationArgs<'redact_file'>> = function* (args, context) {
  const { actor } = context;
  if (!isAdmin(actor))
    return refused('not-allowed', 'Only an admin can remove a file for good. Ask one of them.');
  const found = yield* fileAt(args, 'removed again');
  if ('kind' in found) return found;
  const { file, job } = found;
  const { renditions: _made, keepsLocation: _place, ...rest } = file;
  const visibleSince = fileVisibleSince(file, yield* read('entry', file.entryId));
  const redacted = yield* undoingBy(actor.memberId, { job, visibleSince }, context);
  const after = { ...rest, blobId: REDACTED_BLOB_ID, redacted };
  return fileChanged(args, { before: file, after, what: 'redacted' }, job, context);
};
