// A canned reply as it is being written, and what of it is not saved yet. (C6)

import type { Intake } from '../attachments/use-intake.ts';
import type { EditKey } from '../drafts/drafts.ts';
import type {
  CannedReply,
  CannedReplyChange,
  CannedReplyId,
  MemberId,
  Sharing,
} from '../records.ts';
import { countOf } from '../ui/size-words.ts';

export type CannedContent = Pick<CannedReply, 'title' | 'text' | 'files'>;

export interface CannedEdit {
  /** What stood when the person began. */
  readonly from: CannedContent;
  readonly now: CannedContent;
}

export interface NewCanned extends CannedContent {
  readonly sharing: Sharing;
}

export const LONGEST_TITLE = 200;
export const LONGEST_CANNED_TEXT = 20_000;
export const MOST_CANNED_FILES = 10;

export const SHARING_WORDS: Readonly<Record<Sharing, string>> = {
  shared: 'Shared with the office',
  personal: 'Only you',
};

export const sharingOf = ({ ownerId }: Pick<CannedReply, 'ownerId'>): Sharing =>
  ownerId === null ? 'shared' : 'personal';

export const contentOf = ({ title, text, files }: CannedContent): CannedContent => ({
  title,
  text,
  files,
});

/** Where what is changed and not saved lies. */
export const editOf = (cannedReplyId: CannedReplyId, memberId: MemberId): EditKey => ({
  subject: `canned reply ${cannedReplyId}`,
  memberId,
});

const FIELDS = ['title', 'text', 'files'] as const satisfies readonly CannedReplyChange['field'][];

export function changesOf(from: CannedContent, to: CannedContent): CannedReplyChange[] {
  return FIELDS.filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field])).map(
    (field) => ({ field, from: from[field], to: to[field] }) as CannedReplyChange,
  );
}

/** Why it cannot be saved as it stands; null where it can. */
export function problemOf(
  { title, text, files }: CannedContent,
  { running }: Pick<Intake, 'running'>,
): string | null {
  if (running.length > 0) return 'Its files are still being added.';
  if (title.trim() === '') return 'Give it a title: it is found by that.';
  if (text.trim() === '' && files.length === 0) return 'Write a text, or add a file.';
  if (text.length > LONGEST_CANNED_TEXT)
    return `The text is ${countOf(text.length - LONGEST_CANNED_TEXT, 'character')} too long.`;
  if (files.length > MOST_CANNED_FILES)
    return `A canned reply takes ${MOST_CANNED_FILES} files: take ${files.length - MOST_CANNED_FILES} out.`;
  return null;
}

/** Labels of what colleagues changed since this was begun; saving asks about it. (H5) */
export function overtakenLabels(
  { from, now }: { readonly from: CannedContent; readonly now: CannedContent },
  stands: CannedContent,
): string[] {
  const isOther = (one: CannedContent, other: CannedContent, field: (typeof FIELDS)[number]) =>
    JSON.stringify(one[field]) !== JSON.stringify(other[field]);
  return FIELDS.filter(
    (field) =>
      isOther(stands, from, field) && isOther(now, from, field) && isOther(now, stands, field),
  ).map((field) => field.charAt(0).toUpperCase() + field.slice(1));
}
