import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { BACKOFF_CEILING_MS, backoffMs } from '../backoff.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { Mirror } from '../mirror/database.ts';
import type { ServerClient } from '../session/server-client.ts';
import type { BlobStore } from './blob-store.ts';
import { blobsToUpload, type LocalBlob, markUploaded } from './blobs.ts';

export interface Uploader {
  /** Looks for bytes to send: something was queued, or the server answers again. */
  wake(): void;
  stop(): Promise<void>;
}

export interface UploaderParts {
  readonly host: Host;
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  readonly server: ServerClient;
  /** The server holds these bytes now: what waited for them may leave. */
  onUploaded(): void;
}

/**
 * Sends bytes beside the sync of records, one file at a time, so that a large file holds back only what names it. One that
 * fails goes to the end of the line and waits. [B2, P2]
 */
export function startUploader(parts: UploaderParts): Uploader {
  const { host, mirror, blobs, server } = parts;
  const failures = new Map<BlobId, { count: number; notBefore: number }>();
  const stopping = new AbortController();
  let cancelWait = () => {};
  let running: Promise<void> | null = null;

  const uploader: Uploader = {
    wake() {
      if (stopping.signal.aborted || running !== null) return;
      cancelWait();
      running = sendAll().finally(() => {
        running = null;
        waitForNext();
      });
    },
    async stop() {
      stopping.abort();
      cancelWait();
      await running;
    },
  };
  return uploader;

  async function sendAll(): Promise<void> {
    for (let blob = nextDue(); blob !== undefined && !isStopped(); blob = nextDue())
      try {
        await send(blob);
      } catch (error) {
        const kind = error instanceof AppError ? error.kind : String(error);
        host.log({ level: 'warn', event: 'upload-failed', details: { kind } });
        postpone(blob.id);
      }
  }

  async function send({ id, sizeBytes }: LocalBlob): Promise<void> {
    const { signal } = stopping;
    if (!(await server.hasBlob(id)))
      await server.sendBytes({ blobId: id, offset: 0, sizeBytes, bytes: blobs.read(id), signal });
    failures.delete(id);
    if (isStopped()) return;
    const uploadedAt = new Date(host.clock.now()).toISOString();
    mirror.transact((writable) => markUploaded(writable, id, uploadedAt));
    parts.onUploaded();
  }

  function isStopped(): boolean {
    return stopping.signal.aborted;
  }

  function nextDue(): LocalBlob | undefined {
    return blobsToUpload(mirror).find(({ id }) => msUntilDue(id) === 0);
  }

  /** Never more than the ceiling, whatever the clock was set to meanwhile. */
  function msUntilDue(blobId: BlobId): number {
    const notBefore = failures.get(blobId)?.notBefore ?? 0;
    return Math.max(0, Math.min(BACKOFF_CEILING_MS, notBefore - host.clock.now()));
  }

  function postpone(blobId: BlobId): void {
    const count = (failures.get(blobId)?.count ?? 0) + 1;
    const chance = (host.randomBytes(1)[0] ?? 0) / 256;
    failures.set(blobId, { count, notBefore: host.clock.now() + backoffMs(count, chance) });
  }

  function waitForNext(): void {
    if (stopping.signal.aborted) return;
    const delays = blobsToUpload(mirror).map(({ id }) => msUntilDue(id));
    if (delays.length > 0)
      cancelWait = host.clock.after(Math.min(...delays), () => uploader.wake());
  }
}
