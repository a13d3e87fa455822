import { FilePlus2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { countWords } from '../ui/size-words.ts';
import type { PickedFile } from './picked-file.ts';
import { useFileDrop } from './use-file-drop.ts';

/** Files dropped anywhere on it are taken in. (D1) */
export function DropZone({
  title,
  onFiles,
  children,
}: {
  /** Of the job they would be added to. */
  title: string;
  onFiles: (files: readonly PickedFile[]) => void;
  children: ReactNode;
}) {
  const { count, handlers } = useFileDrop(onFiles);
  return (
    <div role="presentation" {...handlers} className="relative flex min-h-0 flex-1 flex-col">
      {children}
      {count !== null && (
        <div className="pointer-events-none absolute inset-3 z-30 grid animate-fade-in place-items-center rounded-xl border-2 border-dashed border-internal-line bg-surface/92">
          <div className="max-w-[80%] text-center">
            <FilePlus2
              aria-hidden
              size={28}
              strokeWidth={1.5}
              className="mx-auto mb-2 text-ink-2"
            />
            <p className="text-lg font-semibold">{dropWords(count)}</p>
            <p className="mt-0.5 truncate text-ink-2">
              to “<bdi>{title}</bdi>”
            </p>
            <p className="mt-2 text-ink-2">Files stay internal until you make them visible.</p>
          </div>
        </div>
      )}
    </div>
  );
}

function dropWords(count: number): string {
  if (count === 0) return 'Drop to add';
  return count === 1 ? 'Drop to add 1 file' : `Drop to add ${countWords(count)} files`;
}
