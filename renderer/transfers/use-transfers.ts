import { useMemo } from 'react';
import type { FileTransfer } from '../../electron/core/api/transfers-contract.ts';
import { useQuery } from '../use-query.ts';

/** Files on their way to the server, by the bytes they are. (D7) */
export function useTransfers(): ReadonlyMap<string, FileTransfer> {
  const { value } = useQuery('transfers', {});
  return useMemo(() => new Map(value?.files.map((file) => [file.blobId, file])), [value]);
}
