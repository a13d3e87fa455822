import { expect, test, vi } from 'vitest';
import type { ToCore } from '../../../electron/core/api/contract.ts';
import { CoreLine, NotAnswered } from '../../../electron/shell/core-line.ts';
import { MessageChannelMain, type MessagePortMain } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

/** A line whose other end a test holds, anew after each restart of the core. */
function aLine() {
  const ends: MessagePortMain[] = [];
  const heard: ToCore[] = [];
  const line = new CoreLine(() => {
    const { port1, port2 } = new MessageChannelMain();
    port1.on('message', ({ data }) => heard.push(data as ToCore));
    port1.start();
    ends.push(port1);
    return port2;
  });
  return { line, heard, say: (message: unknown) => ends.at(-1)!.postMessage(message) };
}

test('what is watched is told with each change, and that it cannot be answered', async () => {
  const { line, heard, say } = aLine();
  const told: unknown[] = [];
  line.watch('notices', {}, (state) => told.push(state));
  await vi.waitFor(() =>
    expect(heard).toEqual([{ kind: 'watch', id: 1, name: 'notices', args: {} }]),
  );
  const state = { count: 1, fresh: 0, jobIds: [] };
  say({ kind: 'update', id: 1, value: state });
  say({ kind: 'failed', id: 1, error: 'signed-out', sentence: 'Sign in first.' });
  await vi.waitFor(() => expect(told).toEqual([state, undefined]));
});

test('a request is answered, or refused with its sentence', async () => {
  const { line, say } = aLine();
  const paused = line.request('notices.pause', { until: null });
  const refused = line.request('notices.take', {});
  say({ kind: 'answer', id: 1, value: {} });
  say({ kind: 'failed', id: 2, error: 'signed-out', sentence: 'Sign in first.' });
  expect(await paused).toEqual({});
  await expect(refused).rejects.toEqual(new NotAnswered('Sign in first.'));
});

test('after a restart of the core watches go on, and what was asked is answered as lost', async () => {
  const { line, heard, say } = aLine();
  const told: unknown[] = [];
  line.watch('notices', {}, (state) => told.push(state));
  const asked = line.request('notices.take', {});
  line.renew();
  await expect(asked).rejects.toThrow('stopped before it answered');
  await vi.waitFor(() => expect(heard.filter(({ kind }) => kind === 'watch')).toHaveLength(2));
  say({ kind: 'update', id: 1, value: 'again' });
  await vi.waitFor(() => expect(told).toEqual(['again']));
});
