// HEIC photos from the choice to the preview, beside Debian's heif-convert: `node show-photos.ts FOLDER SERVER EMAIL PHOTO COUNT`

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { BlobId } from '../../sync-server/protocol/ids.ts';
import { openBenchDesk } from '../support/bench-desk.ts';
import type { ShownPhotos } from '../support/measurements.ts';

const PATIENCE_MS = 600_000;
const AT_ONCE = 10;
const run = promisify(execFile);
const [folder = '', server = '', email = '', photo = '', count = '3'] = process.argv.slice(2);

const desk = await openBenchDesk(folder, { server, email });
await desk.window.until('sync', {}, ({ kind }) => kind === 'up-to-date', PATIENCE_MS);

const measured: Record<keyof ShownPhotos, number[]> = {
  previewMs: [],
  convertMs: [],
  tenMs: [],
  tenConvertMs: [],
  longestDelayMs: [],
  peakRssMb: [],
};
const delay = monitorEventLoopDelay({ resolution: 1 });
for (let round = 0; round < Number(count); round += 1) {
  const paths = await Promise.all(Array.from({ length: AT_ONCE }, aPhoto));
  delay.reset();
  delay.enable();
  measured.tenMs.push(await timed(() => Promise.all(paths.map(addAndShow))));
  delay.disable();
  measured.longestDelayMs.push(delay.max / 1e6);
  measured.peakRssMb.push(process.resourceUsage().maxRSS / 1000);
  measured.tenConvertMs.push(await timed(() => Promise.all([inTurn(0), inTurn(1)])));

  const one = await aPhoto();
  measured.previewMs.push(await timed(() => addAndShow(one)));
  measured.convertMs.push(await timed(() => convert(one)));

  async function inTurn(first: number): Promise<void> {
    for (const path of paths.filter((_, index) => index % 2 === first)) await convert(path);
  }
}
await desk.core.close();
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));

/** The photo with a box behind it that means nothing: never the same bytes twice. */
async function aPhoto(): Promise<string> {
  const id = randomBytes(16);
  const path = join(folder, `${id.toString('hex')}.heic`);
  await copyFile(photo, path);
  await appendFile(path, Buffer.concat([Buffer.from('\0\0\0\x18free', 'latin1'), id]));
  return path;
}

async function addAndShow(path: string): Promise<void> {
  const added = await desk.core.addFile('photo.heic', createReadStream(path));
  if (added.kind !== 'added') throw new Error(added.sentence);
  await shown(added.blobId);
}

async function shown(blobId: BlobId): Promise<void> {
  await desk.window.until(
    'files.pictures',
    { blobIds: [blobId] },
    ([file]) => file?.previewUrl != null,
    PATIENCE_MS,
  );
}

async function convert(path: string): Promise<void> {
  await run('heif-convert', ['-q', '90', path, `${path}.jpg`]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
