import { expect, test, vi } from 'vitest';
import type { FromCore, ToCore } from '../../electron/core/api/contract.ts';
import { type Bridge, createBridge, type TransportEvents } from '../../renderer/bridge.ts';

/** A line in the test's hands: it opens, closes and answers when the test says so. */
function aLine() {
  const sent: ToCore[] = [];
  let events: TransportEvents | undefined;
  const bridge: Bridge = createBridge(
    {
      start: (given) => {
        events = given;
      },
      send: (message) => sent.push(message),
    },
    () => Promise.reject(new Error('No files here.')),
  );
  return {
    bridge,
    sent,
    open: () => events!.opened(),
    close: () => events!.closed(),
    answer: (message: FromCore) => events!.received(message),
  };
}

const update = (value: unknown, id: number): FromCore => ({ kind: 'update', id, value });

test('a request waits for the line and is sent once it is open', async () => {
  const line = aLine();
  const asked = line.bridge.request('sync.now', {});
  expect(line.sent).toEqual([]);
  line.open();
  expect(line.sent).toEqual([{ kind: 'request', id: 1, name: 'sync.now', args: {} }]);
  line.answer({ kind: 'answer', id: 1, value: {} });
  await expect(asked).resolves.toEqual({});
});

test('a refused request fails with the core’s sentence', async () => {
  const line = aLine();
  line.open();
  const asked = line.bridge.request('sync.now', {});
  line.answer({ kind: 'failed', id: 1, error: 'server-unreachable', sentence: 'No network.' });
  await expect(asked).rejects.toMatchObject({ code: 'server-unreachable', message: 'No network.' });
});

test('a request whose answer is lost fails, because the core may have done it; it is not sent twice', async () => {
  const line = aLine();
  line.open();
  const asked = line.bridge.request('sync.now', {});
  line.close();
  await expect(asked).rejects.toMatchObject({ code: 'core-lost' });
  line.open();
  expect(line.sent).toHaveLength(1);
});

test('a watch goes on after a lost connection', () => {
  const line = aLine();
  const watcher = { update: vi.fn(), failed: vi.fn() };
  line.bridge.watch('sync', {}, watcher);
  line.open();
  line.answer(update('first', 1));
  line.close();
  line.open();
  line.answer(update('second', 1));
  expect(line.sent).toEqual([
    { kind: 'watch', id: 1, name: 'sync', args: {} },
    { kind: 'watch', id: 1, name: 'sync', args: {} },
  ]);
  expect(watcher.update.mock.calls).toEqual([['first'], ['second']]);
});

test('a watch that failed is told, and hears the next update all the same', () => {
  const line = aLine();
  const watcher = { update: vi.fn(), failed: vi.fn() };
  line.open();
  line.bridge.watch('sync', {}, watcher);
  line.answer({ kind: 'failed', id: 1, error: 'broken', sentence: 'It broke.' });
  line.answer(update('well again', 1));
  expect(watcher.failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'It broke.' }));
  expect(watcher.update).toHaveBeenCalledWith('well again');
});

test('a stopped watch hears nothing more, also after a reconnect', () => {
  const line = aLine();
  const watcher = { update: vi.fn(), failed: vi.fn() };
  line.open();
  const stop = line.bridge.watch('sync', {}, watcher);
  stop();
  line.answer(update('late', 1));
  line.close();
  line.open();
  expect(line.sent.map(({ kind }) => kind)).toEqual(['watch', 'unwatch']);
  expect(watcher.update).not.toHaveBeenCalled();
});

test('whether the core is there is told to who asked', () => {
  const line = aLine();
  const listener = vi.fn();
  const stop = line.bridge.onConnectedChange(listener);
  line.open();
  expect(line.bridge.connected).toBe(true);
  line.close();
  expect(line.bridge.connected).toBe(false);
  stop();
  line.open();
  expect(listener).toHaveBeenCalledTimes(2);
});
