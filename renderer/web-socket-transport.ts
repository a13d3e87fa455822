import type { FromCore } from '../electron/core/api/contract.ts';
import type { Transport } from './bridge.ts';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** Talks to the loopback host on the page's own origin. Reconnects at growing distances, at once when the window comes back. */
export function webSocketTransport(url: string, view: EventTarget): Transport {
  let socket: WebSocket | undefined;
  let delayMs = FIRST_DELAY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    start(events) {
      const connect = () => {
        clearTimeout(timer);
        const next = new WebSocket(url);
        let wasOpen = false;
        socket = next;
        next.onopen = () => {
          wasOpen = true;
          delayMs = FIRST_DELAY_MS;
          events.opened();
        };
        next.onmessage = ({ data }) => events.received(JSON.parse(String(data)) as FromCore);
        next.onclose = () => {
          if (wasOpen) events.closed();
          timer = setTimeout(connect, delayMs);
          delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
        };
      };
      connect();
      view.addEventListener('focus', () => {
        if (socket?.readyState === WebSocket.CLOSED) connect();
      });
    },
    send: (message) => socket?.send(JSON.stringify(message)),
  };
}

/** The bridge's address on the origin that served this page. */
export function bridgeUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/bridge`;
}
