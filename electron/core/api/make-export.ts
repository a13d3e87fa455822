// One export from its wish to a file on this disk: files fetched, pages printed, the activity written, with a word on each step
// and an ear for who cancels. (G4)

import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as laterOn } from 'node:timers/promises';
import type { Workspace } from '../../../sync-server/protocol/records.ts';
import type { OpenAttachmentParts } from '../attachments/open-attachment.ts';
import { keepBlob } from '../attachments/open-attachment.ts';
import type { ZipPlan } from '../attachments/zip-files.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import { theWorkspace } from '../mirror/people.ts';
import type { Reader } from '../mirror/reading.ts';
import type { PrintBlock, Printed, PrintFile, PrintPicture } from '../printing/print-blocks.ts';
import { PrintThread } from '../printing/print-thread.ts';
import { activityText } from './activity-text.ts';
import { FILES_FOLDER, type LaidFiles, layFiles } from './copy-files.ts';
import { CopyTimes } from './copy-times.ts';
import { aboutFile } from './copy-words.ts';
import { customerCopy, customerSight, type NoSight } from './customer-copy.ts';
import type { ExportWish } from './exports-contract.ts';
import { fullCopy, jobIsGone } from './full-copy.ts';
import { type CopyEntry, type CopyFile, type JobCopy, printFile } from './job-copy.ts';

export interface MakeExportParts extends OpenAttachmentParts {
  readonly host: Pick<Host, 'clock' | 'printProgram'>;
  readonly account: { readonly workspace: Pick<Workspace, 'name'> };
  reader(): Reader;
}

export interface MakeOptions {
  /** Empty, and nobody else's. */
  readonly folder: string;
  readonly signal: AbortSignal;
  onStep(step: { kind: 'fetching' | 'printing'; done: number; total: number }): void;
}

export interface Made {
  readonly pdfPath: string;
  readonly pdfName: string;
  /** Null where only the PDF was wanted. */
  readonly zip: ZipPlan | null;
  readonly printed: Printed;
  readonly missing: readonly string[];
}

/** @throws AppError; what aborted the signal; what the disk said */
export async function makeExport(
  parts: MakeExportParts,
  wish: ExportWish,
  options: MakeOptions,
): Promise<Made> {
  const times = new CopyTimes(wish.timeZone);
  const copy = await decideCopy(parts, wish, times);
  const laying = layFiles(parts, copy.files, {
    withBytes: wish.format === 'zip',
    signal: options.signal,
    onProgress: (done, total) => options.onStep({ kind: 'fetching', done, total }),
  });
  const laid = await orAborted(laying, options.signal);
  const madeAt = parts.now();
  const pdfPath = join(options.folder, 'copy.pdf');
  const printed = await printCopy(parts, { copy, laid, pdfPath, wish, options, madeAt, times });
  const name = nameOf(copy);
  if (wish.format === 'pdf')
    return { pdfPath, pdfName: `${name}.pdf`, zip: null, printed, missing: laid.missing };
  const activityPath = join(options.folder, 'activity.json');
  const text = activityText(copy, { laid, madeAt, signal: options.signal });
  await pipeline(
    Readable.from(text),
    createWriteStream(activityPath, { flags: 'wx', mode: 0o600 }),
    {
      signal: options.signal,
    },
  );
  const zip: ZipPlan = {
    name: `${name}.zip`,
    laid: [
      { name: `${name}.pdf`, path: pdfPath },
      { name: 'activity.json', path: activityPath },
    ],
    folder: FILES_FOLDER,
    files: laid.inZip.map(({ file, blobId }) => ({ name: file.name, blobId })),
    missing: laid.missing,
    madeAt: new Date(madeAt),
  };
  return { pdfPath, pdfName: `${name}.pdf`, zip, printed, missing: laid.missing };
}

async function decideCopy(
  parts: MakeExportParts,
  wish: ExportWish,
  times: CopyTimes,
): Promise<JobCopy> {
  const { mirror, account } = parts;
  const officeName = (theWorkspace(mirror) ?? account.workspace).name;
  if (wish.copy === 'full')
    return fullCopy({ mirror, reader: parts.reader(), officeName, times }, wish.jobId);
  const sight = customerSight(mirror, wish.jobId);
  // Of ten thousand entries either half takes long enough for one turn of the loop.
  await laterOn();
  if (!('why' in sight)) return customerCopy(mirror, sight, { officeName, times });
  if (sight.why === 'no-job') throw jobIsGone();
  throw new AppError('not-there', { sentence: whyNoCustomerCopy(sight.why) });
}

export function whyNoCustomerCopy(why: Exclude<NoSight['why'], 'no-job'>): string {
  switch (why) {
    case 'internal-stage':
      return 'The customer cannot see this job now, because its stage is internal, so there is nothing to copy for them. Move it to a visible stage, or make a full copy.';
    case 'not-sent':
      return 'This job is not with the server yet, so the customer cannot see it. Send it first, or make a full copy.';
    case 'change-not-sent':
      return 'What was changed on this job here is not with the server yet, so the customer cannot see the job. Send it first, or make a full copy.';
  }
}

