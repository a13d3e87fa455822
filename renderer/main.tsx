import { createBridge } from './bridge.ts';
import { portTransport } from './port-transport.ts';
import { postFile } from './post-file.ts';
import { startRenderer } from './start-renderer.tsx';
import { bridgeUrl, webSocketTransport } from './web-socket-transport.ts';

// Electron serves this page as app://, the loopback host as http://127.0.0.1.
const transport =
  window.location.protocol === 'app:'
    ? portTransport(window)
    : webSocketTransport(bridgeUrl(window.location), window);

startRenderer(createBridge(transport, postFile));
