import type { JobRow } from '../../electron/core/api/jobs-contract.ts';
import { placeOf } from '../jobs/list-place.ts';
import { useQuery } from '../use-query.ts';

interface FoundJobs {
  readonly rows: readonly JobRow[];
  /** The search that `rows` answer; undefined before the first answer. */
  readonly answeredSearch: string | undefined;
}

/** The first jobs of all that fit a search, by the core's own rule. (G3) */
export function useFoundJobs(search: string, limit: number): FoundJobs {
  const place = placeOf({ kind: 'all' });
  const { value, answered } = useQuery('jobs.list', { ...place, search, offset: 0, limit });
  return { rows: value?.rows ?? [], answeredSearch: answered?.search };
}
