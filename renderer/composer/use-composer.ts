import { useState } from 'react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { PickedFile } from '../attachments/picked-file.ts';
import { type Intake, useIntake } from '../attachments/use-intake.ts';
import type { DraftState } from '../drafts/draft-cell.ts';
import { type DraftContent, type DraftFile, draftOf, NEW_CONTENT } from '../drafts/drafts.ts';
import { usePostDraft } from '../drafts/use-drafts.tsx';
import type { PostEntry } from '../../electron/core/api/posting-contract.ts';
import type { Audience } from '../records.ts';
import type { When } from '../scheduled/send-times.ts';
import { useOffice } from '../shell/office.tsx';
import { useRequest } from '../use-request.ts';

export const LONGEST_TEXT = 20_000;
export const MOST_FILES = 50;

export type TakenFile = Omit<DraftFile, 'audience'>;

export interface ComposerState {
  readonly draft: DraftContent;
  readonly draftState: DraftState;
  readonly intake: Intake;
  /** Files of a canned reply are on their way into the draft. */
  readonly isBringing: boolean;
  readonly posting: boolean;
  readonly sentence: string | null;
  readonly canPost: boolean;
  setText(text: string): void;
  setAudience(audience: Audience): void;
  setFileAudience(index: number, audience: Audience): void;
  /** Gives all files one audience. */
  setFilesAudience(audience: Audience): void;
  /** Whether the customer gets a photo with the place it was taken. (D6) */
  setFileLocation(index: number, isKept: boolean): void;
  removeFile(index: number): void;
  addFiles(files: readonly PickedFile[]): void;
  /** Files of a canned reply, once their bytes are here: nothing is posted without them. (C6) */
  bring(coming: Promise<readonly TakenFile[]>): Promise<void>;
  /** For somebody who has seen the job up to this version. Answers whether the core took it. */
  post(seenVersion: number): Promise<boolean>;
  /** The same for a reply that the server is to send later. (C8) */
  schedule(when: When, seenVersion: number): Promise<boolean>;
}

/** The draft of a job and what can be done with it. The draft is removed only when the core has taken the post. [B1] */
export function useComposer(page: JobPage): ComposerState {
  const { me } = useOffice();
  const jobId = page.job.id;
  const stored = usePostDraft({ jobId, memberId: me.id });
  const intake = useIntake();
  const request = useRequest('entries.post');
  const scheduling = useRequest('scheduled.add');
  const [bringing, setBringing] = useState(0);
  const draft: DraftContent = stored.draft ?? NEW_CONTENT;

  const change = (next: (draft: DraftContent) => DraftContent) => {
    request.clear();
    scheduling.clear();
    stored.change((before) => draftOf(next(before ?? NEW_CONTENT)));
  };
  const changeFiles = (next: (files: readonly DraftFile[]) => readonly DraftFile[]) =>
    change((before) => ({ ...before, files: next(before.files) }));
  const hasSomething = draft.text.trim() !== '' || draft.files.length > 0;
  const canPost =
    hasSomething &&
    draft.text.length <= LONGEST_TEXT &&
    draft.files.length <= MOST_FILES &&
    intake.running.length === 0 &&
    bringing === 0 &&
    stored.state !== 'loading' &&
    !request.busy &&
    !scheduling.busy;

  /** Hands the draft over; it is gone from here only when the core has it. */
  const handOver = async (
    seenVersion: number,
    give: (content: Omit<PostEntry, 'audience'>, audience: Audience) => Promise<unknown>,
  ) => {
    if (!canPost || stored.draft === undefined) return false;
    const files = draft.files.map(({ mediaType: _type, sizeBytes: _size, ...file }) => file);
    const { audience, text, entryId } = stored.draft;
    const content = { jobId, entryId, text: text.trimEnd(), files, seenVersion };
    if ((await give(content, audience)) === undefined) return false;
    stored.change(() => undefined);
    return true;
  };
  const post = (seenVersion: number) =>
    handOver(seenVersion, (content, audience) => request.send({ ...content, audience }));
  const schedule = (when: When, seenVersion: number) =>
    handOver(seenVersion, (content) => scheduling.send({ ...content, ...when }));

  return {
    draft,
    draftState: stored.state,
    intake,
    isBringing: bringing > 0,
    posting: request.busy || scheduling.busy,
    sentence: request.sentence ?? scheduling.sentence,
    canPost,
    setText: (text) => change((before) => ({ ...before, text })),
    setAudience: (audience) => change((before) => ({ ...before, audience })),
    setFileAudience: (index, audience) =>
      changeFiles((files) =>
        files.map((file, at) => (at === index ? { ...file, audience } : file)),
      ),
    setFilesAudience: (audience) =>
      changeFiles((files) => files.map((file) => ({ ...file, audience }))),
    setFileLocation: (index, isKept) =>
      changeFiles((files) =>
        files.map(({ keepsLocation: _before, ...file }, at) => {
          if (at !== index) return _before ? { ...file, keepsLocation: _before } : file;
          return isKept ? { ...file, keepsLocation: true } : file;
        }),
      ),
    removeFile: (index) => changeFiles((files) => files.filter((_, at) => at !== index)),
    addFiles: (picked) =>
      intake.add(picked, ({ blobId, name, mediaType, sizeBytes }, later) => {
        // A file is internal until a person makes it visible. (D3)
        const file: DraftFile = { blobId, name, mediaType, sizeBytes, audience: 'internal' };
        changeFiles((files) => {
          const next = files.findIndex((other) => later.has(other.blobId));
          return files.toSpliced(next < 0 ? files.length : next, 0, file);
        });
      }),
    bring: async (coming) => {
      setBringing((count) => count + 1);
      try {
        const taken = await coming;
        changeFiles((files) => {
          const more = taken.filter(({ blobId }) => !files.some((file) => file.blobId === blobId));
          return [...files, ...more.map((file) => ({ ...file, audience: 'internal' as const }))];
        });
      } finally {
        setBringing((count) => count - 1);
      }
    },
    post,
    schedule,
  };
}
