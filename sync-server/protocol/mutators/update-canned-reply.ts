import type { CannedFile } from '../canned-replies.ts';
import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import {
  cannedReplyOf,
  changedNow,
  isStaff,
  NOT_FOR_CUSTOMERS,
  unlessSomething,
} from './canned-parts.ts';
import { mergeFields } from './merge-fields.ts';

const words = {
  title: { label: 'Title', say: String },
  text: { label: 'Text', say: (text: unknown) => String(text).slice(0, 300) },
  files: {
    label: 'Files',
    say: (files: unknown) =>
      (files as readonly CannedFile[])
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 300),
  },
} as const;

/** Changes a canned reply; a shared one every member may. What two people change merges; one field both changed asks. (C6, H5) */
export const updateCannedReply: Mutator<MutationArgs<'update_canned_reply'>> = function* (
  { cannedReplyId, changes },
  context,
) {
  const { actor } = context;
  if (!isStaff(actor)) return NOT_FOR_CUSTOMERS;
  const stands = yield* cannedReplyOf(actor, cannedReplyId);
  if (stands === undefined)
    return refused(
      'canned-reply-missing',
      'This canned reply is no longer there, so nothing was saved. Your words are kept here: copy or discard them.',
    );
  const merged = mergeFields(stands, changes, words);
  if (merged.kind === 'clash') return { kind: 'conflicted', conflict: merged.conflict, puts: [] };
  if (merged.changed.length === 0) return applied();
  const no = unlessSomething(merged.record);
  if (no !== undefined) return no;
  const record = {
    ...merged.record,
    title: merged.record.title.trim(),
    ...changedNow(actor, context),
  };
  return applied({ kind: 'canned_reply', record });
};
