import { useEffect, useRef } from 'react';
import { isTyping, isWindowOpen } from '../shell/use-shortcut.ts';
import { type PickedFile, pickedFrom } from './picked-file.ts';

/**
 * Files pasted anywhere in the window, unless something nearer took them. Whoever pastes words into a field means the words,
 * whatever picture of them the clipboard holds beside; and a window over the page has the paste to itself. (D1)
 */
export function useFilePaste(onFiles: (files: readonly PickedFile[]) => void) {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const { clipboardData, target } = event;
      if (event.defaultPrevented || clipboardData === null || isWindowOpen()) return;
      if (isTyping(target) && clipboardData.types.includes('text/plain')) return;
      const picked = pickedFrom(clipboardData);
      if (picked.length === 0) return;
      event.preventDefault();
      latest.current(picked);
    };
    window.addEventListener('paste', listen);
    return () => window.removeEventListener('paste', listen);
  }, []);
}
