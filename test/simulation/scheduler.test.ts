import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { withInstantDisk } from './instant-disk.ts';
import { Scheduler } from './scheduler.ts';

test('[S3] the clock stands still while a disk works, also where nobody waits for it', async () => {
  const scheduler = new Scheduler(new Chance(1), 0);
  let readAtMs: number | undefined;
  const read = async () => {
    await readFile(import.meta.filename);
    readAtMs = scheduler.nowMs;
  };
  scheduler.after(5, () => void read());
  scheduler.after(6, () => undefined);
  await withInstantDisk(
    () => scheduler.nowMs,
    async () => {
      while (await scheduler.step());
    },
  );
  expect(readAtMs).toBe(5);
});
