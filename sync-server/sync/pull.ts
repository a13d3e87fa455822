import type { StaffSession } from '../auth/staff.ts';
import { type Change, PULL_PAGE_ROWS, type PullAnswer } from '../protocol/sync.ts';
import type { ChangeRow, RecordReader } from '../storage/storage.ts';
import { readCursor, writeCursor } from './cursor.ts';

/**
 * The changes after a cursor, in version order, one page at a time; without a cursor from the beginning. A cursor that does
 * not belong to this database and workspace is answered with reset, never with a guess. [L1, L3, L6]
 */
export async function pull(
  { storage, pageRows = PULL_PAGE_ROWS }: { storage: RecordReader; pageRows?: number },
  { workspaceId, memberId }: StaffSession,
  cursor: string | undefined,
): Promise<PullAnswer> {
  const epoch = await storage.epoch();
  const after = cursor === undefined ? { epoch, workspaceId, version: 0 } : readCursor(cursor);
  if (after === undefined) return reset('The cursor is not one of this server.');
  if (after.epoch !== epoch) return reset('The cursor is of another database.');
  if (after.workspaceId !== workspaceId) return reset('The cursor is of another workspace.');
  const page = await storage.changesAfter({
    workspaceId,
    memberId,
    afterVersion: after.version,
    limitRows: pageRows,
  });
  if (after.version > page.head) return reset('The cursor is ahead of this database.');
  return {
    kind: 'page',
    changes: page.rows.map(toChange),
    cursor: writeCursor({ epoch, workspaceId, version: page.version }),
    version: page.version,
    more: page.more,
  };
}

function reset(reason: string): PullAnswer {
  return { kind: 'reset', reason };
}

function toChange({ isDeleted, kind, id, version, createdVersion, record }: ChangeRow): Change {
  return isDeleted
    ? { op: 'delete', kind, id, version }
    : { op: 'put', kind, id, version, createdVersion, record };
}
