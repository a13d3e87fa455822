import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { listen } from '../../../../electron/core/sync/live.ts';
import { HandClock } from '../../../support/hand-clock.ts';

test('[L4] [P7] a heartbeat says that the server is heard; what comes out of a line when a computer wakes does not', async () => {
  const clock = new HandClock();
  const stream = new PassThrough();
  let heard = 0;
  const ended = listen(stream, clock, {
    onHeard: () => {
      heard += 1;
    },
    onPoke: () => undefined,
    onPresence: () => undefined,
  });
  const beat = async () => {
    const arrived = once(stream, 'data');
    stream.write(': still here\n\n');
    await arrived;
  };
  clock.pass(20_000);
  await beat();
  expect(heard).toBe(1);
  // It sleeps: the time goes on, and its waits do not.
  clock.jump(14 * 3_600_000);
  await beat();
  expect(heard).toBe(1);
  clock.pass(20_000);
  await beat();
  expect(heard).toBe(2);
  stream.destroy();
  await ended;
});
