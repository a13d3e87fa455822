import { expect, test } from 'vitest';
import {
  move,
  NOTHING_SELECTED,
  select,
  selectAll,
  type Selection,
  stillThere,
} from '../../../renderer/files/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const picked = ({ ids }: Selection) => [...ids].toSorted().join('');

test('(A3) a click takes one, Ctrl adds and takes away, Shift takes all between', () => {
  let selection = select(NOTHING_SELECTED, order, 'b', 'alone');
  selection = select(selection, order, 'd', 'toggle');
  expect(picked(selection)).toBe('bd');
  selection = select(selection, order, 'd', 'toggle');
  expect(picked(selection)).toBe('b');
  selection = select(select(selection, order, 'd', 'alone'), order, 'b', 'range');
  expect(picked(selection)).toBe('bcd');
  expect(picked(select(selection, order, 'e', 'range'))).toBe('de');
});

test('(A3) the arrows walk and stop at the ends; Shift takes along', () => {
  let selection = move(NOTHING_SELECTED, order, 1, false);
  expect(selection.activeId).toBe('a');
  selection = move(selection, order, 1, true);
  selection = move(selection, order, 1, true);
  expect(picked(selection)).toBe('abc');
  expect(move(selection, order, Infinity, false).activeId).toBe('e');
  expect(move(selection, order, -Infinity, false).activeId).toBe('a');
  expect(move(selection, order, 99, true).ids.size).toBe(5);
  expect(move(NOTHING_SELECTED, order, -1, false).activeId).toBe('e');
  expect(move(NOTHING_SELECTED, order, Infinity, false).activeId).toBe('e');
  expect(move(NOTHING_SELECTED, [], 1, false)).toBe(NOTHING_SELECTED);
});

test('(A3) what is gone is selected no longer, and the rest stays', () => {
  const all = selectAll(select(NOTHING_SELECTED, order, 'c', 'alone'), order);
  const left = stillThere(all, ['a', 'b']);
  expect(picked(left)).toBe('ab');
  expect(left.activeId).toBeNull();
  expect(stillThere(left, ['a', 'b'])).toBe(left);
});
