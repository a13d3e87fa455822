import { type RefObject, useEffect, useRef } from 'react';

/** As many in which it did not move: all around it stands. */
const STILL_FRAMES = 5;
const MOST_FRAMES = 120;
const GOES_ELSEWHERE = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * For the row a link led to. Rows have guessed heights until they come near the view, so it is held in the middle until all around
 * it stand, or until the reader goes elsewhere. (B6)
 */
export function useWantedRow(wantedId: string | null): RefObject<HTMLDivElement | null> {
  const wanted = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = wanted.current;
    if (row === null) return undefined;
    let frame = 0;
    let frames = 0;
    let still = 0;
    const hold = () => {
      const { top } = row.getBoundingClientRect();
      row.scrollIntoView({ block: 'center' });
      const hasMoved = Math.abs(row.getBoundingClientRect().top - top) > 1;
      still = hasMoved ? 0 : still + 1;
      frames += 1;
      if (still < STILL_FRAMES && frames < MOST_FRAMES) frame = requestAnimationFrame(hold);
    };
    const letGo = () => cancelAnimationFrame(frame);
    hold();
    for (const kind of GOES_ELSEWHERE) window.addEventListener(kind, letGo, { passive: true });
    return () => {
      letGo();
      for (const kind of GOES_ELSEWHERE) window.removeEventListener(kind, letGo);
    };
  }, [wantedId]);
  return wanted;
}
