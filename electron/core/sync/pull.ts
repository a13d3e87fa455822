import {
  addHash,
  type Digest,
  type DigestedRow,
  EMPTY_DIGEST,
  removeRow,
} from '../../../sync-server/protocol/digest.ts';
import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { forgetUploads } from '../attachments/blobs.ts';
import { AppError } from '../errors.ts';
import type { Mirror, ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, removeMeta, writeMeta } from '../mirror/meta.ts';
import {
  noteEnded,
  noteGone,
  noteRedactedUnseen,
  noteRedaction,
  noteSwept,
} from '../mirror/redactions.ts';
import {
  deleteRecord,
  findStamp,
  insertRow,
  putRow,
  scheduledIn,
  type ReadyRow,
  type Stamp,
  sweepOlder,
} from '../mirror/records.ts';
import { writeSyncLog } from '../mirror/sync-log.ts';
import { askAgain, deleteConfirmed, hasAccepted } from '../outbox/outbox.ts';
import { rebase } from '../outbox/rebase.ts';
import { comeIntoStep } from './in-step.ts';
import type { PulledAnswer, PulledRow } from './read-page.ts';

export type Pulled =
  /** `more`: this page was not the last. */
  | { readonly kind: 'applied'; readonly more: boolean }
  | { readonly kind: 'reset'; readonly reason: string }
  /** In step by the cursor, yet not the same rows as the server's: a fresh copy is wanted. [L5] */
  | { readonly kind: 'differs' };

/**
 * Applies one answer to a pull: rows, checkpoint and what the server has confirmed of ours commit together. Applying the
 * same page again changes nothing. [L1, R1]
 *
 * @throws AppError `server-not-understood` where a row is none of ours or the page does not move; nothing is applied then
 */
export function applyPull(mirror: Mirror, actor: Actor, answer: PulledAnswer, now: string): Pulled {
  if (answer.kind === 'reset') {
    beginFreshCopy(mirror, actor);
    return { kind: 'reset', reason: answer.reason };
  }
  const cursor = readMeta(mirror, 'cursor');
  const version = Number(readMeta(mirror, 'version') ?? 0);
  const epoch = readMeta(mirror, 'epoch');
  // A lying server must not keep this device busy for ever. [L1] A cursor never leads into another epoch. [L6]
  const isElsewhere = epoch !== undefined && answer.epoch !== epoch;
  if (isElsewhere || answer.version < version || (answer.more && answer.cursor === cursor))
    throw new AppError('server-not-understood');
  // Its checkpoint goes with it: a page that a power cut takes back is asked for again, and only the last is waited for. [L1]
  const durable = answer.more ? 'soon' : 'at-once';
  mirror.transact((writable) => {
    let rows = 0;
    const wasCatchingUp = isCatchingUp(mirror);
    noteCatchingUp(writable, answer.more);
    if (!answer.isEmpty || hasAccepted(mirror) || isRefilling(mirror) || wasCatchingUp)
      rebase(writable, actor, () => {
        rows = applyRows(writable, answer.rows);
        deleteConfirmed(writable, answer.version);
        if (!answer.more) endFreshCopy(writable);
      });
    logReceived(writable, { rows, version: answer.version }, now);
    if (answer.cursor !== cursor) {
      writeMeta(writable, 'cursor', answer.cursor);
      writeMeta(writable, 'version', String(answer.version));
    }
    if (epoch === undefined) writeMeta(writable, 'epoch', answer.epoch);
    if (answer.portalUrl !== undefined && answer.portalUrl !== readMeta(writable, 'portal-url'))
      writeMeta(writable, 'portal-url', answer.portalUrl);
    if (!answer.more) {
      if (readMeta(writable, 'first-sync-done') === undefined)
        writeMeta(writable, 'first-sync-done', now);
      comeIntoStep(writable, now);
    }
  }, durable);
  const differs = answer.digest !== null && !isSame(answer.digest, readDigest(mirror));
  return differs ? { kind: 'differs' } : { kind: 'applied', more: answer.more };
}

/**
 * Asks for everything anew. What is there stays on the screen and is overwritten as the fresh copy comes in; what it does
 * not bring is swept away at its end. The outbox stays whole. [L3]
 */
