import { useMemo } from 'react';
import type {
  FileBrief,
  FileCounts,
  FileRow,
  FileSieve,
} from '../../electron/core/api/files-contract.ts';
import type { BridgeError } from '../bridge.ts';
import type { JobId } from '../records.ts';
import { useQuery } from '../use-query.ts';
import { useRange } from '../use-row-window.ts';

export interface FileWindow {
  /** Undefined until the first answer. */
  readonly counts: FileCounts | undefined;
  /** All files that fit, in brief. */
  readonly order: readonly FileBrief[];
  readonly failed: BridgeError | null;
  /** Undefined where the row is not here now. */
  rowOf(id: string): FileRow | undefined;
  /** Tells which rows are on the screen; a live query follows them. */
  show(range: { readonly startIndex: number; readonly endIndex: number }): void;
}

/** The files of a job: all of them in brief, and the rows around what is on the screen, live. (A3) */
export function useFileWindow(jobId: JobId, sieve: FileSieve): FileWindow {
  const { range, show } = useRange();
  const { sort, isAscending, types, audiences, search } = sieve;
  const { value, failed } = useQuery('files.list', {
    jobId,
    sieve: { sort, isAscending, types, audiences, search },
    ...range,
  });
  const rows = useMemo(
    () => new Map<string, FileRow>(value?.rows.map((row) => [row.id, row])),
    [value],
  );
  return {
    counts: value?.counts,
    order: value?.order ?? NONE,
    failed,
    rowOf: (id) => rows.get(id),
    show,
  };
}

const NONE: readonly FileBrief[] = [];
