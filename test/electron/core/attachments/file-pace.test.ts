// How fast files go, in a time that the test moves. (D7)

import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { FilePace } from '../../../../electron/core/attachments/file-pace.ts';
import { HandClock } from '../../../support/hand-clock.ts';

interface Line {
  readonly clock: HandClock;
  readonly pace: FilePace;
  limitKbits: number | null;
  isSyncing: boolean;
}

function aLine(): Line {
  const clock = new HandClock();
  const line: Line = {
    clock,
    limitKbits: null,
    isSyncing: false,
    pace: new FilePace({
      clock,
      limitKbits: () => line.limitKbits,
      isSyncing: () => line.isSyncing,
    }),
  };
  return line;
}

/** Counts what has come out so far. */
function counted(bytes: AsyncIterable<Uint8Array>) {
  const seen = { bytes: 0, pieces: 0, isOver: false };
  void (async () => {
    for await (const piece of bytes) {
      seen.bytes += piece.byteLength;
      seen.pieces += 1;
    }
    seen.isOver = true;
  })();
  return seen;
}

const file = (sizeBytes: number) =>
  Readable.from(Array.from({ length: sizeBytes / 250_000 }, () => Buffer.alloc(250_000)));

/** Time goes on in small steps, and whatever can happen in each of them happens. */
async function pass(clock: HandClock, spanMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < spanMs; passedMs += 10) {
    clock.pass(10);
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  }
}

test('(D7) without a limit and with nothing to wait for, all goes at once and in one piece each', async () => {
  const { clock, pace } = aLine();
  const sent = counted(pace.upload(file(1_000_000)));
  await pass(clock, 10);
  expect(sent).toEqual({ bytes: 1_000_000, pieces: 4, isOver: true });
});

test('(D7) two files on their way up and down together keep under the limit, and reach it', async () => {
  const line = aLine();
  line.limitKbits = 2_000;
  const [up, down] = [
    counted(line.pace.upload(file(1_000_000))),
    counted(line.pace.download(file(1_000_000))),
  ];
  await pass(line.clock, 4_000);
  // 250 kB a second, and at most a piece of each ahead.
  expect(up.bytes + down.bytes).toBeLessThanOrEqual(1_000_000 + 100_000);
  expect(up.bytes + down.bytes).toBeGreaterThan(900_000);
  expect(Math.abs(up.bytes - down.bytes)).toBeLessThan(100_000);
});

test('(D7) an upload stands back while records are on their way, and goes on as soon as they are through', async () => {
  const line = aLine();
  line.isSyncing = true;
  const sent = counted(line.pace.upload(file(1_000_000)));
  await pass(line.clock, 1_500);
  expect(sent.bytes).toBe(0);
  line.isSyncing = false;
  await pass(line.clock, 100);
  expect(sent.isOver).toBe(true);
});

test('(D7) a sync that takes minutes lets a piece through now and then, so that no upload is given up', async () => {
  const line = aLine();
  line.isSyncing = true;
  const sent = counted(line.pace.upload(file(1_000_000)));
  await pass(line.clock, 4_500);
  expect(sent.bytes).toBe(500_000);
});

test('(D7) what a person waits for does not stand back', async () => {
  const line = aLine();
  line.isSyncing = true;
  const fetched = counted(line.pace.download(file(1_000_000)));
  await pass(line.clock, 10);
  expect(fetched.isOver).toBe(true);
});

test('(D7) a limit that is taken away holds nothing any more; a clock that is put back holds nothing for long', async () => {
  const line = aLine();
  line.limitKbits = 500;
  const sent = counted(line.pace.upload(file(1_000_000)));
  await pass(line.clock, 1_000);
  line.clock.jump(-3_600_000);
  const before = sent.bytes;
  await pass(line.clock, 2_500);
  expect(sent.bytes).toBeGreaterThan(before);
  line.limitKbits = null;
  await pass(line.clock, 3_000);
  expect(sent.isOver).toBe(true);
});
