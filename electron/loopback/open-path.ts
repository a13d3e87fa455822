// Opens a file with the system's program where there is no Electron to do it.

import { spawn } from 'node:child_process';

/** Undefined where no screen is there to show a program on. */
export function systemOpener(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): ((path: string) => Promise<void>) | undefined {
  if (platform === 'darwin') return (path) => run('open', [path]);
  // Explorer answers 1 also where it opened the file, so what it answers says nothing.
  if (platform === 'win32') return (path) => run('explorer.exe', [path]).catch(() => undefined);
  if (env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return undefined;
  return (path) => run('xdg-open', [path]);
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code}.`));
    });
    child.unref();
  });
}
