import { MessageChannel } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { portTransport } from '../../renderer/port-transport.ts';

/** A window as far as the transport knows one. */
function aWindow() {
  const view = new EventTarget();
  const posted: unknown[] = [];
  Object.assign(view, {
    location: { origin: 'app://docket' },
    postMessage: (message: unknown) => posted.push(message),
  });
  const hand = (data: unknown, source: unknown = view) => {
    const { port1, port2 } = new MessageChannel();
    view.dispatchEvent(Object.assign(new Event('message'), { data, source, ports: [port1] }));
    return port2;
  };
  return { view: view as unknown as Window, posted, hand };
}

const events = () => ({ opened: vi.fn(), closed: vi.fn(), received: vi.fn() });

test('it asks for its port and talks over it', async () => {
  const { view, posted, hand } = aWindow();
  const heard = events();
  const transport = portTransport(view);
  transport.start(heard);
  expect(posted).toEqual([{ docket: 'ready' }]);
  const core = hand({ docket: 'port' });
  expect(heard.opened).toHaveBeenCalledTimes(1);
  const messages: unknown[] = [];
  core.on('message', (message) => messages.push(message));
  transport.send({ kind: 'unwatch', id: 3 });
  core.postMessage({ kind: 'answer', id: 3, value: 1 });
  await vi.waitFor(() => expect(messages).toEqual([{ kind: 'unwatch', id: 3 }]));
  await vi.waitFor(() =>
    expect(heard.received).toHaveBeenCalledWith({ kind: 'answer', id: 3, value: 1 }),
  );
  core.close();
});

test('a port from anyone but this window, or under another name, is not taken', () => {
  const { view, hand } = aWindow();
  const heard = events();
  portTransport(view).start(heard);
  hand({ docket: 'port' }, {}).close();
  hand({ other: 'port' }).close();
  expect(heard.opened).not.toHaveBeenCalled();
});

test('a core that was started again takes the old one’s place', () => {
  const { view, hand } = aWindow();
  const heard = events();
  portTransport(view).start(heard);
  hand({ docket: 'port' });
  const second = hand({ docket: 'port' });
  expect(heard.closed).toHaveBeenCalledTimes(1);
  expect(heard.opened).toHaveBeenCalledTimes(2);
  second.close();
});
