import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 40;

export interface EndAnchor {
  /** Where to put the turned-around scroller: `scrollTop` is 0 at its end and negative above. */
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  toEnd(): void;
}

/**
 * Whether the reader is at the end, and the way there. Where rows come in below while the reader is further up, the view keeps
 * what is being read in its place.
 *
 * @param lastId the newest row: a change of it means that rows came in below
 */
export function useEndAnchor(lastId: string | null): EndAnchor {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const reading = useRef<{ row: Element; top: number } | null>(null);

  useEffect(() => {
    const view = scroller.current;
    if (view === null) return undefined;
    const onScroll = () => {
      const atEnd = Math.abs(view.scrollTop) < NEAR_PX;
      setIsAtEnd(atEnd);
      reading.current = atEnd ? null : rowBeingRead(view);
    };
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => view.removeEventListener('scroll', onScroll);
  }, []);

  useLayoutEffect(() => {
    const view = scroller.current;
    const anchor = reading.current;
    if (view === null || anchor?.row.isConnected !== true) return;
    view.scrollTop += anchor.row.getBoundingClientRect().top - anchor.top;
  }, [lastId]);

  const toEnd = useCallback(() => {
    reading.current = null;
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, []);
  return { scroller, isAtEnd, toEnd };
}

/** The first row in view, and where it stands. */
function rowBeingRead(view: HTMLElement): { row: Element; top: number } | null {
  const edge = view.getBoundingClientRect().top;
  for (const row of view.firstElementChild?.children ?? []) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge) return { row, top };
  }
  return null;
}
