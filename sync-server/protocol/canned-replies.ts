// Texts and files an office writes once and sends often, shared or one member's own. (C6)

import * as z from 'zod';
import { MAX_BLOB_BYTES } from './blobs.ts';
import { blobId, cannedReplyId, memberId } from './ids.ts';
import { instant, MAX_TEXT_LENGTH, name, text } from './values.ts';

export const MAX_CANNED_FILES = 10;
/** As many are shared, and as many are each member's own. */
export const MAX_CANNED_REPLIES = 1000;

/** `shared`: every member has it; `personal`: its owner alone. */
export const sharing = z.enum(['shared', 'personal']);
export type Sharing = z.infer<typeof sharing>;

/** It has no audience: whoever inserts it decides, as of a file added by hand. (C2, D3) */
export const cannedFile = z.strictObject({
  blobId,
  name,
  mediaType: text(120),
  sizeBytes: z.int().min(1).max(MAX_BLOB_BYTES),
});
export type CannedFile = z.infer<typeof cannedFile>;

export const cannedReply = z.strictObject({
  id: cannedReplyId,
  /**
   * Whose own it is; null where the office shares it. It never changes: one that is shared, or is shared no longer, goes on under
   * another id, so that whoever may not have it any more is told that it is gone. [V3]
   */
  ownerId: memberId.nullable(),
  title: name,
  text: text(MAX_TEXT_LENGTH),
  files: z.array(cannedFile).max(MAX_CANNED_FILES),
  /** Who wrote it; of a shared one they and admins may take it from all others. */
  createdBy: memberId,
  changedBy: memberId,
  /** By the server's clock once it has arrived there. */
  changedAt: instant,
});
export type CannedReply = z.infer<typeof cannedReply>;
