// Shows an address in the person's browser, where there is one to show it.

import { spawn } from 'node:child_process';

const OPENERS = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };

export function openBrowser(address) {
  if (!process.stdout.isTTY || process.env.CI) return;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  // No opener is no failure: the address stands on the screen.
  child.on('error', () => {});
  child.unref();
}
