import { toast } from 'sonner';
import { useLocation } from 'wouter';
import { readFolder } from '../attachments/folder-files.ts';
import { type PickedFile, refusalBefore, refusalToRead } from '../attachments/picked-file.ts';
import { type FileDrop, useFileDrop } from '../attachments/use-file-drop.ts';
import { useDraftDoor } from '../drafts/use-drafts.tsx';
import type { JobId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { countOf } from '../ui/size-words.ts';
import { useBridge } from '../use-bridge.tsx';

/** Files dropped on a row of the job list wait in that job's draft: nothing is posted by a drop. (D1) */
export function useRowDrop(jobId: JobId, title: string): FileDrop {
  const bridge = useBridge();
  const door = useDraftDoor();
  const { me } = useOffice();
  const [, goTo] = useLocation();

  const takeIn = async (file: File): Promise<string | null> => {
    const early = refusalBefore(file) ?? (await refusalToRead(file));
    if (early !== null) return early;
    const result = await bridge.addFile(file, () => undefined);
    if (result.kind === 'refused') return result.sentence;
    const { blobId, name, mediaType, sizeBytes } = result;
    await door.addFiles({ jobId, memberId: me.id }, [
      { blobId, name, mediaType, sizeBytes, audience: 'internal' },
    ]);
    return null;
  };
  const drop = async (picked: readonly PickedFile[]) => {
    const files = await filesIn(picked);
    const said = toast.loading(`Adding ${countOf(files.length, 'file')} to “${title}”`);
    const refusals = (await Promise.all(files.map(takeIn))).filter((word) => word !== null);
    for (const refusal of refusals) toast.error(refusal, { duration: Infinity, closeButton: true });
    const added = files.length - refusals.length;
    if (added === 0) toast.dismiss(said);
    else
      toast.success(`${countOf(added, 'file')} in the draft of “${title}”, not posted yet`, {
        id: said,
        action: { label: 'Open', onClick: () => goTo(`/jobs/${jobId}`) },
      });
  };
  return useFileDrop((picked) => void drop(picked));
}

/** A folder dropped on a row brings its files; they can be looked through in the draft before anything is posted. */
async function filesIn(picked: readonly PickedFile[]): Promise<readonly File[]> {
  const parts = await Promise.all(
    picked.map(async ({ file, folder }) =>
      folder === null ? [file] : (await readFolder(folder)).files,
    ),
  );
  return parts.flat();
}
