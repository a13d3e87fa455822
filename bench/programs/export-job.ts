// A job of years as a PDF, as a person's device makes it: `node export-job.ts FOLDER ENTRIES PHOTOS RUNS`

import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { type BlobStore, openBlobStore } from '../../electron/core/attachments/blob-store.ts';
import { addBlob } from '../../electron/core/attachments/blobs.ts';
import { FilePace } from '../../electron/core/attachments/file-pace.ts';
import { makeExport } from '../../electron/core/api/make-export.ts';
import { AppError } from '../../electron/core/errors.ts';
import { openMirror } from '../../electron/core/mirror/database.ts';
import { readerOf } from '../../electron/core/mirror/reading.ts';
import { putRecord } from '../../electron/core/mirror/records.ts';
import type { ServerClient } from '../../electron/core/session/server-client.ts';
import { nodeHost } from '../../electron/loopback/node-host.ts';
import type { BlobId } from '../../sync-server/protocol/ids.ts';
import type { KindedRecord } from '../../sync-server/protocol/records.ts';
import {
  aCustomer,
  aJob,
  aMember,
  anAttachment,
  anEntry,
  aPipeline,
  aWorkspace,
  BUILT_AT,
  nextId,
  renditionsOfNothing,
} from '../../test/support/builders.ts';
import type { ExportedJob } from '../support/measurements.ts';

const [folder = '', entries = '10000', photos = '500', runs = '3'] = process.argv.slice(2);
const host = nodeHost(folder);
const mirror = openMirror(join(folder, 'docket.sqlite'));
const blobs = await openBlobStore(join(folder, 'blobs'), nextId);
const member = aMember();
const workspace = aWorkspace();
const customer = aCustomer();
const pipeline = aPipeline();
const stageId = pipeline.stages[0]?.id;
if (stageId === undefined) throw new Error('A pipeline has stages.');
const job = aJob({ customerId: customer.id, pipelineId: pipeline.id, stageId });
await fill();

const measured: Record<keyof ExportedJob, number[]> = {
  fullMs: [],
  customerMs: [],
  longestDelayMs: [],
  peakRssMb: [],
  fullMb: [],
};
const delay = monitorEventLoopDelay({ resolution: 1 });
for (let run = 0; run < Number(runs); run += 1) {
  delay.reset();
  delay.enable();
  const watch = watchRss();
  const full = await timed('full', run);
  measured.fullMs.push(full.ms);
  measured.fullMb.push(full.sizeBytes / 1e6);
  measured.customerMs.push((await timed('customer', run)).ms);
  delay.disable();
  measured.longestDelayMs.push(delay.max / 1e6);
  measured.peakRssMb.push(watch.stop() / 1e6);
}
mirror.close();
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));

async function timed(copy: 'full' | 'customer', run: number) {
  const out = join(folder, `out-${copy}-${run}`);
  await mkdir(out);
  const startMs = performance.now();
  const { pdfPath } = await makeExport(
    {
      mirror,
      blobs,
      host,
      account: { workspace },
      server: {
        getBlob: () => Promise.reject(new AppError('server-unreachable')),
      } as unknown as ServerClient,
      pace: new FilePace({ clock: host.clock, limitKbits: () => null, isSyncing: () => false }),
      now: () => BUILT_AT,
      reader: () => readerOf(mirror, member.id),
    },
    { jobId: job.id, copy, format: 'pdf', timeZone: 'Europe/Berlin' },
    { folder: out, signal: new AbortController().signal, onStep: () => undefined },
  );
  return { ms: performance.now() - startMs, sizeBytes: (await stat(pdfPath)).size };
}

/** Of the whole process, its threads with it. */
function watchRss() {
  let peak = 0;
  let cancel = () => {};
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
    cancel = host.clock.after(20, look);
  };
  look();
  return {
    stop: () => {
      cancel();
      return peak;
    },
  };
}

async function fill(): Promise<void> {
  const { records, files } = await feed();
  mirror.transact((writable) => {
    for (const [index, { kind, record }] of records.entries()) {
      const stamp = { version: index + 1, position: index + 1, generation: 0 };
      putRecord(writable, kind, record as never, stamp);
    }
    for (const { id, sizeBytes } of files)
      addBlob(
        writable,
        { id, mediaType: 'image/jpeg', sizeBytes },
        { addedAt: BUILT_AT, uploadedAt: BUILT_AT },
      );
  });
}

/** Half of it for the customer, every twentieth with a photo and its preview. */
async function feed() {
  const records: KindedRecord[] = [
    { kind: 'workspace', record: workspace },
    { kind: 'member', record: member },
    { kind: 'customer', record: customer },
    { kind: 'pipeline', record: pipeline },
    { kind: 'job', record: job },
  ];
  const files: { readonly id: BlobId; readonly sizeBytes: number }[] = [];
  const preview = await aPreview();
  const author = { kind: 'member', memberId: member.id } as const;
  for (let index = 0; index < Number(entries); index += 1) {
    const audience = index % 2 === 0 ? 'visible' : 'internal';
    const at = new Date(Date.parse(BUILT_AT) + index * 600_000).toISOString();
    const entry = anEntry({
      jobId: job.id,
      author,
      audience,
      writtenAt: at,
      arrivedAt: at,
      text: `Entry ${index}: the part arrives on Thursday, and the left side is on us. `.repeat(3),
    });
    const isPhoto = index % Math.ceil(Number(entries) / Number(photos)) === 0;
    const attachments = isPhoto ? [await aPhotoOf(entry.id, audience)] : [];
    records.push({
      kind: 'entry',
      record: { ...entry, attachmentIds: attachments.map(({ id }) => id) },
    });
    for (const record of attachments) records.push({ kind: 'attachment', record });
  }
  return { records, files };

  async function aPhotoOf(
    entryId: ReturnType<typeof anEntry>['id'],
    audience: 'visible' | 'internal',
  ) {
    const bytes = Buffer.concat([preview, randomBytes(16)]);
    const id = await take(blobs, bytes);
    files.push({ id, sizeBytes: bytes.length });
    return anAttachment({
      jobId: job.id,
      entryId,
      author,
      audience,
      blobId: id,
      renditions: { ...renditionsOfNothing, preview: id, withoutLocation: id },
    });
  }
}

/** 1,600 by 1,200 pixels of light and grain. */
function aPreview(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 18 } as const;
  return sharp({ create: { width: 1600, height: 1200, channels: 3, background: 'grey', noise } })
    .blur(1.2)
    .jpeg({ quality: 82 })
    .toBuffer();
}

async function take(store: BlobStore, bytes: Buffer): Promise<BlobId> {
  const taken = await store.take(
    (async function* () {
      yield bytes;
    })(),
    () => Promise.resolve(true),
  );
  if (taken.kind !== 'kept') throw new Error('A photo is kept.');
  return taken.blobId;
}
