// The thread that prints, as Node runs it.

import { fileURLToPath } from 'node:url';

export const PRINT_PROGRAM = fileURLToPath(
  new URL('../../electron/core/printing/worker/print-worker.ts', import.meta.url),
);
