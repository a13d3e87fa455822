// Who will read it, in words. The audience is part of the act, so every sentence names the reader. (C1, C2)

import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { stageIn } from '../shell/office.tsx';

/** Behind the customer's name: "Anna Berg will read this". A long name gives way to what is said of it. */
export const READER_WORDS = {
  internal: 'Only your team will read this',
  visible: ' will read this',
} as const satisfies Record<DraftContent['audience'], string>;

/** "Send to Anna Berg", "Add note", and where a note carries visible files: "Add note, 1 file to Anna Berg". */
export function sendWords(page: JobPage, draft: DraftContent): string {
  const { name } = page.customer;
  if (draft.audience === 'visible') return `Send to ${name}`;
  const visible = draft.files.filter((file) => file.audience === 'visible').length;
  const act = draft.text.trim() === '' && draft.files.length > 0 ? 'Add files' : 'Add note';
  return visible === 0
    ? act
    : `${act}, ${visible === 1 ? '1 file' : `${visible} files`} to ${name}`;
}

/** The customer sees no job in an internal stage; null where they see it, or where nothing is meant for them. */
export function hiddenStageWords(page: JobPage, draft: DraftContent): string | null {
  const isMeant =
    draft.audience === 'visible' || draft.files.some((file) => file.audience === 'visible');
  if (!isMeant || stageIn(page.pipeline, page.job.stageId)?.visibleToCustomer === true) return null;
  return `${page.customer.name} cannot see this job now, and will read this when it moves to a visible stage.`;
}

/** Where the text and a file have different readers: what the customer gets and what not. */
export function mixedWords(page: JobPage, draft: DraftContent): string | null {
  const { name } = page.customer;
  const others = draft.files.filter((file) => file.audience !== draft.audience);
  const [first] = others;
  if (first === undefined) return null;
  const isOne = others.length === 1;
  const files = isOne ? `“${first.name}”` : `${others.length} files`;
  if (draft.audience === 'visible')
    return `${files} ${isOne ? 'stays' : 'stay'} internal: ${name} will not get ${isOne ? 'it' : 'them'}.`;
  const what = draft.text.trim() === '' ? '' : ', but not the note';
  return `${files} ${isOne ? 'is' : 'are'} visible: ${name} will see ${isOne ? 'it' : 'them'}${what}.`;
}