export function beginFreshCopy(mirror: Mirror, actor: Actor): void {
  mirror.transact((writable) =>
    rebase(writable, actor, () => {
      writeMeta(writable, 'generation', String(generationOf(mirror) + 1));
      writeMeta(writable, 'refilling', 'yes');
      writeMeta(writable, 'digest', JSON.stringify(EMPTY_DIGEST));
      removeMeta(writable, 'cursor');
      removeMeta(writable, 'epoch');
      removeMeta(writable, 'version');
      askAgain(writable);
      forgetUploads(writable);
    }),
  );
}

function endFreshCopy(mirror: WritableMirror): void {
  if (!isRefilling(mirror)) return;
  const generation = generationOf(mirror);
  noteSwept(mirror, generation);
  sweepOlder(mirror, generation);
  removeMeta(mirror, 'refilling');
}

/** With the rows it tells of: a commit of its own would cost a first sync as much as many rows. (H7) */
function logReceived(
  mirror: WritableMirror,
  { rows, version }: { readonly rows: number; readonly version: number },
  at: string,
): void {
  if (rows === 0) return;
  const details = `${rows} rows, version ${version}`;
  writeSyncLog(mirror, { at, event: 'received', details });
}

/** Called on server truth alone, so every row found is confirmed and counted. [L5] Answers how many rows came. */
function applyRows(mirror: WritableMirror, rows: Iterable<PulledRow>): number {
  const generation = generationOf(mirror);
  let count = 0;
  let digest = readDigest(mirror);
  for (const pulled of rows) {
    count += 1;
    const row = pulled.op === 'put' ? pulled.row : pulled;
    const stood = pulled.op === 'put' ? put(mirror, pulled.row, generation) : takeOut(mirror, row);
    // A row of an older copy was counted in that copy's digest, not in this one's.
    if (stood?.generation === generation && stood.version !== null)
      digest = removeRow(digest, { kind: row.kind, id: row.id, version: stood.version });
    if (pulled.op === 'put') digest = addHash(digest, pulled.hash);
  }
  writeMeta(mirror, 'digest', JSON.stringify(digest));
  return count;
}

/** Answers with where the record stood before; undefined where there was none, as for every row of a first sync. */
function put(mirror: WritableMirror, row: ReadyRow, generation: number): Stamp | undefined {
  const { kind, id, isRedacted } = row;
  if (kind === 'scheduled_reply') noteEnded(mirror, scheduledIn(row));
  if (insertRow(mirror, row, generation)) {
    if (isRedacted) noteRedactedUnseen(mirror, kind, id);
    return undefined;
  }
  const stood = findStamp(mirror, kind, id);
  if (isRedacted) noteRedaction(mirror, kind, id);
  putRow(mirror, row, generation);
  return stood;
}

function takeOut(
  mirror: WritableMirror,
  { kind, id }: Pick<DigestedRow, 'kind' | 'id'>,
): Stamp | undefined {
  const stood = findStamp(mirror, kind, id);
  noteGone(mirror, kind, id);
  if (stood !== undefined) deleteRecord(mirror, kind, id);
  return stood;
}

function readDigest(mirror: ReadableMirror): Digest {
  const text = readMeta(mirror, 'digest');
  return text === undefined ? EMPTY_DIGEST : (JSON.parse(text) as Digest);
}

function generationOf(mirror: ReadableMirror): number {
  return Number(readMeta(mirror, 'generation') ?? 1);
}

function isRefilling(mirror: ReadableMirror): boolean {
  return readMeta(mirror, 'refilling') !== undefined;
}

function isCatchingUp(mirror: ReadableMirror): boolean {
  return readMeta(mirror, 'catching-up') !== undefined;
}

function noteCatchingUp(mirror: WritableMirror, more: boolean): void {
  if (more === isCatchingUp(mirror)) return;
  if (more) writeMeta(mirror, 'catching-up', 'yes');
  else removeMeta(mirror, 'catching-up');
}

function isSame(one: Digest, other: Digest): boolean {
  return one.rows === other.rows && one.sum === other.sum;
}
