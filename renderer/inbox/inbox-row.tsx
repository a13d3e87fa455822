import { FolderInput, X } from 'lucide-react';
import { useState } from 'react';
import type { InboxFile } from '../../electron/core/api/inbox-contract.ts';
import { TypeMark } from '../attachments/type-mark.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';
import { fullTime, shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { startInboxDrag } from './use-take-files.ts';

export function InboxRow({
  file,
  isChosen,
  dragged,
  onToggle,
  onAdd,
  onDismiss,
}: {
  file: InboxFile;
  isChosen: boolean;
  /** What a drag of this row carries: all marked rows where it is one of them. */
  dragged: readonly InboxFile[];
  onToggle: () => void;
  onAdd: () => void;
  onDismiss: () => void;
}) {
  const now = useNow();
  return (
    <div
      role="presentation"
      draggable={file.isThere}
      onDragStart={(event) =>
        startInboxDrag(
          event.dataTransfer,
          dragged.map(({ fileId }) => fileId),
        )
      }
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) onAdd();
        if (event.key === 'Delete') onDismiss();
      }}
      className={classNames(
        'group flex items-center gap-3 border-b border-line px-6 py-2',
        isChosen ? 'bg-accent-soft' : 'hover:bg-surface-2',
        file.isThere && 'cursor-grab',
      )}
    >
      <input
        type="checkbox"
        aria-label={`Mark ${file.name}`}
        checked={isChosen}
        onChange={onToggle}
        className="size-4 accent-accent"
      />
      <Face file={file} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-left font-medium" title={file.name}>
          {file.name}
        </span>
        <span className="block text-sm text-ink-3 tabular-nums">
          {sizeWords(file.sizeBytes)}
          {!file.isThere && ' · its folder cannot be reached'}
        </span>
      </span>
      <time
        dateTime={file.modifiedAt}
        title={fullTime(file.modifiedAt)}
        className="text-sm text-ink-3 tabular-nums"
      >
        {shortTime(file.modifiedAt, now)}
      </time>
      <span className="flex opacity-0 transition-opacity duration-(--fast) group-focus-within:opacity-100 group-hover:opacity-100">
        <IconButton label={`Add ${file.name} to a job`} disabled={!file.isThere} onClick={onAdd}>
          <FolderInput aria-hidden size={16} />
        </IconButton>
        <IconButton label={`Dismiss ${file.name}`} keys="Del" onClick={onDismiss}>
          <X aria-hidden size={16} />
        </IconButton>
      </span>
    </div>
  );
}

function Face({ file }: { file: InboxFile }) {
  const [isBroken, setIsBroken] = useState(false);
  const box = 'size-10 shrink-0 rounded-md bg-surface-3';
  if (file.isPicture && file.isThere && !isBroken)
    return (
      <img
        src={file.url}
        alt=""
        loading="lazy"
        draggable={false}
        onError={() => setIsBroken(true)}
        className={`${box} object-cover`}
      />
    );
  return (
    <span className={`${box} grid place-items-center text-ink-3 [&>span]:text-[10px]`}>
      <TypeMark name={file.name} />
    </span>
  );
}
