// npm run bench -- files: what adding and sending a file costs against the least that could be done with it, in the same run.

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import { startProgram } from '../test/support/program.ts';
import { makeTempDir, removeTempDir } from '../test/support/temp-dir.ts';
import { prepareOffice } from './support/bench-office.ts';
import type { MovedFiles, ShownPhotos } from './support/measurements.ts';
import { compare, type Measured, printReport } from './support/results.ts';
import { runDesk } from './support/run-program.ts';

const run = promisify(execFile);
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
/** The most a core may take with ten photos in its threads, and the longest it may leave a window without an answer. */
const PEAK_RSS_MB = 500;
const LOOP_DELAY_MS = 50;

const folder = await makeTempDir();
try {
  printReport('files', [...(await movedFiles(values.runs)), ...(await shownPhotos('3'))]);
} finally {
  await removeTempDir(folder);
}

async function movedFiles(runs: string): Promise<Measured[]> {
  const office = await prepareOffice(join(folder, 'office'), { jobs: 2, entries: 20 });
  const server = await office.startServer(join(folder, 'server'));
  const [bareFolder, deskFolder] = [join(folder, 'bare'), join(folder, 'desk')];
  await mkdir(bareFolder);
  const bare = await startProgram('bench/programs/bare-put.ts', [bareFolder], {});
  const args = [deskFolder, server.url, office.emails[0] ?? '', bare.url, runs];
  const moved = await runDesk<MovedFiles>('bench/programs/move-files.ts', args);
  await Promise.all([server.stop(), bare.stop()]);
  return [
    compare(
      { name: 'add 25 MB', unit: 'ms', against: 'cp and sha256sum of the same file' },
      moved.addMs,
      moved.copyMs,
    ),
    compare(
      { name: 'upload 25 MB', unit: 'ms', against: 'a streamed PUT to a bare server' },
      moved.uploadMs,
      moved.plainPutMs,
    ),
  ];
}

/** Where Debian's HEIC tools are installed; elsewhere there is nothing to compare with. */
async function shownPhotos(runs: string): Promise<Measured[]> {
  const photo = await aPhoto();
  if (photo === undefined) {
    process.stdout.write('HEIC photos are not measured: heif-enc and heif-convert are not here.\n');
    return [];
  }
  const office = await prepareOffice(join(folder, 'photo-office'), { jobs: 2, entries: 20 });
  const server = await office.startServer(join(folder, 'photo-server'));
  const args = [join(folder, 'photo-desk'), server.url, office.emails[0] ?? '', photo, runs];
  const shown = await runDesk<ShownPhotos>('bench/programs/show-photos.ts', args);
  await server.stop();
  const convert = { unit: 'ms', against: 'heif-convert of the same photo' };
  const limits = (limit: number, of: readonly number[]) => of.map(() => limit);
  return [
    compare({ name: 'HEIC of 12 MP to preview', ...convert }, shown.previewMs, shown.convertMs),
    compare(
      { name: 'ten HEICs at once', unit: 'ms', against: 'heif-convert, two at a time' },
      shown.tenMs,
      shown.tenConvertMs,
    ),
    compare(
      { name: 'ten HEICs, peak RSS', unit: 'MB', against: 'the limit' },
      shown.peakRssMb,
      limits(PEAK_RSS_MB, shown.peakRssMb),
    ),
    compare(
      { name: 'ten HEICs, longest loop delay', unit: 'ms', against: 'the limit' },
      shown.longestDelayMs,
      limits(LOOP_DELAY_MS, shown.longestDelayMs),
    ),
  ];
}

/** 4,032 by 3,024 pixels of light and grain, as a phone would keep them. */
async function aPhoto(): Promise<string | undefined> {
  const [width, height] = [4032, 3024];
  const jpeg = join(folder, 'photo.jpg');
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const light = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><linearGradient id="l" x2="1" y2="1"><stop stop-color="#24466c"/><stop offset="1" stop-color="#e2b34a"/></linearGradient><rect width="100%" height="100%" fill="url(#l)"/></svg>`;
  await sharp({ create: { width, height, channels: 3, background: 'grey', noise } })
    .composite([{ input: Buffer.from(light), blend: 'overlay' }])
    .jpeg({ quality: 92 })
    .toFile(jpeg);
  try {
    await run('heif-enc', ['-q', '60', jpeg, '-o', join(folder, 'photo.heic')]);
    return join(folder, 'photo.heic');
  } catch {
    return undefined;
  }
}
