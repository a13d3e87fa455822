import type { ByteRange } from './blob-store.ts';

/**
 * Reads a Range header of one range (RFC 9110). Undefined means the whole file: no header, several ranges, or a unit that
 * is not bytes. `not-there` where the file ends before the range begins.
 */
export function readRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'not-there' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start >= sizeBytes ? 'not-there' : { start, end };
}
