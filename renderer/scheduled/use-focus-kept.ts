import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * The buttons go when what they are about is decided, here or anywhere; who stood on one, or in a window it opened, stands in the
 * feed or at the list's heading then, and not at the window's beginning.
 */
export function useFocusKept(isWindowOpen: boolean): RefObject<HTMLSpanElement | null> {
  const box = useRef<HTMLSpanElement>(null);
  const isOpen = useRef(isWindowOpen);
  useEffect(() => {
    isOpen.current = isWindowOpen;
  });
  useLayoutEffect(() => {
    const here = box.current;
    const place =
      here?.closest<HTMLElement>('[data-feed]') ??
      here?.closest('main')?.querySelector<HTMLElement>('h1[tabindex]');
    return () => {
      const hasFocus = here?.contains(document.activeElement) === true;
      // A window that goes with it gives the focus back first, to a button that is gone.
      if (hasFocus || isOpen.current) setTimeout(() => place?.focus());
    };
  }, []);
  return box;
}
