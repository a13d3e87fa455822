import { FileX2 } from 'lucide-react';
import { useState } from 'react';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { TypeMark } from '../attachments/type-mark.tsx';
import { classNames } from '../ui/class-names.ts';

/** How a file looks: its picture where there is one, else the letters of its type. */
export function FileFace({
  file,
  className,
  isLarge,
}: {
  file: Pick<
    FeedAttachment,
    'name' | 'mediaType' | 'typeName' | 'thumbnailUrl' | 'previewUrl' | 'onDevice' | 'undone'
  >;
  className?: string;
  /** There is room for the large picture, whole. */
  isLarge?: boolean;
}) {
  // A picture that is not made yet, or not here while offline, is tried again when either changes.
  const [brokenAt, setBrokenAt] = useState<string | null>(null);
  const url = isLarge === true ? (file.previewUrl ?? file.thumbnailUrl) : file.thumbnailUrl;
  const at = `${url} ${file.onDevice}`;
  if (file.undone?.how === 'redacted')
    return (
      <span className={classNames('grid place-items-center bg-surface-3 text-ink-3', className)}>
        <FileX2 aria-hidden size={20} strokeWidth={1.6} />
      </span>
    );
  if (url !== null && brokenAt !== at)
    return (
      <img
        src={url}
        alt=""
        loading="lazy"
        draggable={false}
        onError={() => setBrokenAt(at)}
        className={classNames(
          'block bg-surface-3',
          isLarge === true ? 'object-contain' : 'object-cover',
          // A letter is known by its head.
          file.mediaType === 'application/pdf' && 'object-top',
          file.undone !== null && 'opacity-50',
          className,
        )}
      />
    );
  return (
    <span
      className={classNames(
        'grid place-items-center overflow-hidden bg-surface-3 text-ink-3',
        className,
      )}
    >
      <TypeMark typeName={file.typeName} name={file.name} />
    </span>
  );
}
