import { CloudDownload, Download } from 'lucide-react';
import { useState } from 'react';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';
import { Spoken } from '../ui/spoken.tsx';
import { PictureWindow } from './picture-window.tsx';
import { TypeMark } from './type-mark.tsx';

/** A file of an entry. A picture opens large, anything else is saved with its own name. (D9) */
export function FileTile({ file }: { file: FeedAttachment }) {
  const [isOpen, setIsOpen] = useState(false);
  const { icon: Icon, word, ink } = AUDIENCES[file.audience];
  const look =
    'group block w-[148px] overflow-hidden rounded-lg border border-line bg-surface text-left shadow-paper transition-colors duration-(--fast) hover:border-ink-3';
  const face = (
    <>
      <TileFace file={file} />
      <span className="block truncate px-[9px] pt-1.5 text-sm font-medium">{file.name}</span>
      <span className={classNames('flex items-center gap-1 px-[9px] pb-[7px] text-xs', ink)}>
        <Icon aria-hidden size={12} strokeWidth={2.1} className="shrink-0" />
        <span className="truncate">
          {word} · {sizeWords(file.sizeBytes)}
        </span>
      </span>
    </>
  );
  if (file.previewUrl === null)
    return (
      <a
        href={file.url}
        download={file.name}
        title={file.problem === null ? undefined : `No preview: ${file.problem}`}
        className={look}
      >
        <Spoken>Save {file.typeName} </Spoken>
        {face}
      </a>
    );
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)} className={look}>
        <Spoken>Open {file.typeName} </Spoken>
        {face}
      </button>
      {isOpen && <PictureWindow file={file} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function TileFace({ file }: { file: FeedAttachment }) {
  // A picture that is not made yet, or not here while offline, cannot be shown; it is tried again when either changes.
  const [brokenAt, setBrokenAt] = useState<string | null>(null);
  const at = `${file.thumbnailUrl} ${file.onDevice}`;
  if (file.thumbnailUrl !== null && brokenAt !== at)
    return (
      <img
        src={file.thumbnailUrl}
        alt=""
        loading="lazy"
        draggable={false}
        onError={() => setBrokenAt(at)}
        className="block h-[86px] w-full bg-surface-3 object-cover"
      />
    );
  return (
    <span className="relative grid h-[86px] place-items-center bg-surface-3 text-ink-3">
      <TypeMark typeName={file.typeName} name={file.name} />
      <span className="absolute right-2 bottom-1.5 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
        {file.onDevice ? (
          <Download aria-hidden size={14} />
        ) : (
          <CloudDownload aria-hidden size={14} />
        )}
      </span>
    </span>
  );
}
