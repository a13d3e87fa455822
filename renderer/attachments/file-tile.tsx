import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { Marked } from '../activity/marked.tsx';
import { FileFace } from '../files/file-face.tsx';
import { useDragOut } from '../files/use-drag-out.ts';
import { AwayMark } from '../transfers/away-mark.tsx';
import { SendingBar } from '../transfers/sending-bar.tsx';
import { sentOfWords } from '../transfers/transfer-words.ts';
import { useTransfers } from '../transfers/use-transfers.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';
import { Spoken } from '../ui/spoken.tsx';

/** A file of an entry; it opens large. (D9) */
export function FileTile({
  file,
  search,
  onOpen,
}: {
  file: FeedAttachment;
  /** What of its name was searched for. */
  search: string;
  onOpen: () => void;
}) {
  const { icon: Icon, word, ink } = AUDIENCES[file.audience];
  const isGone = file.undone?.how === 'redacted';
  const dragOut = useDragOut();
  const transfer = useTransfers().get(file.blobId);
  return (
    <button
      type="button"
      onClick={onOpen}
      draggable={!isGone}
      onDragStart={(event) => dragOut(event, file)}
      title={file.problem === null ? file.name : `${file.name}. No preview: ${file.problem}`}
      className="group block w-[148px] overflow-hidden rounded-lg border border-line bg-surface text-left shadow-paper transition-colors duration-(--fast) hover:border-ink-3"
    >
      <Spoken>Open {file.typeName} </Spoken>
      <FileFace file={file} className="h-[86px] w-full" />
      <bdi
        className={classNames(
          'block truncate px-[9px] pt-1.5 text-sm font-medium',
          file.undone !== null && 'text-ink-3 line-through',
        )}
      >
        <Marked text={file.name} search={search} />
      </bdi>
      {file.undone === null ? (
        <span className={classNames('flex items-center gap-1 px-[9px] pb-[7px] text-xs', ink)}>
          <Icon aria-hidden size={12} strokeWidth={2.1} className="shrink-0" />
          <span className="flex-1 truncate tabular-nums">
            {word} ·{' '}
            {transfer?.isSending === true
              ? sentOfWords(transfer.sentBytes, transfer.sizeBytes)
              : sizeWords(file.sizeBytes)}
          </span>
          {!file.onDevice && (
            <span className="text-ink-3">
              <AwayMark size={12} />
            </span>
          )}
        </span>
      ) : (
        <span className="block truncate px-[9px] pb-[7px] text-xs text-ink-3">
          {isGone ? 'Removed for good' : 'Withdrawn'}
        </span>
      )}
      <SendingBar name={file.name} transfer={transfer} className="rounded-none" />
    </button>
  );
}
