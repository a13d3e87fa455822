// Where Electron starts the core: a process of its own, so that neither the window nor the main process waits for SQLite.

import { join } from 'node:path';
import { startCore } from '../core/core.ts';
import { serveCore } from './serve-core.ts';

serveCore({
  main: process.parentPort,
  startCore,
  exit: () => process.exit(0),
  // Built beside this one.
  fileProgram: join(import.meta.dirname, 'file-worker.js'),
  printProgram: join(import.meta.dirname, 'print-worker.js'),
});
