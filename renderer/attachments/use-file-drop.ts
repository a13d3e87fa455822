import { type DragEvent, useRef, useState } from 'react';
import { isDraggedOut } from '../files/drag-out.ts';
import { type PickedFile, pickedFrom } from './picked-file.ts';

export interface FileDrop {
  /** How many files are held over it; 0 where the system does not say, null where none are. */
  readonly count: number | null;
  readonly handlers: {
    onDragEnter(event: DragEvent): void;
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/** Files of the operating system held over something, and dropped on it. (D1) */
export function useFileDrop(onFiles: (files: readonly PickedFile[]) => void): FileDrop {
  const [count, setCount] = useState<number | null>(null);
  // Entering a child leaves the parent, so only the balance tells whether the pointer is still over it.
  const depth = useRef(0);
  const enter = (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth.current += 1;
    setCount([...event.dataTransfer.items].filter(({ kind }) => kind === 'file').length);
  };
  const over = (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const leave = (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setCount(null);
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth.current = 0;
    setCount(null);
    onFiles(pickedFrom(event.dataTransfer));
  };
  return {
    count,
    handlers: { onDragEnter: enter, onDragOver: over, onDragLeave: leave, onDrop: drop },
  };
}

/** What Docket itself hands out is not taken in again. */
const hasFiles = (transfer: DataTransfer): boolean =>
  transfer.types.includes('Files') && !isDraggedOut(transfer);
