import { type KeyboardEvent, type RefObject, useState } from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { type Filled, fillVariables, variableValues } from '../canned/variables.ts';
import type { CannedReply } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { fitsTyped, slashAt } from './canned-at.ts';
import type { TakenFile } from './use-composer.ts';
import { type Offers, offersAt, useTypedPlace } from './use-typed-place.ts';

export interface Canned extends Offers<CannedReply> {
  /** As it would be inserted on this job. */
  filled(reply: CannedReply): Filled;
  /** Somebody asked for the list, and there is nothing to offer in it. */
  readonly isEmpty: boolean;
  /** Opens the list at the caret, as a typed slash does. */
  open(): void;
}

const MOST_OFFERED = 8;
/** More than are shown, so that the next letter finds them here while the core is still looking. */
const MOST_FOUND = 50;

/** Canned replies for a slash, filled in for this job; their files join those of the draft. (C6) */
export function useCanned({
  textarea,
  text,
  page,
  setText,
  bring,
}: {
  textarea: RefObject<HTMLTextAreaElement | null>;
  text: string;
  page: JobPage;
  setText: (text: string) => void;
  bring: (coming: Promise<readonly TakenFile[]>) => Promise<void>;
}): Canned {
  const office = useOffice();
  const takeFiles = useRequest('canned-replies.take-files', toast.error);
  /** Where the slash was put by a button: Esc takes it away again. */
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const place = useTypedPlace({ textarea, text, setText, placeAt: slashAt });
  const { at } = place;
  const typed = at?.typed ?? '';
  const { value: found = [] } = useQuery('canned-replies.find', {
    search: typed,
    limit: MOST_FOUND,
  });
  const fitting = at === undefined ? [] : found.filter((reply) => fitsTyped(reply, typed));
  const values = variableValues(page, office);
  const filled = (reply: CannedReply) => fillVariables(reply.text, values);
  const isAsked = at !== undefined && at.from === askedAt;

  const take = (reply: CannedReply) => {
    const { text: words, unfilled } = filled(reply);
    const [first] = unfilled;
    place.put(words, first && { from: first.from, length: first.words.length });
    setAskedAt(null);
    if (reply.files.length > 0) void bring(filesOf(reply));
  };
  const filesOf = async ({ id: cannedReplyId }: CannedReply) => {
    const taken = await takeFiles.send({ cannedReplyId });
    if (taken === undefined) return [];
    if (taken.missing.length > 0) toast.error(missingWords(taken.missing));
    return taken.files;
  };
  const offers = offersAt(place, fitting.slice(0, MOST_OFFERED), take);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isAsked) return offers.onKey(event);
    place.put('');
    setAskedAt(null);
    return true;
  };
  return {
    ...offers,
    onKey,
    filled,
    isEmpty: isAsked && fitting.length === 0,
    open: () => {
      const box = textarea.current;
      if (box === null) return;
      // Behind what is selected, which stays: Esc leaves no trace.
      const caret = box.selectionEnd;
      const isWord = caret > 0 && !/\s/.test(text.charAt(caret - 1));
      const slash = isWord ? ' /' : '/';
      setText(text.slice(0, caret) + slash + text.slice(caret));
      const end = caret + slash.length;
      setAskedAt(end - 1);
      requestAnimationFrame(() => {
        box.focus();
        box.setSelectionRange(end, end);
        place.onCaret();
      });
    },
  };
}

function missingWords(names: readonly string[]): string {
  const [first = ''] = names;
  const which = names.length === 1 ? `“${first}” is` : `${names.length} files are`;
  const them = names.length === 1 ? 'it was' : 'they were';
  return `${which} not on this device yet, so ${them} not added. Insert the canned reply again once you are online.`;
}
