import { type DragEvent, useState } from 'react';
import type { JobId } from '../records.ts';
import { draggedFiles, isInboxDrag, useTakeFiles } from './use-take-files.ts';

/** A row of the job list takes files dragged out of the Inbox. (D10) */
export function useInboxDrop(jobId: JobId) {
  const [isOver, setIsOver] = useState(false);
  const { take } = useTakeFiles();
  const over = (event: DragEvent) => {
    if (!isInboxDrag(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setIsOver(true);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: over,
      onDragOver: over,
      onDragLeave: () => setIsOver(false),
      onDrop: (event: DragEvent) => {
        setIsOver(false);
        if (!isInboxDrag(event.dataTransfer)) return;
        event.preventDefault();
        void take(jobId, draggedFiles(event.dataTransfer));
      },
    },
  };
}
