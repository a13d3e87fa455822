import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import type { FolderContent } from './folder-files.ts';
import { refusalBefore } from './picked-file.ts';

/** A dropped folder offers the files in it: how many, how large, and which cannot be taken. (D2) */
export function FolderOffer({
  content,
  onAdd,
  onClose,
}: {
  content: FolderContent;
  onAdd: (files: readonly File[]) => void;
  onClose: () => void;
}) {
  const good = content.files.filter((file) => refusalBefore(file) === null);
  const refusals = [
    ...content.files.flatMap((file) => refusalBefore(file) ?? []),
    ...content.unreadable.map((name) => `“${name}” cannot be read.`),
  ];
  const sizeBytes = good.reduce((sum, { size }) => sum + size, 0);
  return (
    <Dialog
      title={`Add the files in “${content.name}”?`}
      description={
        good.length === 0
          ? 'There is no file in this folder that could be added.'
          : `${countOf(good.length, 'file')}, ${sizeWords(sizeBytes)}. They stay internal until you make them visible.`
      }
      onClose={onClose}
    >
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-2 overflow-y-auto px-5 pb-4">
        {content.isCutOff && (
          <Notice look="calm">There are more; only the first {good.length} are offered.</Notice>
        )}
        {refusals.length > 0 && (
          <section>
            <h3 className="mb-1 text-sm font-semibold text-ink-3">
              {countOf(refusals.length, 'file')} cannot be added
            </h3>
            <ul className="max-h-48 overflow-y-auto">
              {refusals.map((sentence, index) => (
                <li
                  key={`${index} ${sentence}`}
                  className="border-t border-line py-1.5 break-words text-ink-2"
                >
                  {sentence}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{good.length === 0 ? 'Close' : 'Cancel'}</Button>
        {good.length > 0 && (
          <Button
            look="primary"
            onClick={() => {
              onAdd(good);
              onClose();
            }}
          >
            Add {countOf(good.length, 'file')}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  );
}
