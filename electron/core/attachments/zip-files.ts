// Files of a job as one zip: what is missing is fetched first, then everything streams, so no zip ever lies in memory. (D9)

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { REDACTED_BLOB_ID } from '../../../sync-server/protocol/blobs.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment, Renditions } from '../../../sync-server/protocol/entries.ts';
import type { ZipWish } from '../api/files-contract.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import type { BlobStore } from './blob-store.ts';
import { keepBlob, type OpenAttachmentParts, type OpenedFile } from './open-attachment.ts';
import { renditionsOf } from './renditions.ts';
import { zipNames } from './zip-names.ts';

/** What goes into a zip; its bytes are on this disk. */
export interface ZipPlan {
  readonly name: string;
  /** Beside the files, where there is something to say. */
  readonly texts?: readonly { readonly name: string; readonly text: string }[];
  /** Made on this disk for it, before the files. */
  readonly laid?: readonly { readonly name: string; readonly path: string }[];
  /** Where in the zip the files lie; beside everything else where it says nothing. */
  readonly folder?: string;
  /** What each thing in it says of its time; absent is when the zip is read. */
  readonly madeAt?: Date;
  readonly files: readonly { readonly name: string; readonly blobId: BlobId }[];
  readonly missing: readonly string[];
}

/** So many are fetched at once. */
const FETCHED_AT_ONCE = 4;

export async function planZip(
  parts: OpenAttachmentParts,
  { jobId, attachmentIds, copy }: ZipWish,
): Promise<ZipPlan> {
  const wanted = attachmentIds.flatMap((id) => {
    const file = findRecord(parts.mirror, 'attachment', id);
    return file?.jobId === jobId && isInCopy(file, copy) ? [file] : [];
  });
  const found = new Array<{ name: string; blobId: BlobId } | undefined>(wanted.length);
  const missing: string[] = [];
  const todo = wanted.entries();
  const fetchSome = async () => {
    for (const [index, file] of todo) {
      const blobId = bytesInCopy(file, renditionsOf(parts.mirror, file), copy);
      if (blobId !== undefined && (await isHere(parts, { ...file, blobId })))
        found[index] = { name: file.name, blobId };
      else missing.push(file.name);
    }
  };
  await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchSome));
  const job = findRecord(parts.mirror, 'job', jobId);
  const what = copy === 'customer' ? 'customer copy' : 'files';
  return {
    name: `${[job?.reference ?? '', job?.title ?? ''].join(' ').trim()}, ${what}.zip`,
    files: found.filter((file) => file !== undefined),
    missing,
  };
}

/** What was removed has no bytes; what the customer cannot see is in no copy for them. [V1] */
function isInCopy(file: Attachment, copy: ZipWish['copy']): boolean {
  if (file.blobId === REDACTED_BLOB_ID) return false;
  return copy === 'full' || (file.audience === 'visible' && file.withdrawn === undefined);
}

/**
 * The bytes of a file in a copy; undefined where none may be in it. A picture whose place nobody could take out, or that
 * nobody has looked into, is in no copy for the customer, as it is in no download of theirs. (D6)
 */
export function bytesInCopy(
  file: Attachment,
  made: Renditions | undefined,
  copy: ZipWish['copy'],
): BlobId | undefined {
  const isAsItIs = copy === 'full' || file.keepsLocation === true;
  if (isAsItIs || !file.mediaType.startsWith('image/')) return file.blobId;
  const without = made?.withoutLocation ?? undefined;
  // What the customer sent is theirs in any case.
  return without ?? (file.author.kind === 'customer' ? file.blobId : undefined);
}

async function isHere(parts: OpenAttachmentParts, file: Attachment): Promise<boolean> {
  try {
    await keepBlob(parts, file);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Nothing is compressed: photos and PDFs are already, and so the size is known before the first byte. */
export async function openZip(blobs: BlobStore, plan: ZipPlan): Promise<OpenedFile> {
  const zip = new ZipFile();
  const { texts = [], laid = [], folder } = plan;
  const options = { compress: false, ...(plan.madeAt && { mtime: plan.madeAt }) };
  const beside = [...texts, ...laid].map(({ name }) => name);
  const names = plan.files.map(({ name }) => name);
  const inZip =
    folder === undefined
      ? zipNames([...beside, ...names])
      : [...zipNames(beside), ...namesInFolder(folder, names)];
  const laidBytes = await Promise.all(laid.map(sizeOfLaid));
  const fileBytes = await Promise.all(plan.files.map((file) => sizeOfFile(blobs, file)));
  const reading = new OneAtATime();
  for (const [index, { name, text }] of texts.entries())
    zip.addBuffer(Buffer.from(text), inZip[index] ?? name, options);
  for (const [index, { path, name }] of laid.entries())
    zip.addReadStreamLazy(
      inZip[texts.length + index] ?? name,
      { ...options, size: laidBytes[index] ?? 0 },
      reading.from(() => createReadStream(path)),
    );
  for (const [index, { blobId, name }] of plan.files.entries())
    zip.addReadStreamLazy(
      inZip[beside.length + index] ?? name,
      { ...options, size: fileBytes[index] ?? 0 },
      reading.from(() => blobs.read(blobId)),
    );
  const sizeBytes = await new Promise<number>((resolve) => {
    // The types leave out what it is called with.
    const tell = (total?: number) => resolve(total ?? 0);
    zip.end({ forceZip64Format: false, comment: '' }, tell);
  });
  const bytes = Readable.from(zip.outputStream as Readable);
  bytes.once('close', () => reading.end());
  // A file that goes away in the middle breaks the download off instead of ending it as if it were whole.
  zip.on('error', (error: Error) => bytes.destroy(error));
  return { name: plan.name, mediaType: 'application/zip', sizeBytes, bytes };
}

/** "Files/a.pdf": each of them where `openZip` puts it. */
export function namesInFolder(folder: string, names: readonly string[]): string[] {
  return zipNames(names).map((name) => `${folder}/${name}`);
}

async function sizeOfLaid({ path }: { readonly path: string }): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw new AppError('not-there', { cause, sentence: 'This zip is gone. Make it again.' });
  }
}

async function sizeOfFile(
  blobs: BlobStore,
  { blobId, name }: ZipPlan['files'][number],
): Promise<number> {
  const size = await blobs.sizeOf(blobId);
  if (size === undefined)
    throw new AppError('blob-missing', {
      sentence: `“${name}” is not on this device any more. Make the zip again.`,
    });
  return size;
}

/** The file that is read just now: who stops in the middle of a zip leaves none open. */
class OneAtATime {
  #open: Readable | undefined;
  #isOver = false;

  from(open: () => Readable) {
    return (give: (error: null, bytes: Readable) => void) => {
      this.#open = open();
      if (this.#isOver) this.#open.destroy();
      give(null, this.#open);
    };
  }

  end(): void {
    this.#isOver = true;
    this.#open?.destroy();
  }
}

/** Zips that were asked for and not fetched yet; the newest few. */
export class ZipShelf {
  readonly #plans = new Map<string, ZipPlan>();

  put(id: string, plan: ZipPlan): void {
    this.#plans.set(id, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > 20 && oldest !== undefined) this.#plans.delete(oldest);
  }

  /** @throws AppError `not-there` */
  plan(id: string): ZipPlan {
    const plan = this.#plans.get(id);
    if (plan === undefined)
      throw new AppError('not-there', { sentence: 'This zip is gone. Make it again.' });
    return plan;
  }
}
