// Hands the page its line to the core and nothing else: the page gets no function of Electron's and no name on `window`.

import { ipcRenderer } from 'electron';

// The same name as in shell/main-window.ts, which a sandboxed preload cannot import without Electron's main modules.
const PORT_CHANNEL = 'docket:port';

window.addEventListener('message', ({ source, data }) => {
  if (source === window && isReadyMessage(data)) ipcRenderer.send(PORT_CHANNEL);
});

ipcRenderer.on(PORT_CHANNEL, ({ ports }) => {
  window.postMessage({ docket: 'port' }, window.location.origin, [...ports]);
});

function isReadyMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'docket' in data && data.docket === 'ready';
}
