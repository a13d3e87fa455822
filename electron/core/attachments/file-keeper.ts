import { statfs } from 'node:fs/promises';
import type { KeepingState } from '../api/keeping-contract.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import { isPosted } from '../mirror/redactions.ts';
import type { BlobStore } from './blob-store.ts';
import { fileUse, letGo, nextWanted, readBudget, type WantedFile, wantedLogo } from './keeping.ts';
import { type BlobToKeep, keepBlob, type OpenAttachmentParts } from './open-attachment.ts';

export interface FileKeeper {
  readonly state: KeepingState;
  /** On this disk, as last seen; null where the system does not say. */
  readonly freeBytes: number | null;
  /** Looks again at once: a person changed what is kept, or how much may be. */
  wake(): void;
  stop(): Promise<void>;
}

export interface FileKeeperParts extends OpenAttachmentParts {
  readonly host: Host;
  readonly folder: string;
  readonly blobs: BlobStore;
  /** Nothing that a person waits for needs the line now. */
  isIdle(): boolean;
  onChange(): void;
}

/** After a change, so that a first sync's thousand pages are one look. */
const LOOK_AFTER_MS = 3_000;
const LOOK_AGAIN_MS = 60_000;
/** What is never filled unasked. */
const RESERVE_BYTES = 1_000_000_000;

const HOPELESS: ReadonlySet<string> = new Set(['blob-missing', 'blob-damaged']);
/** What a server says over one file alone; whatever else is said is about all of them. */
const OF_ONE_FILE: ReadonlySet<string> = new Set([
  ...HOPELESS,
  'server-failed',
  'server-refused',
  'server-not-understood',
]);

const CHANGES = ['blob', 'attachment', 'canned_reply', 'kept_job', 'job', 'workspace'];

/** Brings files of kept and recent jobs here while nothing else is to do, and lets the longest unused go over budget. (D8) */
export function startFileKeeper(parts: FileKeeperParts): FileKeeper {
  return new BackgroundKeeper(parts);
}

class BackgroundKeeper implements FileKeeper {
  readonly #parts: FileKeeperParts;
  readonly #stopListening: () => void;
  /** Not to be had: the office does not have them either, or they came damaged. Asked for again after a restart. */
  readonly #hopeless = new Set<string>();
  /** Something went wrong over each of them alone: the others have their turn, and the next look asks again. */
  readonly #skipped = new Set<string>();
  #cancelLook = () => {};
  /** As it was planned: no clock is asked, which may be set meanwhile. */
  #plannedInMs = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;
  #isStopped = false;
  #wantsLook = false;
  state: KeepingState = 'waiting';
  freeBytes: number | null = null;

  constructor(parts: FileKeeperParts) {
    this.#parts = parts;
    this.#stopListening = parts.mirror.onCommit((tables) => {
      if (CHANGES.some((table) => tables.has(table))) this.#lookIn(LOOK_AFTER_MS);
    });
    this.#lookIn(LOOK_AFTER_MS);
  }

  wake(): void {
    this.#lookIn(0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelLook();
    this.#stopListening();
    await this.#running;
  }

  #lookIn(delayMs: number): void {
    if (this.#isStopped) return;
    if (this.#running !== null) {
      this.#wantsLook = true;
      return;
    }
    // One that is planned already is not put off, or an office where something is always done would never be looked at.
    if (delayMs >= this.#plannedInMs) return;
    this.#cancelLook();
    this.#plannedInMs = delayMs;
    this.#cancelLook = this.#parts.host.clock.after(delayMs, () => {
      this.#plannedInMs = Number.POSITIVE_INFINITY;
      this.#running = this.#look().finally(() => {
        this.#running = null;
        const isSoon = this.#wantsLook || this.state === 'waiting';
        this.#lookIn(isSoon ? LOOK_AFTER_MS : LOOK_AGAIN_MS);
        this.#wantsLook = false;
      });
    });
  }

  async #look(): Promise<void> {
    this.#skipped.clear();
    try {
      await this.#measure();
      await this.#sweepArriving();
      await this.#letGo(fileUse(this.#parts.mirror).usedBytes - readBudget(this.#parts.mirror));
      await this.#fetchLogo();
      this.#become(await this.#fetchWanted());
    } catch (error) {
      const kind = error instanceof AppError ? error.kind : String(error).slice(0, 200);
      this.#parts.host.log({ level: 'warn', event: 'file-keeping-failed', details: { kind } });
      this.#become(kind === 'disk-full' ? 'disk-full' : 'waiting');
    }
  }

  /** Answers why it ended. */
  async #fetchWanted(): Promise<KeepingState> {
    const { mirror, isIdle } = this.#parts;
    while (!this.#isStopped) {
      const next = nextWanted(mirror, [...this.#hopeless, ...this.#skipped]);
      if (next === undefined) return 'done';
      if (!isIdle()) return 'waiting';
      const obstacle = await this.#makeRoom(next);
      if (obstacle !== null) return obstacle;
      this.#become('fetching');
      await this.#fetch(next);
    }
    return 'waiting';
  }

  /** Small, and on many pages: no budget is asked. (E1) */
  async #fetchLogo(): Promise<void> {
    const { mirror, isIdle } = this.#parts;
    const blobId = wantedLogo(mirror);
    if (blobId !== undefined && !this.#hopeless.has(blobId) && isIdle())
      await this.#fetch({ blobId });
  }

  async #fetch(blob: BlobToKeep): Promise<void> {
    try {
      await keepBlob(this.#parts, blob);
    } catch (error) {
      const kind = error instanceof AppError ? error.kind : String(error).slice(0, 200);
      if (error instanceof AppError && !OF_ONE_FILE.has(error.kind)) throw error;
      this.#parts.host.log({ level: 'warn', event: 'file-not-fetched', details: { kind } });
      (HOPELESS.has(kind) ? this.#hopeless : this.#skipped).add(blob.blobId);
    }
  }

  /** A kept file may send others away; one of a recent job only takes what is free. */
  async #makeRoom({ sizeBytes, isKept }: WantedFile): Promise<KeepingState | null> {
    const { mirror } = this.#parts;
    if (this.freeBytes !== null && this.freeBytes - sizeBytes < RESERVE_BYTES) return 'disk-full';
    const missing = () => fileUse(mirror).usedBytes + sizeBytes - readBudget(mirror);
    if (missing() > 0 && isKept) await this.#letGo(missing());
    return missing() > 0 ? 'full' : null;
  }

  async #letGo(bytes: number): Promise<void> {
    if (bytes <= 0) return;
    const { mirror, blobs, host } = this.#parts;
    const nowMs = host.clock.now();
    await blobs.letGo((isPinned) =>
      mirror.transact((writable) => letGo(writable, bytes, { nowMs, isPinned })),
    );
  }

  async #sweepArriving(): Promise<void> {
    const { mirror, blobs, host } = this.#parts;
    await blobs.sweepArriving(host.clock.now(), (blobId) => isPosted(mirror, blobId));
  }

  async #measure(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.#parts.folder);
      this.freeBytes = bavail * bsize;
    } catch {
      this.freeBytes = null;
    }
  }

  #become(state: KeepingState): void {
    if (this.state === state) return;
    this.state = state;
    this.#parts.onChange();
  }
}
