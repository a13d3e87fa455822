// What runs in a thread of its own: one photo is looked through and answered, and the thread is over.

import { parentPort, workerData } from 'node:worker_threads';
import { withoutLocation } from '../protocol/location/without-location.ts';
import type { PhotoBytes } from './clean-aside.ts';

const { bytes, mediaType } = workerData as PhotoBytes;
const found = withoutLocation(new Uint8Array(bytes), mediaType);
parentPort?.postMessage(found, found.kind === 'cleaned' ? [found.bytes.buffer as ArrayBuffer] : []);
