import { useState } from 'react';
import type { JobRow } from '../../electron/core/api/contract.ts';
import type { BridgeError } from '../bridge.ts';
import { useQuery } from '../use-query.ts';
import type { ListPlace } from './list-place.ts';

const STEP = 50;
const FIRST_LIMIT = 100;

interface JobWindow {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly failed: BridgeError | null;
  /** Undefined where the row is not here yet. */
  rowAt(index: number): JobRow | undefined;
  /** Tells which rows are on the screen; a live query follows them. */
  show(range: { readonly startIndex: number; readonly endIndex: number }): void;
}

/** The rows of a list around what is on the screen, live. Ten thousand jobs cost no more than a hundred. (A2) */
export function useJobWindow(place: ListPlace): JobWindow {
  const [range, setRange] = useState({ offset: 0, limit: FIRST_LIMIT });
  const { value, answered, failed } = useQuery('jobs.list', { ...place, ...range });
  const offset = answered?.offset ?? 0;

  return {
    total: value?.total,
    failed,
    rowAt: (index) => value?.rows[index - offset],
    show: ({ startIndex, endIndex }) => {
      const next = windowAround(startIndex, endIndex);
      if (next.offset !== range.offset || next.limit !== range.limit) setRange(next);
    },
  };
}

/** Steps of 50, one more on each side: a small scroll asks nothing new. */
export function windowAround(startIndex: number, endIndex: number) {
  const offset = Math.max(0, (Math.floor(startIndex / STEP) - 1) * STEP);
  const end = (Math.ceil((endIndex + 1) / STEP) + 1) * STEP;
  return { offset, limit: Math.max(FIRST_LIMIT, end - offset) };
}
