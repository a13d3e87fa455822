// A folder of a test's own, removed when the test ends.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Call inside a test. The folder exists when this answers and is gone after the test, whatever its outcome. */
export async function tempDir(): Promise<string> {
  const folder = await makeTempDir();
  onTestFinished(() => removeTempDir(folder));
  return folder;
}

/** For set-up shared by several tests: whoever makes it removes it with `removeTempDir`. */
export function makeTempDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'docket-test-'));
}

export async function removeTempDir(folder: string): Promise<void> {
  // Retries, because Windows frees a file's name only some time after the last handle is closed.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
