// What is selected among files, and which of them has the keyboard: as file managers do it.

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Has the keyboard; null before anything was touched. */
  readonly activeId: string | null;
  /** Where a range begins. */
  readonly anchorId: string | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), activeId: null, anchorId: null };

export type SelectHow = 'alone' | 'toggle' | 'range';

export function select(
  selection: Selection,
  order: readonly string[],
  id: string,
  how: SelectHow,
): Selection {
  if (how === 'alone') return { ids: new Set([id]), activeId: id, anchorId: id };
  if (how === 'toggle') {
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, activeId: id, anchorId: id };
  }
  const anchorId = selection.anchorId ?? id;
  const [from, to] = [order.indexOf(anchorId), order.indexOf(id)].toSorted((a, b) => a - b);
  if (from === undefined || to === undefined || from < 0)
    return select(selection, order, id, 'alone');
  return { ids: new Set(order.slice(from, to + 1)), activeId: id, anchorId };
}

/** Moves the keyboard by so many places; nothing happens beyond the ends. `isRange`: Shift is held. */
export function move(
  selection: Selection,
  order: readonly string[],
  by: number,
  isRange: boolean,
): Selection {
  const last = order.length - 1;
  if (last < 0) return selection;
  const at = selection.activeId === null ? -1 : order.indexOf(selection.activeId);
  // Before anything was touched, walking back begins at the end.
  const beginsAtEnd = by === Infinity || (by < 0 && by !== -Infinity);
  const next = at >= 0 ? at + by : beginsAtEnd ? last : 0;
  const target = order[Math.min(last, Math.max(0, next))];
  if (target === undefined) return selection;
  return select(selection, order, target, isRange ? 'range' : 'alone');
}

export const selectAll = (selection: Selection, order: readonly string[]): Selection => ({
  ...selection,
  ids: new Set(order),
});

/** Files that are gone are selected no longer. */
export function stillThere(selection: Selection, order: readonly string[]): Selection {
  const there = new Set(order);
  const isWhole = [...selection.ids].every((id) => there.has(id));
  const isActive = selection.activeId === null || there.has(selection.activeId);
  if (isWhole && isActive) return selection;
  return {
    ids: new Set([...selection.ids].filter((id) => there.has(id))),
    activeId: isActive ? selection.activeId : null,
    anchorId: null,
  };
}
