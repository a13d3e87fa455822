import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { backoffMs } from '../backoff.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Mirror } from '../mirror/database.ts';
import type { ServerClient } from '../session/server-client.ts';
import type { BlobStore } from './blob-store.ts';
import type { FilePace } from './file-pace.ts';
import { recoverBlob } from './recover-blob.ts';
import { FileStuck, sendBlob } from './send-blob.ts';
import {
  type BlobToUpload,
  blobsToUpload,
  claimedSince,
  markBegun,
  markFailed,
  markUploaded,
} from './transfers.ts';

export interface Uploader {
  /** Looks for bytes to send: something was queued, or the server answers again. */
  wake(): void;
  /** All that changed is here: what waited for the server, and is still wanted after it, is sent now. [F4] */
  serverAnswers(): void;
  /** Nobody answers: nothing more is sent until somebody does. */
  serverIsSilent(): void;
  /** How many bytes of a file are out; undefined where it is not on its way now. */
  sentBytes(blobId: BlobId): number | undefined;
  readonly isSending: boolean;
  /** Bytes that got there since the line was last empty. */
  readonly arrivedBytes: number;
  stop(): Promise<void>;
}

export interface UploaderParts {
  readonly host: Host;
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  readonly server: ServerClient;
  readonly pace: FilePace;
  /** The server holds these bytes now: what waited for them may leave. */
  onUploaded(): void;
  /** No other try can help. */
  onStuck(blobId: BlobId, stuck: FileStuck): void;
  /** More bytes are out than when it was last called. */
  onProgress(): void;
}

/** Enough to fill a line while one of them waits for an answer; more would only take turns on it. */
const AT_ONCE = 2;
const PROGRESS_EVERY_MS = 250;
/** A line that moves nothing for a minute is given up; the next try goes on where it stopped. */
const STALLED_LOOKS = 60_000 / PROGRESS_EVERY_MS;

interface Running {
  readonly blob: BlobToUpload;
  readonly ending: AbortController;
  sentBytes: () => number;
  /** How much was out when it was looked at, and how many looks ago that was news. */
  seen: { readonly bytes: number; readonly looksAgo: number };
}

/**
 * Sends bytes beside the sync of records, a few files at a time, so that a large one holds back only what names it. One that
 * fails waits by itself, longer each time; one that cannot ever arrive is handed to a person. [B2, B3, P2]
 */
export function startUploader(parts: UploaderParts): Uploader {
  return new BackgroundUploader(parts);
}

class BackgroundUploader implements Uploader {
  readonly #parts: UploaderParts;
  readonly #running = new Map<BlobId, Running>();
  readonly #work = new Set<Promise<void>>();
  /** Failed, and not tried before its wait is over, with what ends that: timers do not mind a clock that is set. [F4] */
  readonly #resting = new Map<BlobId, () => void>();
  #isServerThere = false;
  /** Failed because nobody answered, and not for anything of their own. */
  readonly #unreached = new Set<BlobId>();
  readonly #stopping = new AbortController();
  #cancelLook = () => {};
  arrivedBytes = 0;

  constructor(parts: UploaderParts) {
    this.#parts = parts;
  }

