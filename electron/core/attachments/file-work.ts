// Looks into files behind what a person does: pictures for tiles and customers, words for the search. Everything is a row
// first, so it survives quitting; each file costs its own work and nobody else's. (D5, G2)

import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Renditions } from '../../../sync-server/protocol/entries.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Mirror, WritableMirror } from '../mirror/database.ts';
import type { Pin } from './blob-pins.ts';
import type { BlobStore } from './blob-store.ts';
import { addBlob, type LocalBlob, removeUnnoted } from './blobs.ts';
import {
  countAttempt,
  deleteJob,
  isQueued,
  keepText,
  type QueuedJob,
  queuedJobs,
} from './file-job-queue.ts';
import { type FileFindings, noPictureSentences, type Pictures } from './file-jobs.ts';
import { type FilePool, type JobResult, openFilePool, POOL_LIMITS } from './file-pool.ts';
import { keepRenditions, knownRenditions } from './renditions.ts';
import { markTold, untoldRenditions } from './tell-renditions.ts';

export interface FileWork {
  stop(): Promise<void>;
}

export interface FileWorkParts {
  readonly host: Host;
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  /** Says what was made of files the server has; `also` is part of the same commit. */
  tell(
    acts: readonly MutationArgs<'attach_renditions'>[],
    also: (mirror: WritableMirror) => void,
  ): void;
}

/** After the program ended this often in the middle of one file, it is left alone. */
const MAX_ATTEMPTS = 3;
const UNPACKED: ReadonlySet<string> = new Set([
  'image/heic',
  'image/heif',
  'image/tiff',
  'image/bmp',
]);
/** How far down the line small files are looked for while a large one is under way. */
const LOOKED_AHEAD = 50;
const WAKING_TABLES = ['file_job', 'attachment', 'rendition'];

/** Without a program for its threads, the host wants nothing looked into. */
export function startFileWork(parts: FileWorkParts): FileWork {
  const { host } = parts;
  if (host.fileProgram === undefined) return { stop: () => Promise.resolve() };
  const { clock, log } = host;
  return new Worker(parts, openFilePool({ clock, log, program: host.fileProgram }));
}

interface KeptPictures {
  readonly renditions: Renditions;
  readonly kept: readonly LocalBlob[];
}

class Worker implements FileWork {
  readonly #parts: FileWorkParts;
  readonly #pool: FilePool;
  readonly #running = new Map<string, { work: Promise<void>; isLarge: boolean }>();
  /** What was no attempt, and the disk had no room to say so: the next is not counted instead. */
  readonly #countedAlready = new Set<string>();
  readonly #stopListening: () => void;
  #isStopped = false;

  constructor(parts: FileWorkParts, pool: FilePool) {
    this.#parts = parts;
    this.#pool = pool;
    this.#stopListening = parts.mirror.onCommit((tables) => {
      // Not within somebody else's commit.
      if (WAKING_TABLES.some((table) => tables.has(table))) queueMicrotask(() => this.#wake());
    });
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    await this.#pool.close();
    await Promise.all(Array.from(this.#running.values(), ({ work }) => work));
  }

  #wake(): void {
    if (this.#isStopped) return;
    this.#guarded(() => this.#tell());
    for (const job of queuedJobs(this.#parts.mirror, LOOKED_AHEAD)) {
      if (this.#running.size >= POOL_LIMITS.threads) return;
      const isFree = !isLarge(job) || ![...this.#running.values()].some((one) => one.isLarge);
      if (isFree && !this.#running.has(keyOf(job))) this.#start(job);
    }
  }

  #start(job: QueuedJob): void {
    const work = this.#perform(job)
      .catch((error: unknown) => this.#log(error))
      .finally(() => {
        this.#running.delete(keyOf(job));
        // What failed for want of disk space waits for the next occasion instead of going in circles.
        if (!isQueued(this.#parts.mirror, job)) this.#wake();
      });
    this.#running.set(keyOf(job), { work, isLarge: isLarge(job) });
  }

  async #perform(job: QueuedJob): Promise<void> {
    const { mirror, blobs } = this.#parts;
    const { blobId, kind, mediaType } = job;
    if ((await blobs.sizeOf(blobId)) === undefined) {
      // Its bytes left this disk: they are looked into when they come back.
      mirror.transact((writable) => deleteJob(writable, job));
      return;
    }
    if (!this.#countedAlready.delete(keyOf(job)))
      mirror.transact((writable) => countAttempt(writable, job, 1));
    const result: JobResult =
      job.attempts >= MAX_ATTEMPTS
        ? { kind: 'failed', reason: 'broke' }
        : await this.#pool.run({ kind, path: blobs.pathOf(blobId), mediaType });
    if (result.kind === 'stopped') mirror.transact((writable) => countAttempt(writable, job, -1));
    else if (result.kind === 'failed') await this.#keep(job, nothingFor(job, result.reason));
    else
      await this.#keep(job, result.findings).catch((error: unknown) => this.#notKept(job, error));
  }

  /** A disk without room says nothing about the file: it was no attempt. [F2] */
  #notKept(job: QueuedJob, error: unknown): never {
    if (error instanceof AppError)
      try {
        this.#parts.mirror.transact((writable) => countAttempt(writable, job, -1));
      } catch {
        this.#countedAlready.add(keyOf(job));
      }
    throw error;
  }

  async #keep(job: QueuedJob, findings: FileFindings): Promise<void> {
    if (findings.kind === 'text') {
      this.#settle(job, (writable) => keepText(writable, job.blobId, findings.text));
      return;
    }
    const taken: BlobId[] = [];
    try {
      await this.#parts.blobs.pinning(async (pin) => {
        const pictures = await this.#keepPictures(job, findings, async (blobId) => {
          taken.push(blobId);
          await pin(blobId);
        });
        this.#notePictures(job, pictures);
      });
    } finally {
      await removeUnnoted(this.#parts, taken);
    }
  }

  #notePictures(job: QueuedJob, { renditions, kept }: KeptPictures): void {
    const addedAt = new Date(this.#parts.host.clock.now()).toISOString();
    this.#settle(job, (writable) => {
      const known = knownRenditions(writable, job.blobId);
      for (const blob of kept) {
        const uploadedAt = known.has(blob.id) ? addedAt : null;
        addBlob(writable, blob, { addedAt, uploadedAt });
      }
      keepRenditions(writable, job.blobId, renditions);
    });
  }

