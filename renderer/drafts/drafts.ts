// Drafts stay on this device, in the browser's own database. One per job and member, and one for whatever else is being edited;
// saved on every change. (C3)

import Dexie, { type Table } from 'dexie';
import type {
  AttachmentId,
  Audience,
  BlobId,
  EntryId,
  FieldValue,
  JobId,
  MemberId,
} from '../records.ts';

/** A file the core has taken in already: its bytes are safe, only its place in a post is still a draft. */
export interface DraftFile {
  readonly blobId: BlobId;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly audience: Audience;
  /** The file of the job this is a newer version of. (D9) */
  readonly replacesId?: AttachmentId;
  /** The customer gets the photo with the place it was taken. (D6) */
  readonly keepsLocation?: true;
}

/** What a person put together. */
export interface DraftContent {
  readonly text: string;
  readonly audience: Audience;
  readonly files: readonly DraftFile[];
}

/** A new draft is always an internal note. (C1) */
export const NEW_CONTENT: DraftContent = { text: '', audience: 'internal', files: [] };

export interface PostDraft extends DraftContent {
  /** Names this very content; every change makes a new one, so posting again after a lost answer posts nothing twice. */
  readonly entryId: EntryId;
}

/** A draft with an id of its own. */
export function draftOf(content: DraftContent): PostDraft {
  return { ...content, entryId: crypto.randomUUID() as EntryId };
}

/** What was typed into a form and not saved, by field: `from` is the value that stood when the person began. */
export type FormDraft = Readonly<
  Record<string, { readonly from: FieldValue; readonly to: FieldValue }>
>;

export interface DraftKey {
  readonly jobId: JobId;
  readonly memberId: MemberId;
}

/** What an editor is about: a customer, a pipeline, a canned reply, one that is not there yet, an own entry of a job. */
export interface EditKey {
  readonly subject:
    | `customer ${string}`
    | `pipeline ${string}`
    | `canned reply ${string}`
    | 'new pipeline'
    | 'new canned reply'
    | `entries of ${string}`;
  readonly memberId: MemberId;
}

export interface Drafts {
  readPost(key: DraftKey): Promise<PostDraft | undefined>;
  /** Undefined removes it. Resolves when the draft would survive a power cut. */
  writePost(key: DraftKey, draft: PostDraft | undefined): Promise<void>;
  readForm(key: DraftKey): Promise<FormDraft | undefined>;
  writeForm(key: DraftKey, draft: FormDraft | undefined): Promise<void>;
  /** What an editor put there itself: one subject has one editor, so it knows the shape. */
  readEdit(key: EditKey): Promise<unknown>;
  writeEdit(key: EditKey, edit: unknown): Promise<void>;
}

interface PostRow extends DraftKey {
  readonly draft: PostDraft;
}
interface FormRow extends DraftKey {
  readonly draft: FormDraft;
}
interface EditRow extends EditKey {
  readonly edit: unknown;
}
type Key = [MemberId, JobId];
type EditRowKey = [MemberId, EditKey['subject']];

export function openDrafts(name = 'docket-drafts'): Drafts {
  // Strict: a transaction is done when its bytes are on the disk, not when the system has promised to write them.
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' });
  database.version(1).stores({ posts: '[memberId+jobId]', forms: '[memberId+jobId]' });
  database.version(2).stores({ edits: '[memberId+subject]' });
  const posts: Table<PostRow, Key> = database.table('posts');
  const forms: Table<FormRow, Key> = database.table('forms');
  const edits: Table<EditRow, EditRowKey> = database.table('edits');
  return {
    readPost: async (key) => (await posts.get(keyOf(key)))?.draft,
    async writePost(key, draft) {
      if (draft === undefined) await posts.delete(keyOf(key));
      else await posts.put({ jobId: key.jobId, memberId: key.memberId, draft });
    },
    readForm: async (key) => (await forms.get(keyOf(key)))?.draft,
    async writeForm(key, draft) {
      if (draft === undefined) await forms.delete(keyOf(key));
      else await forms.put({ jobId: key.jobId, memberId: key.memberId, draft });
    },
    readEdit: async ({ memberId, subject }) => (await edits.get([memberId, subject]))?.edit,
    async writeEdit({ memberId, subject }, edit) {
      if (edit === undefined) await edits.delete([memberId, subject]);
      else await edits.put({ memberId, subject, edit });
    },
  };
}

const keyOf = ({ memberId, jobId }: DraftKey): Key => [memberId, jobId];
