import type { FileTransfer } from '../../electron/core/api/transfers-contract.ts';
import { sizeWords } from '../ui/size-words.ts';

/** "1.6 of 2.6 MB": one unit, said once. */
export function sentOfWords(sentBytes: number, totalBytes: number): string {
  const total = sizeWords(totalBytes);
  const unit = total.slice(total.lastIndexOf(' ') + 1);
  const sent = unit === 'MB' ? (sentBytes / 1_000_000).toFixed(1) : inUnit(sentBytes, unit);
  return `${sent} of ${total}`;
}

function inUnit(bytes: number, unit: string): string {
  return unit === 'kB' ? String(Math.round(bytes / 1_000)) : String(bytes);
}

/** Where a file that is not with the server yet stands. */
export function transferWords(
  { sentBytes, sizeBytes, isSending, problem }: FileTransfer,
  isOffline: boolean,
): string {
  if (isSending) return sentOfWords(sentBytes, sizeBytes);
  if (isOffline) return `${sizeWords(sizeBytes)}, waiting for network`;
  return problem === null ? `${sizeWords(sizeBytes)}, waiting` : `Trying again. ${problem}`;
}