  wake(): void {
    if (this.#isStopped) return;
    const line = this.#line();
    if (line.length === 0) this.arrivedBytes = 0;
    for (const [id, { ending }] of this.#running)
      if (!line.some((blob) => blob.id === id)) ending.abort();
    if (!this.#isServerThere) return;
    for (const blob of line) {
      if (this.#running.size >= AT_ONCE) break;
      if (!this.#running.has(blob.id) && !this.#resting.has(blob.id)) this.#start(blob);
    }
  }

  serverAnswers(): void {
    this.#isServerThere = true;
    for (const id of this.#unreached) this.#endRest(id);
    this.#unreached.clear();
    this.wake();
  }

  serverIsSilent(): void {
    this.#isServerThere = false;
  }

  get isSending(): boolean {
    return this.#running.size > 0;
  }

  sentBytes(blobId: BlobId): number | undefined {
    return this.#running.get(blobId)?.sentBytes();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const cancel of this.#resting.values()) cancel();
    this.#cancelLook();
    await Promise.all(this.#work);
  }

  #start(blob: BlobToUpload): void {
    const ending = new AbortController();
    const seen = { bytes: 0, looksAgo: 0 };
    this.#running.set(blob.id, { blob, ending, sentBytes: () => 0, seen });
    const work = this.#send(blob, AbortSignal.any([this.#stopping.signal, ending.signal])).finally(
      () => {
        this.#running.delete(blob.id);
        this.#work.delete(work);
        this.#parts.onProgress();
        this.wake();
      },
    );
    this.#work.add(work);
    this.#look();
  }

  async #send(blob: BlobToUpload, signal: AbortSignal): Promise<void> {
    const { mirror, blobs, server, pace } = this.#parts;
    try {
      const found = await recoverBlob({ mirror, blobs, now: () => this.#nowText() }, blob);
      await sendBlob(found, {
        blobs,
        server,
        pace,
        signal,
        onBegin: () => mirror.transact((writable) => markBegun(writable, blob.id)),
        onBytes: (sentBytes) => {
          const running = this.#running.get(blob.id);
          if (running !== undefined) running.sentBytes = sentBytes;
        },
      });
      if (!this.#isStopped) this.#arrived(found);
    } catch (error) {
      if (!this.#isStopped && this.#isWanted(blob)) this.#noteFailure(blob, error);
    }
  }

  /** A disk that takes no note of it is no reason to stop: the wait before the next try stands in memory. [F2] */
  #noteFailure(blob: BlobToUpload, error: unknown): void {
    try {
      this.#failed(blob, error);
    } catch (cause) {
      const kind = cause instanceof AppError ? cause.kind : String(cause).slice(0, 100);
      this.#parts.host.log({ level: 'warn', event: 'upload-not-noted', details: { kind } });
    }
  }

  #arrived({ id, sizeBytes }: BlobToUpload): void {
    this.arrivedBytes += sizeBytes;
    this.#parts.mirror.transact((writable) => markUploaded(writable, id, this.#nowText()));
    this.#parts.onUploaded();
  }

  #failed(blob: BlobToUpload, error: unknown): void {
    const { host, mirror, onStuck } = this.#parts;
    const kind = error instanceof AppError ? error.kind : String(error).slice(0, 100);
    host.log({ level: 'warn', event: 'upload-failed', details: { kind } });
    const chance = (host.randomBytes(1)[0] ?? 0) / 256;
    this.#rest(blob.id, backoffMs(blob.failures + 1, chance));
    if (error instanceof FileStuck) {
      onStuck(blob.id, error);
      return;
    }
    const known = error instanceof AppError ? error : new AppError('server-failed');
    const isUnreached = known.kind === 'server-unreachable';
    if (isUnreached) this.#unreached.add(blob.id);
    const problem = isUnreached ? null : known.message;
    mirror.transact((writable) => markFailed(writable, blob.id, problem));
  }

  /** Tells of progress now and then, and gives up what does not move. */
  #look(): void {
    this.#cancelLook();
    if (this.#isStopped || this.#running.size === 0) return;
    this.#cancelLook = this.#parts.host.clock.after(PROGRESS_EVERY_MS, () => {
      for (const running of this.#running.values()) {
        const bytes = running.sentBytes();
        const looksAgo = bytes === running.seen.bytes ? running.seen.looksAgo + 1 : 0;
        running.seen = { bytes, looksAgo };
        if (looksAgo > STALLED_LOOKS) running.ending.abort();
      }
      this.#parts.onProgress();
      this.#look();
    });
  }

  #line(): BlobToUpload[] {
    return blobsToUpload(this.#parts.mirror, claimedSince(this.#now()));
  }

  /** What nobody wants to be sent any more has not failed. */
  #isWanted({ id }: BlobToUpload): boolean {
    return this.#line().some((blob) => blob.id === id);
  }

  #rest(blobId: BlobId, delayMs: number): void {
    this.#endRest(blobId);
    const cancel = this.#parts.host.clock.after(delayMs, () => {
      this.#resting.delete(blobId);
      this.wake();
    });
    this.#resting.set(blobId, cancel);
  }

  #endRest(blobId: BlobId): void {
    this.#resting.get(blobId)?.();
    this.#resting.delete(blobId);
  }

  #now(): number {
    return this.#parts.host.clock.now();
  }

  #nowText(): string {
    return new Date(this.#now()).toISOString();
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }
}
