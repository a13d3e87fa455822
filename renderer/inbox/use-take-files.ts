import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { InboxFile } from '../../electron/core/api/inbox-contract.ts';
import type { DraftFile } from '../drafts/drafts.ts';
import { useDraftDoor } from '../drafts/use-drafts.tsx';
import type { JobId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

export interface TakeFiles {
  readonly busy: boolean;
  /** Takes files in and lays them into the job's composer, where a person decides who will see them. */
  take(jobId: JobId, files: readonly Pick<InboxFile, 'fileId'>[]): Promise<void>;
}

/** From the Inbox onto a job. One that cannot be taken says why and stays. (D10) */
export function useTakeFiles(): TakeFiles {
  const [, goTo] = useLocation();
  const { me } = useOffice();
  const door = useDraftDoor();
  const request = useRequest('inbox.take', toast.error);

  const take: TakeFiles['take'] = async (jobId, files) => {
    if (files.length === 0) return;
    const answer = await request.send({ fileIds: files.map(({ fileId }) => fileId) });
    if (answer === undefined) return;
    const added = answer.results.flatMap((result) =>
      result.kind === 'added' ? [draftFileOf(result)] : [],
    );
    for (const result of answer.results)
      if (result.kind === 'refused') toast.error(result.sentence, { duration: 12_000 });
    if (added.length === 0) return;
    await door.addFiles({ jobId, memberId: me.id }, added);
    goTo(`/jobs/${jobId}`);
    toast.success(`${countOf(added.length, 'file')} added. Write a word, or post as it is.`);
  };

  return { busy: request.busy, take };
}

/** A file is internal until a person makes it visible. (D3) */
function draftFileOf(added: Omit<DraftFile, 'audience'>): DraftFile {
  const { blobId, name, mediaType, sizeBytes } = added;
  return { blobId, name, mediaType, sizeBytes, audience: 'internal' };
}

/** What a drag out of the Inbox carries; no other program knows the word. */
const DRAG_WORD = 'application/x-docket-inbox';

export function startInboxDrag(transfer: DataTransfer, fileIds: readonly string[]): void {
  transfer.setData(DRAG_WORD, JSON.stringify(fileIds));
  transfer.effectAllowed = 'copy';
}

export const isInboxDrag = (transfer: DataTransfer) => transfer.types.includes(DRAG_WORD);

export function draggedFiles(transfer: DataTransfer): readonly { fileId: string }[] {
  const ids = JSON.parse(transfer.getData(DRAG_WORD) || '[]') as string[];
  return ids.map((fileId) => ({ fileId }));
}
