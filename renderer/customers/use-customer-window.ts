import { useState } from 'react';
import type { CustomerRow } from '../../electron/core/api/care-contract.ts';
import type { BridgeError } from '../bridge.ts';
import { windowAround } from '../jobs/use-job-window.ts';
import { useQuery } from '../use-query.ts';

interface CustomerWindow {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly failed: BridgeError | null;
  /** Undefined where the row is not here yet. */
  rowAt(index: number): CustomerRow | undefined;
  show(range: { readonly startIndex: number; readonly endIndex: number }): void;
}

/** The customers around what is on the screen, live: ten thousand cost no more than a hundred. (A6) */
export function useCustomerWindow(search: string): CustomerWindow {
  const [range, setRange] = useState({ offset: 0, limit: 100 });
  const { value, answered, failed } = useQuery('customers.list', { search, ...range });
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
