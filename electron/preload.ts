// Hands the page its line to the core, links that the system opened and commands of the menus, and nothing else: the page gets no
// function of Electron's and no name on `window`.

import { ipcRenderer } from 'electron';

// The same names as in shell/windows.ts and shell/page-messages.ts, which a sandboxed preload cannot import without Electron's main modules.
const PORT_CHANNEL = 'docket:port';
const LINK_CHANNEL = 'docket:link';
const COMMAND_CHANNEL = 'docket:command';

window.addEventListener('message', ({ source, data }) => {
  if (source === window && isReadyMessage(data)) ipcRenderer.send(PORT_CHANNEL);
});

ipcRenderer.on(PORT_CHANNEL, ({ ports }) => {
  window.postMessage({ docket: 'port' }, window.location.origin, [...ports]);
});

ipcRenderer.on(LINK_CHANNEL, (_event, link: unknown) => {
  window.postMessage({ docket: 'link', link }, window.location.origin);
});

ipcRenderer.on(COMMAND_CHANNEL, (_event, command: unknown) => {
  window.postMessage({ docket: 'command', command }, window.location.origin);
});

function isReadyMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'docket' in data && data.docket === 'ready';
}
