import { FilePlus2 } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { type PickedFile, pickedFrom } from './picked-file.ts';

/** Files dropped anywhere on it are taken in. (D1) */
export function DropZone({
  onFiles,
  children,
}: {
  onFiles: (files: readonly PickedFile[]) => void;
  children: ReactNode;
}) {
  const [isOver, setIsOver] = useState(false);
  // Entering a child leaves the parent, so only the balance tells whether the pointer is still over the page.
  const depth = useRef(0);

  const enter = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current += 1;
    setIsOver(true);
  };
  const leave = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setIsOver(false);
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setIsOver(false);
    onFiles(pickedFrom(event.dataTransfer));
  };

  return (
    <div
      role="presentation"
      onDragEnter={enter}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDragLeave={leave}
      onDrop={drop}
      className="relative flex min-h-0 flex-1 flex-col"
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-3 z-30 grid animate-fade-in place-items-center rounded-xl border-2 border-dashed border-internal-line bg-surface/92">
          <div className="text-center">
            <FilePlus2
              aria-hidden
              size={28}
              strokeWidth={1.5}
              className="mx-auto mb-2 text-ink-2"
            />
            <p className="text-lg font-semibold">Drop to add to this job</p>
            <p className="text-ink-2">Files stay internal until you make them visible.</p>
          </div>
        </div>
      )}
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
