// Electron's main process begins here.

import { runShell } from './shell/run-shell.ts';

// Not awaited: Electron is ready only after this file has run, and the shell waits for that.
void runShell(import.meta.dirname);
