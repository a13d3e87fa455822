// Attachments opened with another program: it gets a copy to work on, and what it saves is offered as a new version. The
// attachment itself never changes under anybody's hand. (D9)

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import { findRecord } from '../mirror/records.ts';
import { noteLateCopy } from '../mirror/redactions.ts';
import type { BlobStore } from './blob-store.ts';
import { type FolderWatch, watchFolder } from './folder-watch.ts';
import { layCopy } from './lay-copy.ts';
import { type OpenAttachmentParts, openAttachment } from './open-attachment.ts';
import {
  allOpened,
  deleteOpened,
  findOpened,
  findOpenedByPath,
  isVersionOf,
  putOpened,
  setChange,
  setOpenedAt,
} from './opened-rows.ts';
import { dropSavedOver } from './saved-over.ts';
import { takeFromDisk } from './take-from-disk.ts';

export interface OpenedFiles {
  /** Opens a copy with the system's program. @throws AppError as `openAttachment`, and `not-there` where no program opens it */
  open(attachmentId: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenedFilesParts extends OpenAttachmentParts {
  readonly host: Host;
  readonly blobs: BlobStore;
  /** For the copies; those that are old and unchanged leave it at the start. */
  readonly folder: string;
  readonly settleMs: number;
}

/** A copy that nobody changed is thrown away so long after it was last opened. */
const KEPT_UNCHANGED_MS = 14 * 24 * 3600 * 1000;

export async function startOpenedFiles(parts: OpenedFilesParts): Promise<OpenedFiles> {
  const { host, mirror, folder, settleMs } = parts;
  await dropOld(parts);
  let watch: FolderWatch | null = null;
  if (allOpened(mirror).length > 0) startWatching();

  function startWatching(): void {
    watch ??= watchFolder(
      // A file may have any name; which of them are copies is known.
      { path: folder, depth: 1, tellsAllNames: true, clock: host.clock, settleMs },
      {
        onFiles: (files) => lookAtAll(files.map(({ path }) => path)),
        onGone: () => undefined,
        onState: () => undefined,
        onListed: () => undefined,
        onTrouble: notTaken,
      },
    );
  }

  /** @throws AppError where it should be tried again, once all were looked at */
  async function lookAtAll(paths: readonly string[]): Promise<void> {
    let obstacle: AppError | undefined;
    for (const path of paths)
      await lookAt(parts, path).catch((error: unknown) => {
        if (error instanceof AppError) obstacle = error;
        else notTaken(error);
      });
    if (obstacle !== undefined) throw obstacle;
  }

  function notTaken(error: unknown): void {
    const details = { error: String(error).slice(0, 300) };
    host.log({ level: 'warn', event: 'changed-file-not-taken', details });
  }

  return {
    async open(attachmentId) {
      if (host.openPath === undefined)
        throw new AppError('not-there', {
          sentence: 'Docket cannot open programs here. Save the file and open it yourself.',
        });
      const path = await workingCopy(parts, attachmentId);
      startWatching();
      await host.openPath(path).catch((cause: unknown) => {
        throw new AppError('not-there', {
          cause,
          sentence: 'No program on this computer opens this file. Save it, or install one.',
        });
      });
    },
    close: async () => {
      await watch?.close();
    },
  };
}

/**
 * A copy that holds changes is opened as it is, also where they were put off: nobody else has them. Once they are a version of
 * their own, this one opens its own bytes again.
 */
async function workingCopy(parts: OpenedFilesParts, attachmentId: string): Promise<string> {
  const { mirror, folder, now } = parts;
  const stands = findOpened(mirror, attachmentId);
  const hash = stands === undefined ? undefined : await hashOf(stands.path);
  if (stands !== undefined && hash !== undefined && !isVersionOf(mirror, attachmentId, hash)) {
    mirror.transact((writable) => setOpenedAt(writable, attachmentId, now()));
    return stands.path;
  }
  const { name, bytes } = await openAttachment(parts, attachmentId);
  const blobId = findRecord(mirror, 'attachment', attachmentId)?.blobId;
  if (blobId === undefined) {
    bytes.destroy();
    throw new AppError('not-there');
  }
  const path = await layCopy(join(folder, attachmentId), name, bytes);
  // It was renamed since: the copy under its old name would be known to nobody.
  if (stands !== undefined && stands.path !== path) await rm(stands.path, { force: true });
  mirror.transact((writable) => {
    putOpened(writable, { attachmentId, path, blobId, openedAt: now() });
    noteLateCopy(writable, attachmentId);
  });
  return path;
}

/** Editors save in many ways; what counts is what stands under the name in the end. */
async function lookAt(parts: OpenedFilesParts, path: string): Promise<void> {
  const { mirror } = parts;
  const opened = findOpenedByPath(mirror, path);
  if (opened === undefined) return;
  const hash = await hashOf(path);
  if (hash === undefined || hash === opened.changedBlobId) return;
  const change = hash === opened.blobId ? NO_CHANGE : await takeChange(parts, path);
  const before = mirror.transact((writable) => {
    const stood = findOpenedByPath(writable, path)?.changedBlobId;
    setChange(writable, path, change);
    return stood;
  });
  if (before != null && before !== change.changedBlobId) await dropSavedOver(parts, before);
}

type Change = Parameters<typeof setChange>[2];

const NO_CHANGE: Change = { changedBlobId: null, changedAt: null, problem: null };

async function takeChange(parts: OpenedFilesParts, path: string): Promise<Change> {
  const taken = await takeFromDisk(parts, path);
  const changedAt = parts.now();
  return taken.kind === 'added'
    ? { changedBlobId: taken.blobId, changedAt, problem: null }
    : { changedBlobId: null, changedAt, problem: taken.sentence };
}

/** What a person saved beside a copy is theirs: it stays, and its folder with it. */
async function dropOld({ mirror, host }: OpenedFilesParts): Promise<void> {
  const before = new Date(host.clock.now() - KEPT_UNCHANGED_MS).toISOString();
  const old = allOpened(mirror).filter(
    ({ openedAt, changedBlobId, problem }) =>
      openedAt < before && changedBlobId === null && problem === null,
  );
  for (const { attachmentId, path, blobId } of old) {
    // Saved while nobody watched: it stays, and is offered as soon as it is looked at.
    const hash = await hashOf(path);
    if (hash !== undefined && hash !== blobId) continue;
    await rm(path, { force: true });
    await rmdir(dirname(path)).catch(() => undefined);
    mirror.transact((writable) => deleteOpened(writable, attachmentId));
  }
}

async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