interface Printing {
  readonly copy: JobCopy;
  readonly laid: LaidFiles;
  readonly pdfPath: string;
  readonly wish: ExportWish;
  readonly options: MakeOptions;
  readonly madeAt: string;
  readonly times: CopyTimes;
}

async function printCopy(parts: MakeExportParts, printing: Printing): Promise<Printed> {
  const { copy, pdfPath, options, madeAt, times } = printing;
  const { printProgram } = parts.host;
  if (printProgram === undefined)
    throw new AppError('not-there', {
      sentence: 'This Docket cannot make PDFs. Update it, then export the job again.',
    });
  const logoPath = await orAborted(logoPathOf(parts), options.signal);
  options.signal.throwIfAborted();
  const thread = new PrintThread(printProgram);
  const leave = () => void thread.leave();
  options.signal.addEventListener('abort', leave);
  try {
    const made = `Made ${times.moment(madeAt)} (${times.zone})`;
    await thread.begin(pdfPath, { ...copy.head, logoPath, made, madeAt });
    await printAll(thread, printing);
    return await thread.end(copy.last);
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', leave);
    await thread.leave();
  }
}

async function printAll(
  thread: PrintThread,
  { copy, laid, options, times, wish }: Printing,
): Promise<void> {
  const files = new Map(copy.files.map((file) => [file.id, file]));
  if (copy.form.length > 0)
    await thread.print([
      { kind: 'heading', words: 'Form' },
      { kind: 'facts', facts: copy.form },
    ]);
  await thread.print([{ kind: 'heading', words: 'Activity' }]);
  if (copy.count === 0) await thread.print([{ kind: 'remark', words: 'Nothing yet.' }]);
  const days = new DayLines(times);
  let done = 0;
  for (const entries of copy.entries()) {
    const blocks = entries.flatMap((entry) => [
      ...days.before(entry),
      entryBlock(entry, files, laid),
    ]);
    await thread.print(blocks);
    done += entries.length;
    options.onStep({ kind: 'printing', done, total: copy.count });
    // The mirror is read on this very thread: between two readings everything else has its turn.
    await laterOn();
    options.signal.throwIfAborted();
  }
  if (copy.files.length === 0) return;
  await thread.print([{ kind: 'heading', words: 'Files' }]);
  for (let first = 0; first < copy.files.length; first += 200)
    await thread.print(
      copy.files.slice(first, first + 200).map((file) => ({
        kind: 'file-row',
        file: printFile(file, `${aboutFile(file)} · ${file.from}`, inZipNote(file, laid, wish)),
      })),
    );
}

function inZipNote(file: CopyFile, laid: LaidFiles, { format }: ExportWish): string | null {
  const isWanted = format === 'zip' && !file.isRemoved;
  return isWanted && !laid.pathInZip.has(file.id) ? 'Not in this zip' : null;
}

/** A line for each day, and one for what may not say when it was: it is of no day that stands above it. */
class DayLines {
  readonly #times: CopyTimes;
  #last: string | undefined;

  constructor(times: CopyTimes) {
    this.#times = times;
  }

  before({ at }: CopyEntry): PrintBlock[] {
    const words = at === null ? 'Without a date' : this.#times.day(at);
    if (words === this.#last) return [];
    this.#last = words;
    return [{ kind: 'day', words }];
  }
}

function entryBlock(
  { print, files: ids }: CopyEntry,
  files: ReadonlyMap<string, CopyFile>,
  laid: LaidFiles,
): PrintBlock {
  const pictures: PrintPicture[] = [];
  const others: PrintFile[] = [];
  for (const id of ids) {
    const file = files.get(id);
    if (file === undefined) continue;
    const path = laid.pictures.get(id);
    const shown = printFile(file, aboutFile(file));
    if (path === undefined) others.push(shown);
    else pictures.push({ path, file: shown });
  }
  return { kind: 'entry', ...print, pictures, files: others };
}

/** Who cancels waits for no line that stands still; what it brings after all is kept for the next time. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([work, aborted]);
}

/** The office's name says whose it is where its logo cannot be had. */
async function logoPathOf(parts: MakeExportParts): Promise<string | null> {
  const blobId = theWorkspace(parts.mirror)?.logoBlobId;
  if (blobId === undefined) return null;
  try {
    await keepBlob(parts, { blobId });
    return parts.blobs.pathOf(blobId);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** "#2291 Golf 8, customer copy" */
function nameOf({ head: { reference, title, copy } }: JobCopy): string {
  const job = copy === 'full' && reference.startsWith('No ') ? title : `${reference} ${title}`;
  return `${job.trim()}, ${copy === 'customer' ? 'customer copy' : 'full copy (internal)'}`;
}

/** The size of a file that was just written. */
export async function sizeOfFile(path: string): Promise<number> {
  return (await stat(path)).size;
}
