import { createContext, type ReactNode, useContext, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import type { DraftState } from '../drafts/draft-cell.ts';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import type { EntryId, JobId, MemberId } from '../records.ts';

/** Another text for an own entry, typed and not saved. One at a time for each job; kept like every draft. (C3, C10) */
export interface EntryDraft {
  readonly entryId: EntryId;
  readonly text: string;
  /** `editBasis` of the text the person began with. (H5) */
  readonly basedOn: string;
  /** Something would be lost without it. */
  readonly isChanged: boolean;
}

export interface Editing {
  readonly draft: EntryDraft | undefined;
  readonly draftState: DraftState;
  /** Begun just now, by this person: the cursor goes there. What a reload brought back takes no focus. */
  readonly isBegun: boolean;
  /** The last thing the person wrote on this job, as the feed last showed it. */
  lastOwn(): FeedItem | null;
  showsLast(item: FeedItem | null): void;
  /** False where the entry cannot be edited, or another edit has to be ended first. */
  begin(item: FeedItem): boolean;
  write(text: string): void;
  /** Goes on with what was typed, from the text that stands now. */
  rebase(basedOn: string): void;
  end(): void;
}

const EditingContext = createContext<Editing | null>(null);

/** Keyed by job, like its drafts. */
export function EditingProvider({
  jobId,
  memberId,
  children,
}: {
  jobId: JobId;
  memberId: MemberId;
  children: ReactNode;
}) {
  const subject = `entries of ${jobId}` as const;
  const { draft, state, change } = useEditDraft<EntryDraft>({ subject, memberId });
  const [begunId, setBegunId] = useState<EntryId | null>(null);
  const last = useRef<FeedItem | null>(null);
  const cameFrom = useRef<Element | null>(null);
  const editing: Editing = {
    draft,
    draftState: state,
    isBegun: begunId !== null && begunId === draft?.entryId,
    lastOwn: () => last.current,
    showsLast: (item) => {
      last.current = item;
    },
    begin: ({ entry, editBasis }) => {
      if (entry.kind !== 'reply' || editBasis === null) return false;
      if (draft !== undefined && draft.entryId !== entry.id && draft.isChanged) {
        toast.error('You are editing another entry of this job. Save or cancel that first.');
        return false;
      }
      cameFrom.current = document.activeElement;
      setBegunId(entry.id);
      change((before) =>
        before?.entryId === entry.id
          ? before
          : { entryId: entry.id, text: entry.text, basedOn: editBasis, isChanged: false },
      );
      return true;
    },
    write: (text) => change((before) => before && { ...before, text, isChanged: true }),
    rebase: (basedOn) => change((before) => before && { ...before, basedOn }),
    end: () => {
      setBegunId(null);
      change(() => undefined);
      const { current } = cameFrom;
      // The editor is gone by then, and with it the focus; so is the menu that began it.
      requestAnimationFrame(() => {
        if (current instanceof HTMLElement && current.isConnected) current.focus();
        else menuOf(draft?.entryId)?.focus();
      });
    },
  };
  return <EditingContext value={editing}>{children}</EditingContext>;
}

function menuOf(entryId: EntryId | undefined): HTMLElement | null {
  return document.querySelector(`[data-entry-id="${entryId}"] [aria-haspopup="menu"]`);
}

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (editing === null) throw new Error('This component stands outside of EditingProvider.');
  return editing;
}
