// Looks through a photo beside the server's own loop: one of 25 MB takes a good part of a second, in which nobody else would
// be answered. (D6)

import { Worker } from 'node:worker_threads';
import { type WithoutLocation, withoutLocation } from '../protocol/location/without-location.ts';

export interface PhotoBytes {
  readonly bytes: ArrayBuffer;
  readonly mediaType: string;
}

/** Up to here, looking through it is done before a thread has begun. */
export const SMALL_BYTES = 256 * 1024;
const PROGRAM = new URL('./cleaning-thread.ts', import.meta.url);
/** V8's part of a thread's memory: whatever a file makes of it, the server goes on. The photo itself lies outside of it. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** The bytes are gone afterwards where they went to the thread. */
export async function cleanAside(photo: PhotoBytes): Promise<WithoutLocation> {
  const { bytes, mediaType } = photo;
  if (bytes.byteLength <= SMALL_BYTES) return withoutLocation(new Uint8Array(bytes), mediaType);
  const thread = new Worker(PROGRAM, {
    workerData: photo,
    transferList: [bytes],
    resourceLimits: RESOURCE_LIMITS,
  });
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('The thread ended without an answer.')));
  });
}
