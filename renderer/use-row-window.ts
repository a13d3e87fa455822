import { useState } from 'react';
import type { Queries, QueryName } from '../electron/core/api/contract.ts';
import type { BridgeError } from './bridge.ts';
import { useQuery } from './use-query.ts';

const STEP = 50;
const FIRST_LIMIT = 100;

interface Range {
  readonly offset: number;
  readonly limit: number;
}

interface Rows {
  readonly total: number;
  readonly rows: readonly unknown[];
}

/** The queries that answer with some rows of a list and the number of all. */
type WindowedName = {
  [N in QueryName]: Queries[N] extends { args: Range; answer: Rows } ? N : never;
}[QueryName];

type RowOf<N extends WindowedName> = Queries[N]['answer']['rows'][number];

export interface RowWindow<N extends WindowedName> {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly failed: BridgeError | null;
  /** Undefined where the row is not here yet. */
  rowAt(index: number): RowOf<N> | undefined;
  /** Tells which rows are on the screen; a live query follows them. */
  show(range: { readonly startIndex: number; readonly endIndex: number }): void;
}

/** The rows of a list around what is on the screen, live: ten thousand cost no more than a hundred. (A2, A6) */
export function useRowWindow<N extends WindowedName>(
  name: N,
  list: Omit<Queries[N]['args'], keyof Range>,
): RowWindow<N> {
  const { range, show } = useRange();
  const { value, answered, failed } = useQuery(name, { ...list, ...range });
  const offset = answered?.offset ?? 0;
  return {
    total: value?.total,
    failed,
    rowAt: (index) => value?.rows[index - offset],
    show,
  };
}

/** Which rows of a list to ask for, as the screen tells what it shows. */
export function useRange() {
  const [range, setRange] = useState<Range>({ offset: 0, limit: FIRST_LIMIT });
  const show = ({ startIndex, endIndex }: { startIndex: number; endIndex: number }) => {
    const next = windowAround(startIndex, endIndex);
    if (next.offset !== range.offset || next.limit !== range.limit) setRange(next);
  };
  return { range, show };
}

/** Steps of 50, one more on each side: a small scroll asks nothing new. */
export function windowAround(startIndex: number, endIndex: number): Range {
  const offset = Math.max(0, (Math.floor(startIndex / STEP) - 1) * STEP);
  const end = (Math.ceil((endIndex + 1) / STEP) + 1) * STEP;
  return { offset, limit: Math.max(FIRST_LIMIT, end - offset) };
}