  /** In one commit with the end of the job. A file that was removed for good meanwhile leaves no pictures. (C10) */
  #settle(job: QueuedJob, keep: (mirror: WritableMirror) => void): void {
    this.#parts.mirror.transact((writable) => {
      if (!isQueued(writable, job)) return;
      keep(writable);
      deleteJob(writable, job);
    });
  }

  async #keepPictures(
    { blobId, mediaType }: QueuedJob,
    { thumbnail, preview, jpeg, withoutLocation, problem }: Pictures,
    pin: Pin,
  ): Promise<KeptPictures> {
    const kept: LocalBlob[] = [];
    const keep = async (bytes: Uint8Array | null, type: string): Promise<BlobId | null> => {
      if (bytes === null) return null;
      const taken = await this.#parts.blobs.take(partsOf(bytes), async (_path, id) => {
        await pin(id);
        return true;
      });
      if (taken.kind !== 'kept') return null;
      kept.push({ id: taken.blobId, mediaType: type, sizeBytes: taken.sizeBytes });
      return taken.blobId;
    };
    const renditions: Renditions = {
      thumbnail: await keep(thumbnail, 'image/jpeg'),
      preview: await keep(preview, 'image/jpeg'),
      jpeg: await keep(jpeg, 'image/jpeg'),
      withoutLocation:
        withoutLocation === 'original' ? blobId : await keep(withoutLocation, mediaType),
      problem: problem === null ? null : noPictureSentences[problem],
    };
    return { renditions, kept };
  }

  #tell(): void {
    const { mirror, host } = this.#parts;
    const { blobIds, acts } = untoldRenditions(mirror);
    if (blobIds.length === 0 && acts.length === 0) return;
    const toldAt = new Date(host.clock.now()).toISOString();
    this.#parts.tell(acts, (writable) => markTold(writable, blobIds, toldAt));
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#log(error);
    }
  }

  #log(error: unknown): void {
    const details = { error: String(error).slice(0, 300) };
    this.#parts.host.log({ level: 'warn', event: 'file-work-failed', details });
  }
}

/** What is unpacked as a whole: one at a time, so that ten photos take the memory of one, and the window keeps a core. */
function isLarge({ kind, mediaType }: QueuedJob): boolean {
  return kind === 'pictures' && UNPACKED.has(mediaType);
}

function keyOf({ blobId, kind }: QueuedJob): string {
  return `${kind} ${blobId}`;
}

function nothingFor({ kind }: QueuedJob, problem: 'took-too-long' | 'broke'): FileFindings {
  return kind === 'text'
    ? { kind, text: '' }
    : { kind, thumbnail: null, preview: null, jpeg: null, withoutLocation: null, problem };
}

const PART_LENGTH = 256 * 1024;

/** In parts, so that hashing a whole picture holds nobody up. */
async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PART_LENGTH)
    yield bytes.subarray(start, start + PART_LENGTH);
}
