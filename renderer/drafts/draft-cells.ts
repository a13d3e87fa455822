import { DraftCell } from './draft-cell.ts';
import type { DraftKey, Drafts, EditKey, FormDraft, PostDraft } from './drafts.ts';

/** The one cell of each draft that was looked at since the window opened. */
export class DraftCells {
  readonly #drafts: Drafts;
  readonly #posts = new Map<string, DraftCell<PostDraft>>();
  readonly #forms = new Map<string, DraftCell<FormDraft>>();
  readonly #edits = new Map<string, DraftCell<unknown>>();

  constructor(drafts: Drafts) {
    this.#drafts = drafts;
  }

  post(key: DraftKey): DraftCell<PostDraft> {
    return found(this.#posts, nameOf(key), () => ({
      read: () => this.#drafts.readPost(key),
      // A draft with nothing in it is none: the next one starts as an internal note again. (C1)
      write: (draft) => this.#drafts.writePost(key, isEmptyPost(draft) ? undefined : draft),
    }));
  }

  form(key: DraftKey): DraftCell<FormDraft> {
    return found(this.#forms, nameOf(key), () => ({
      read: () => this.#drafts.readForm(key),
      write: (draft) =>
        this.#drafts.writeForm(
          key,
          draft === undefined || Object.keys(draft).length === 0 ? undefined : draft,
        ),
    }));
  }

  edit(key: EditKey): DraftCell<unknown> {
    return found(this.#edits, `${key.memberId} ${key.subject}`, () => ({
      read: () => this.#drafts.readEdit(key),
      write: (edit) => this.#drafts.writeEdit(key, edit),
    }));
  }

  /** Called when a job is left: what is not worth keeping must not meet the person again. */
  leave(key: DraftKey): void {
    const cell = this.#posts.get(nameOf(key));
    if (cell !== undefined && isEmptyPost(cell.snapshot().draft)) this.#posts.delete(nameOf(key));
  }
}

export function isEmptyPost(draft: PostDraft | undefined): boolean {
  return draft === undefined || (draft.text.trim() === '' && draft.files.length === 0);
}

const nameOf = ({ memberId, jobId }: DraftKey) => `${memberId} ${jobId}`;

function found<Draft>(
  cells: Map<string, DraftCell<Draft>>,
  name: string,
  medium: () => ConstructorParameters<typeof DraftCell<Draft>>[0],
): DraftCell<Draft> {
  const cell = cells.get(name) ?? new DraftCell<Draft>(medium());
  cells.set(name, cell);
  return cell;
}
