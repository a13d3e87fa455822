import type { Host } from './host.ts';

const STORE_BYTES = 4096;

/**
 * Asking a system for a few bytes takes as long as for a page of them, and ids are made at every click: bytes are kept in store, and
 * none is given out twice.
 *
 * @param randomBytes uniform, fit for keys
 */
export function fromStore(randomBytes: Host['randomBytes']): Host['randomBytes'] {
  let store: Uint8Array = new Uint8Array();
  return (count) => {
    if (count > store.length) store = randomBytes(Math.max(count, STORE_BYTES));
    const bytes = store.slice(0, count);
    store = store.subarray(count);
    return bytes;
  };
}
