import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { DraftCell, DraftSnapshot } from './draft-cell.ts';
import { DraftCells, isEmptyPost } from './draft-cells.ts';
import {
  type DraftFile,
  type DraftKey,
  type Drafts,
  draftOf,
  type EditKey,
  type FormDraft,
  NEW_CONTENT,
  type PostDraft,
} from './drafts.ts';

const CellsContext = createContext<DraftCells | null>(null);

export function DraftsProvider({ drafts, children }: { drafts: Drafts; children: ReactNode }) {
  const [cells] = useState(() => new DraftCells(drafts));
  return <CellsContext value={cells}>{children}</CellsContext>;
}

interface Handle<Draft> extends DraftSnapshot<Draft> {
  change(next: (draft: Draft | undefined) => Draft | undefined): void;
}

/** The draft of a post. The component that calls this is keyed by job. */
export function usePostDraft({ jobId, memberId }: DraftKey): Handle<PostDraft> {
  const cells = useCells();
  const [cell] = useState(() => cells.post({ jobId, memberId }));
  useEffect(() => () => cells.leave({ jobId, memberId }), [cells, jobId, memberId]);
  return useCell(cell);
}

/** What was typed into a form and not saved. The component that calls this is keyed by job. */
export function useFormDraft(key: DraftKey): Handle<FormDraft> {
  const cells = useCells();
  const [cell] = useState(() => cells.form(key));
  return useCell(cell);
}

/** What was changed in an editor and not saved. The component that calls this is keyed by its subject. */
export function useEditDraft<Edit>(key: EditKey): Handle<Edit> {
  const cells = useCells();
  const [cell] = useState(() => cells.edit(key) as DraftCell<Edit>);
  return useCell(cell);
}

/** Puts something into the draft of any job: what is taken back from the outbox, files from the Inbox. */
export function useDraftDoor() {
  const cells = useCells();
  return {
    async isFree(key: DraftKey): Promise<boolean> {
      const cell = cells.post(key);
      await cell.loaded;
      return isEmptyPost(cell.snapshot().draft);
    },
    put: (key: DraftKey, draft: PostDraft | undefined): Promise<void> =>
      cells.post(key).change(() => draft),
    /** Beside what stands there; where nothing does, an internal note begins. (C1) */
    addFiles: (key: DraftKey, files: readonly DraftFile[]): Promise<void> =>
      cells.post(key).change((before) => {
        const { text, audience, files: own } = before ?? NEW_CONTENT;
        return draftOf({ text, audience, files: [...own, ...files] });
      }),
  };
}

/** For what goes on under another id: what was changed in its editor and not saved goes with it. */
export function useMoveEdit() {
  const cells = useCells();
  return async (from: EditKey, to: EditKey): Promise<void> => {
    const cell = cells.edit(from);
    await cell.loaded;
    const { draft } = cell.snapshot();
    if (draft === undefined) return;
    await cells.edit(to).change(() => draft);
    await cell.change(() => undefined);
  };
}

function useCell<Draft>(cell: DraftCell<Draft>): Handle<Draft> {
  const snapshot = useSyncExternalStore(cell.subscribe, cell.snapshot);
  return { ...snapshot, change: (next) => void cell.change(next) };
}

function useCells(): DraftCells {
  const cells = useContext(CellsContext);
  if (cells === null) throw new Error('This component stands outside of DraftsProvider.');
  return cells;
}
