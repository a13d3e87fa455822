import type { FromCore } from '../electron/core/api/contract.ts';
import type { Transport } from './bridge.ts';

/**
 * Talks over the MessagePort that Electron's preload hands to this window as `{ docket: 'port' }`. A core that was
 * started again arrives as a new port, which takes the old one's place.
 */
export function portTransport(view: Window): Transport {
  let port: MessagePort | undefined;

  return {
    start(events) {
      view.addEventListener('message', (event) => {
        const handed = event.ports[0];
        if (event.source !== view || !isPortMessage(event.data) || handed === undefined) return;
        if (port !== undefined) {
          port.close();
          events.closed();
        }
        port = handed;
        handed.onmessage = ({ data }) => events.received(data as FromCore);
        events.opened();
      });
      // The preload may have been earlier than this listener: it hands the port over when it hears this.
      view.postMessage({ docket: 'ready' }, view.location.origin);
    },
    send: (message) => port?.postMessage(message),
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'docket' in data && data.docket === 'port';
}
