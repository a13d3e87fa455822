// A signed-in member's office, open on this device: mirror, bytes, uploads and sync, started and stopped together.

import { join } from 'node:path';
import type { DeviceEnd } from '../../../sync-server/protocol/device-end.ts';
import { type ClientId, type MutationId, uuidV7 } from '../../../sync-server/protocol/ids.ts';
import type { MemberMutationName, MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { type BlobStore, openBlobStore } from '../attachments/blob-store.ts';
import { type DraggedFiles, startDraggedFiles } from '../attachments/dragged-files.ts';
import { startFileWork } from '../attachments/file-work.ts';
import { SETTLE_MS } from '../attachments/folder-watch.ts';
import { type OpenedFiles, startOpenedFiles } from '../attachments/opened-files.ts';
import { parkStuck } from '../attachments/park-stuck.ts';
import { type FileKeeper, startFileKeeper } from '../attachments/file-keeper.ts';
import { FilePace, readSpeedLimit } from '../attachments/file-pace.ts';
import { startUploader, type Uploader } from '../attachments/upload.ts';
import { startWatchedFolders, type WatchedFolders } from '../attachments/watched-folders.ts';
import { type WipeParts, wipeRedacted } from '../attachments/wipe-redacted.ts';
import { ZipShelf } from '../attachments/zip-files.ts';
import type { Host } from '../host.ts';
import type { AppError } from '../errors.ts';
import { watchDamage } from '../mirror/damage-watch.ts';
import type { Mirror, WritableMirror } from '../mirror/database.ts';
import { startLogKeeper } from '../mirror/log-keeper.ts';
import { readMeta, writeMeta } from '../mirror/meta.ts';
import { type Reader, readerOf } from '../mirror/reading.ts';
import { findRecord } from '../mirror/records.ts';
import { accept } from '../outbox/accept.ts';
import { Countdowns } from '../outbox/countdowns.ts';
import { readUndoSeconds } from '../outbox/undo-time.ts';
import { accountFolder } from '../session/account.ts';
import type { Account } from '../session/device-file.ts';
import type { ServerClient } from '../session/server-client.ts';
import { PresenceBoard } from '../sync/presence.ts';
import { type SyncEngine, startSyncEngine } from '../sync/sync-engine.ts';
import type { SyncState } from '../sync/sync-state.ts';
import { type Exports, startExports } from './exports.ts';
import { LookingBoard } from './looking.ts';

export interface Office {
  readonly account: Account;
  /** What the server knows this device by. */
  readonly deviceId: ClientId;
  readonly mirror: Mirror;
  readonly blobs: BlobStore;
  readonly sync: SyncEngine;
  readonly countdowns: Countdowns;
  readonly server: ServerClient;
  readonly pace: FilePace;
  readonly presence: PresenceBoard;
  readonly looking: LookingBoard;
  readonly watchedFolders: WatchedFolders;
  readonly openedFiles: OpenedFiles;
  readonly draggedFiles: DraggedFiles;
  readonly host: Host;
  readonly zips: ZipShelf;
  readonly exports: Exports;
  readonly uploader: Uploader;
  readonly fileKeeper: FileKeeper;
  /** The member whose eyes this mirror is read with. */
  reader(): Reader;
  newId(): string;
  /** Uniform random bytes, fit for keys. */
  randomBytes(count: number): Uint8Array;
  now(): string;
  /** Takes what a person did: on this disk and in line for the server when it returns. */
  act<N extends MemberMutationName>(
    name: N,
    args: MutationArgs<N>,
    also?: (mirror: WritableMirror) => void,
  ): void;
  /** All of what one click means, or nothing of it: in one commit. */
  actTogether(acts: readonly Act[], also?: (mirror: WritableMirror) => void): void;
  /** What the outbox holds changed by other means than `act`. */
  outboxChanged(): void;
  actor(): Actor;
  close(): Promise<void>;
}

/** What a person can do, by its name. */
export type Act = {
  readonly [N in MemberMutationName]: { readonly name: N; readonly args: MutationArgs<N> };
}[MemberMutationName];

export interface OfficeParts {
  readonly host: Host;
  readonly account: Account;
  readonly deviceId: ClientId;
  openMirror(file: string): Mirror;
  connect(signal: AbortSignal): ServerClient;
  onChange(tables: ReadonlySet<string>): void;
  /** `end` where somebody else signed this device out. */
  onExpired(end: DeviceEnd | undefined): void;
  /** A page of the mirror cannot be read; told to whoever asked as well. [F2] */
  onDamaged(error: AppError): void;
}

const COUNTDOWN_CHANGED: ReadonlySet<string> = new Set(['countdown']);
const EXPORT_CHANGED: ReadonlySet<string> = new Set(['export']);
const KEEPING_CHANGED: ReadonlySet<string> = new Set(['keeping']);
const TRANSFERS_CHANGED: ReadonlySet<string> = new Set(['transfer']);
const SYNC_CHANGED: ReadonlySet<string> = new Set(['sync']);
const PRESENCE_CHANGED: ReadonlySet<string> = new Set(['presence']);
const DESKTOP_CHANGED: ReadonlySet<string> = new Set(['desktop']);

export const mirrorFile = (host: Pick<Host, 'dataFolder'>, account: Account): string =>
  join(accountFolder(host.dataFolder, account), 'docket.sqlite');

export async function openOffice(parts: OfficeParts): Promise<Office> {
  const opened = parts.openMirror(mirrorFile(parts.host, parts.account));
  try {
    return await startOffice(
      parts,
      watchDamage(opened, (error) => parts.onDamaged(error)),
    );
  } catch (error) {
    opened.close();
    throw error;
  }
}

async function startOffice(parts: OfficeParts, mirror: Mirror): Promise<Office> {
  const { host, account } = parts;
  const ending = new AbortController();
  const server = parts.connect(ending.signal);
  const folder = accountFolder(host.dataFolder, account);
  const newId = () => uuidV7(host.clock.now(), host.randomBytes(10));
  const now = () => new Date(host.clock.now()).toISOString();
  const clientId = mirrorClientId(mirror, newId);
  const blobs = await openBlobStore(join(folder, 'blobs'), newId);
  const actor = (): Actor => ({
    kind: 'member',
    memberId: account.memberId,
    role: findRecord(mirror, 'member', account.memberId)?.role ?? account.member.role,
  });
  mirror.onCommit(parts.onChange);
  const pace = new FilePace({
    clock: host.clock,
    limitKbits: () => readSpeedLimit(mirror),
    isSyncing: () => sync.state.running !== 'nothing',
  });
  const stopLogKeeper = startLogKeeper(host, mirror);
  const settleMs = SETTLE_MS;
  const watchedFolders = startWatchedFolders({ host, mirror, newId, now, settleMs });
  const openedFolder = join(folder, 'opened');
  const openedFiles = await startOpenedFiles({
    host,
    mirror,
    blobs,
    server,
    pace,
    now,
    folder: openedFolder,
    settleMs,
  });
  const draggedFiles = await startDraggedFiles({
    host,
    mirror,
    blobs,
    server,
    pace,
    now,
    newId,
    folder: join(folder, 'dragged'),
  });
  const exports = startExports({
    host,
    account,
    mirror,
    blobs,
    server,
    pace,
    now,
    newId,
    reader: () => readerOf(mirror, account.memberId),
    folder: join(folder, 'exports'),
    onChange: () => parts.onChange(EXPORT_CHANGED),
  });
  const wiper = startWiper(host, { mirror, blobs, openedFolder, draggedFiles });
  const uploader = startUploader({
    host,
    mirror,
    blobs,
    server,
    pace,
    onUploaded: () => sync.tell({ kind: 'outbox-changed' }),
    onStuck: (blobId, stuck) => {
      parkStuck({ mirror, actor, newId }, blobId, stuck);
      sync.tell({ kind: 'outbox-changed' });
    },
    onProgress: () => parts.onChange(TRANSFERS_CHANGED),
  });
  let isLive = () => false;
  const presence = new PresenceBoard({
    clock: host.clock,
    tellServer: (said) => server.tellPresence(said),
    isLive: () => isLive(),
    onChange: () => parts.onChange(PRESENCE_CHANGED),
  });
  const looking = new LookingBoard(host.clock);
  const stopDesktop = host.desktop?.onChange(() => parts.onChange(DESKTOP_CHANGED));
  const countdowns = new Countdowns({
    clock: host.clock,
    lengthMs: () => readUndoSeconds(mirror, host) * 1000,
    onEnded: () => sync.tell({ kind: 'counted-down' }),
    onChange: () => parts.onChange(COUNTDOWN_CHANGED),
  });
  const sync = startSyncEngine({
    host,
    mirror,
    server,
    clientId,
    countdowns,
    uploader,
    actor,
    onChange: () => {
      presence.lineChanged();
      parts.onChange(SYNC_CHANGED);
    },
    onPresence: (people) => presence.told(people),
    onExpired: parts.onExpired,
  });
  isLive = () => sync.state.live === 'up';
  const outboxChanged = () => {
    uploader.wake();
    sync.tell({ kind: 'outbox-changed' });
  };
  const actTogether: Office['actTogether'] = (acts, also) => {
    const writtenAt = now();
    mirror.transact((writable) => {
      for (const act of acts)
        accept(writable, actor(), { id: newId() as MutationId, ...act, writtenAt });
      also?.(writable);
    });
    if (acts.length > 0) outboxChanged();
  };
  const fileWork = startFileWork({
    host,
    mirror,
    blobs,
    tell: (acts, also) => {
      const named = acts.map((args) => ({ name: 'attach_renditions', args }) as const);
      actTogether(named, also);
    },
  });
  const fileKeeper = startFileKeeper({
    host,
    mirror,
    blobs,
    server,
    pace,
    now,
    folder,
    isIdle: () => isUpToDate(sync.state) && !uploader.isSending,
    onChange: () => parts.onChange(KEEPING_CHANGED),
  });
  return {
    account,
    deviceId: parts.deviceId,
    mirror,
    blobs,
    sync,
    countdowns,
    server,
    pace,
    presence,
    looking,
    watchedFolders,
    openedFiles,
    draggedFiles,
    host,
    zips: new ZipShelf(),
    exports,
    uploader,
    fileKeeper,
    reader: () => readerOf(mirror, account.memberId),
    newId,
    randomBytes: (count) => host.randomBytes(count),
    now,
    actor,
    outboxChanged,
    act: (name, args, also) => actTogether([{ name, args } as Act], also),
    actTogether,
    close: async () => {
      presence.stop();
      looking.stop();
      stopDesktop?.();
      countdowns.stop();
      stopLogKeeper();
      ending.abort();
      await Promise.all([
        exports.close(),
        sync.stop(),
        uploader.stop(),
        watchedFolders.close(),
        openedFiles.close(),
        fileWork.stop(),
        fileKeeper.stop(),
      ]);
      await wiper.stop();
      mirror.close();
    },
  };
}

/** Nothing is running, and the server answered the last time it was asked. */
function isUpToDate({ running, trouble, isExpired }: SyncState): boolean {
  return running === 'nothing' && trouble === null && !isExpired;
}

/**
 * Wipes what the server says was removed for good, one time after the other, and what an earlier run left; what the outbox
 * named, when that is through. (C10)
 */
function startWiper(host: Host, parts: WipeParts) {
  let wiping = Promise.resolve();
  const wipe = () => {
    wiping = wiping
      .then(() => wipeRedacted(parts))
      .catch((error: unknown) => {
        const details = { error: String(error).slice(0, 300) };
        host.log({ level: 'error', event: 'wipe-failed', details });
      });
  };
  const stopListening = parts.mirror.onCommit((tables) => {
    if (tables.has('wipe_wanted') || tables.has('outbox')) wipe();
  });
  wipe();
  return {
    stop: () => {
      stopListening();
      return wiping;
    },
  };
}

/** Made with the database file, so that two mirrors never speak under one name. [P1] */
function mirrorClientId(mirror: Mirror, newId: () => string): ClientId {
  const known = readMeta(mirror, 'client-id');
  if (known !== undefined) return known as ClientId;
  const made = newId();
  mirror.transact((writable) => writeMeta(writable, 'client-id', made));
  return made as ClientId;
}
