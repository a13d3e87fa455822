// @vitest-environment jsdom
import type { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';

const ipc = vi.hoisted(() => ({
  sent: [] as string[],
  main: undefined as EventEmitter | undefined,
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  ipc.main = new Emitter();
  return {
    ipcRenderer: {
      send: (channel: string) => ipc.sent.push(channel),
      on: (channel: string, listener: () => void) => ipc.main?.on(channel, listener),
    },
  };
});

await import('../../electron/preload.ts');

function say(data: unknown, source: Window | null): void {
  window.dispatchEvent(new MessageEvent('message', { data, source }));
}

beforeEach(() => {
  ipc.sent.length = 0;
});

test('a page that says it is ready is given a line', () => {
  say({ docket: 'ready' }, window);
  expect(ipc.sent).toEqual(['docket:port']);
});

test('other messages, and messages of others, ask for nothing', () => {
  say({ docket: 'port' }, window);
  say('ready', window);
  say(null, window);
  say({ docket: 'ready' }, null);
  expect(ipc.sent).toEqual([]);
});

test('the port that comes from the main process is handed to the page itself', () => {
  const post = vi.spyOn(window, 'postMessage').mockImplementation(() => undefined);
  const port = { name: 'port' };
  ipc.main?.emit('docket:port', { ports: [port] });
  expect(post).toHaveBeenCalledExactlyOnceWith({ docket: 'port' }, window.location.origin, [port]);
});

test('(B6) a link that the system opened is handed to the page itself', () => {
  const post = vi.spyOn(window, 'postMessage').mockImplementation(() => undefined);
  post.mockClear();
  ipc.main?.emit('docket:link', {}, 'docket://jobs/1');
  const message = { docket: 'link', link: 'docket://jobs/1' };
  expect(post).toHaveBeenCalledExactlyOnceWith(message, window.location.origin);
});

test('(I1) a command of a native menu is handed to the page itself', () => {
  const post = vi.spyOn(window, 'postMessage').mockImplementation(() => undefined);
  post.mockClear();
  ipc.main?.emit('docket:command', {}, 'new-job');
  const message = { docket: 'command', command: 'new-job' };
  expect(post).toHaveBeenCalledExactlyOnceWith(message, window.location.origin);
});

test('nothing of Electron is put where the page can reach it', () => {
  expect(Object.keys(window).filter((name) => /docket|electron|ipc/i.test(name))).toEqual([]);
});
