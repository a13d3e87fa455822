import type { KeyboardEvent, RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { useShortcut } from '../shell/use-shortcut.ts';

/** Moves the focus by rows. */
export type MoveFocus = (by: 1 | -1) => void;

/**
 * Walks the rows of a list from the focused one, or from the open one. The focus is real, so Enter opens the row and a screen
 * reader reads it. Rows carry `data-row` with their index.
 */
export function useRowFocus({
  list,
  frame,
  count,
}: {
  list: RefObject<VirtuosoHandle | null>;
  frame: RefObject<HTMLElement | null>;
  count: number;
}): MoveFocus {
  return (by) => {
    const here = rowIndex(frame.current);
    const next = here === undefined ? 0 : Math.min(count - 1, Math.max(0, here + by));
    list.current?.scrollIntoView({
      index: next,
      done: () => frame.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus(),
    });
  };
}

/** J and K walk the list a page is about, wherever the focus is. */
export function useRowKeys(move: MoveFocus): void {
  useShortcut([{ key: 'j' }], () => move(1));
  useShortcut([{ key: 'k' }], () => move(-1));
}

/** The arrow keys walk on from the row that has the focus. */
export function onArrowKeys(move: MoveFocus) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  };
}

function rowIndex(frame: HTMLElement | null): number | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-row]');
  const own = frame?.contains(focused ?? null) === true ? focused : null;
  const open = frame?.querySelector<HTMLElement>('[data-row][aria-current]');
  const index = (own ?? open)?.dataset['row'];
  return index === undefined ? undefined : Number(index);
}
