import type { RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { useShortcut } from '../shell/use-shortcut.ts';

/**
 * J and K walk the rows from the focused one, or from the open job. The focus is real, so Enter opens the row and a screen reader
 * reads it. Rows carry `data-row` with their index.
 */
export function useRowFocus({
  list,
  frame,
  count,
}: {
  list: RefObject<VirtuosoHandle | null>;
  frame: RefObject<HTMLElement | null>;
  count: number;
}): (by: 1 | -1) => void {
  const move = (by: 1 | -1) => {
    const here = rowIndex(frame.current);
    const next = here === undefined ? 0 : Math.min(count - 1, Math.max(0, here + by));
    list.current?.scrollIntoView({
      index: next,
      done: () => frame.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus(),
    });
  };
  useShortcut([{ key: 'j' }], () => move(1));
  useShortcut([{ key: 'k' }], () => move(-1));
  return move;
}

function rowIndex(frame: HTMLElement | null): number | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-row]');
  const open = frame?.querySelector<HTMLElement>('[data-row][aria-current]');
  const index = (focused ?? open)?.dataset['row'];
  return index === undefined ? undefined : Number(index);
}
