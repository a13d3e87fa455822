// 500 damaged files through sniffing, pictures and text, in the threads they are looked at in. Each has a seed; one that ever
// fails is named here and stays.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { sniff } from '../../../../electron/core/attachments/add-file.ts';
import type { FileJob } from '../../../../electron/core/attachments/file-jobs.ts';
import {
  type JobResult,
  openFilePool,
  POOL_LIMITS,
} from '../../../../electron/core/attachments/file-pool.ts';
import { systemClock } from '../../../../electron/loopback/node-host.ts';
import { isPictured, MEDIA_TYPES } from '../../../../sync-server/protocol/blobs.ts';
import { letter, type Make, skiaPdf, supportFile, workbook } from '../../../support/corpus.ts';
import { seededBytes } from '../../../support/fake-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const CASES = 500;
/** Of this whole process, test runner and all; ten times what the files need. */
const MEMORY_BYTES = 1.5 * 1024 ** 3;
const program = fileURLToPath(
  new URL('../../../../electron/core/attachments/worker/file-worker.ts', import.meta.url),
);

const SOUND: readonly Make[] = [
  supportFile('corners.heic'),
  supportFile('turned-p3.heic'),
  supportFile('corners.jpg'),
  skiaPdf,
  workbook,
  letter,
];

/** One damage of five kinds, by a seed. */
function damaged(sound: Uint8Array, seed: number): Buffer {
  const random = seededBytes(seed);
  const number = (below: number) =>
    Buffer.from(random(4)).readUInt32LE() % Math.max(1, Math.trunc(below));
  const bytes = Buffer.from(sound);
  const [at, length] = [number(bytes.length), 1 + number(64)];
  switch (number(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      for (let flips = 1 + number(32); flips > 0; flips -= 1) {
        const place = number(bytes.length);
        bytes[place]! ^= 1 << number(8);
      }
      return bytes;
    case 2:
      return bytes.fill(number(256), at, Math.min(at + length, bytes.length));
    case 3:
      return Buffer.concat([bytes.subarray(0, at), random(length), bytes.subarray(at)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  }
}

test(`(D2, D5, G2) ${CASES} damaged files: an answer to each, none of them a crash or a hang, in bounded memory`, async () => {
  const folder = await tempDir();
  const broke: string[] = [];
  const pool = openFilePool({
    clock: systemClock,
    log: ({ details }) => void broke.push(String(details?.['error'])),
    program,
  });
  onTestFinished(() => pool.close());
  const sound = await Promise.all(SOUND.map(async (make) => make()));
  const tally = { refused: 0, shown: 0, said: 0, read: 0 };
  let peak = 0;

  const look = async (seed: number) => {
    const bytes = damaged(sound[seed % sound.length]!, seed);
    const path = join(folder, String(seed));
    await writeFile(path, bytes);
    const { mediaType } = await sniff(path);
    if (mediaType === undefined) {
      tally.refused += 1;
      return;
    }
    expect(Object.keys(MEDIA_TYPES)).toContain(mediaType);
    const kinds = isPictured(mediaType) ? (['pictures', 'text'] as const) : (['text'] as const);
    for (const kind of kinds) {
      const result = await pool.run({ kind, path, mediaType } satisfies FileJob);
      expectAnswer(seed, result);
      if (result.kind !== 'found') continue;
      if (result.findings.kind === 'text') tally.read += 1;
      else if (result.findings.problem === null) tally.shown += 1;
      else tally.said += 1;
    }
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const seeds = Array.from({ length: CASES }, (_one, index) => index + 1);
  const inTurn = async () => {
    for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) await look(seed);
  };
  await Promise.all(Array.from({ length: POOL_LIMITS.threads }, inTurn));

  expect(peak).toBeLessThan(MEMORY_BYTES);
  // The seeds meet every kind of answer.
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(20);
  process.stdout.write(
    `${CASES} damaged files: ${JSON.stringify(tally)}, ${broke.length} threads given up, peak ${Math.round(peak / 1e6)} MB\n`,
  );
}, 600_000);

/** A picture, or a reason; a thread that had to be given up is a reason, too. */
function expectAnswer(seed: number, result: JobResult): void {
  if (result.kind === 'failed') expect([seed, result.reason]).toEqual([seed, 'broke']);
  else expect(result.kind).toBe('found');
  if (result.kind !== 'found' || result.findings.kind !== 'pictures') return;
  const { problem, preview, thumbnail } = result.findings;
  const isShown = preview !== null && thumbnail !== null;
  expect([seed, problem === null]).toEqual([seed, isShown]);
}

test('(D5) a HEIC cut anywhere before its picture ends is never shown as if it were whole', async () => {
  const folder = await tempDir();
  const pool = openFilePool({ clock: systemClock, log: () => undefined, program });
  onTestFinished(() => pool.close());
  const whole = Buffer.from(await supportFile('corners.heic')());
  for (let length = 40; length < whole.length; length += 61) {
    const path = join(folder, String(length));
    await writeFile(path, whole.subarray(0, length));
    const result = await pool.run({ kind: 'pictures', path, mediaType: 'image/heic' });
    expect(result).toMatchObject({
      kind: 'found',
      findings: { preview: null, problem: expect.stringMatching(/cut-short|damaged/) },
    });
  }
}, 120_000);
