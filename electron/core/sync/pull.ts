import type { Actor } from '../../../sync-server/protocol/mutator.ts';
import { type RecordKind, recordSchemas } from '../../../sync-server/protocol/records.ts';
import type { Change, PullAnswer } from '../../../sync-server/protocol/sync.ts';
import { AppError, assert } from '../errors.ts';
import type { Mirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, removeMeta, writeMeta } from '../mirror/meta.ts';
import { deleteRecord, putRecord } from '../mirror/records.ts';
import { deleteConfirmed, hasAccepted } from '../outbox/outbox.ts';
import { rebase } from '../outbox/rebase.ts';

const MIRRORED_KINDS = Object.keys(recordSchemas) as RecordKind[];

/**
 * Applies one answer to a pull: rows, checkpoint and what the server has confirmed of ours commit together. Applying the
 * same page again changes nothing. [L1, R1]
 *
 * @returns whether there is more to pull
 * @throws AppError `server-not-understood` where a row is none of ours or the page does not move; nothing is applied then
 */
export function applyPull(mirror: Mirror, actor: Actor, answer: PullAnswer, now: string): boolean {
  if (answer.kind === 'reset') {
    mirror.transact((writable) => rebase(writable, actor, () => forgetServerTruth(writable)));
    return true;
  }
  const cursor = readMeta(mirror, 'cursor');
  const version = Number(readMeta(mirror, 'version') ?? 0);
  // A lying server must not keep this device busy for ever. [L1]
  if (answer.version < version || (answer.more && answer.cursor === cursor))
    throw new AppError('server-not-understood');
  mirror.transact((writable) => {
    if (answer.changes.length > 0 || hasAccepted(mirror))
      rebase(writable, actor, () => {
        for (const change of answer.changes) applyChange(writable, change);
        deleteConfirmed(writable, answer.version);
      });
    if (answer.cursor !== cursor) {
      writeMeta(writable, 'cursor', answer.cursor);
      writeMeta(writable, 'version', String(answer.version));
    }
    if (!answer.more) {
      if (readMeta(writable, 'first-sync-done') === undefined)
        writeMeta(writable, 'first-sync-done', now);
      writeMeta(writable, 'in-step-at', now);
    }
  });
  return answer.more;
}

function applyChange(mirror: WritableMirror, change: Change): void {
  const kind = change.kind as RecordKind;
  const schema = recordSchemas[kind];
  if (change.op === 'delete') {
    deleteRecord(mirror, kind, change.id);
    return;
  }
  const parsed = schema.safeParse(change.record);
  if (!parsed.success) throw new AppError('server-not-understood', { cause: parsed.error });
  assert(parsed.data.id === change.id, 'a change names the record it carries');
  putRecord(mirror, kind, parsed.data as never, {
    version: change.version,
    position: change.createdVersion,
  });
}

/** The outbox stays: only what can be had again goes. [L3] */
function forgetServerTruth(mirror: WritableMirror): void {
  for (const kind of MIRRORED_KINDS) {
    mirror.run(`DELETE FROM ${kind}`);
    mirror.touch(kind);
  }
  removeMeta(mirror, 'cursor');
  removeMeta(mirror, 'version');
  removeMeta(mirror, 'first-sync-done');
}
