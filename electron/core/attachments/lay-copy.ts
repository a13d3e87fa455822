// A copy of an attachment for other programs, laid on this disk under a name every system takes and none runs.

import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromDisk } from '../errors.ts';
import { harmlessName } from './disk-name.ts';

/**
 * Answers the path of the copy. Where it fails, nothing half stays.
 *
 * @throws AppError `disk-full`, `disk-not-writable`
 */
export async function layCopy(folder: string, name: string, bytes: Readable): Promise<string> {
  const path = join(folder, harmlessName(name));
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
    return path;
  } catch (cause) {
    bytes.destroy();
    await rm(path, { force: true }).catch(() => undefined);
    throw fromDisk(cause);
  }
}
