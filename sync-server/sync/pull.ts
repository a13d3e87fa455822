import type { StaffSession } from '../auth/staff.ts';
import {
  type Change,
  CHANGES_BEGIN,
  CHANGES_END,
  type PullAnswer,
  PULL_PAGE_ROWS,
} from '../protocol/sync.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { RecordReader } from '../storage/storage.ts';
import type { ChangeRow } from '../storage/pages.ts';
import { readCursor, type SnapshotCursor, writeCursor } from './cursor.ts';

/** The first page of all is small, so that the newest jobs are on the screen at once. [L2] */
const FIRST_PAGE_ROWS = 100;

const BEYOND_HORIZON = 'The cursor is older than what is remembered of deletions.';

type PageAnswer = Extract<PullAnswer, { kind: 'page' }>;

/** An answer before it is text: rows are as they are stored. */
export type Pulled =
  | Extract<PullAnswer, { kind: 'reset' }>
  | (Omit<PageAnswer, 'changes'> & { readonly rows: readonly ChangeRow[] });

interface PullDeps {
  readonly storage: RecordReader;
  readonly pageRows?: number;
  /** What links to this server begin with, without a slash at the end. */
  publicUrl(): string;
}

/**
 * One page: of a snapshot where the device has nothing yet, of the changes after its cursor otherwise. A cursor that does not
 * belong to this database and workspace is answered with reset, never with a guess. [L1, L2, L3, L6]
 */
export async function pull(
  deps: PullDeps,
  session: StaffSession,
  cursor: string | undefined,
): Promise<Pulled> {
  const { workspaceId } = session;
  const epoch = await deps.storage.epoch();
  if (cursor === undefined)
    return snapshotPage(deps, session, await firstCursor(deps, session, epoch));
  const at = readCursor(cursor);
  if (at === undefined) return reset('The cursor is not one of this server.');
  if (at.epoch !== epoch) return reset('The cursor is of another database.');
  if (at.workspaceId !== workspaceId) return reset('The cursor is of another workspace.');
  if ((at.toldIn ?? PROTOCOL_VERSION) < session.protocolVersion)
    return reset('The device was told less before it was updated.');
  const head = await deps.storage.headVersion(workspaceId);
  if (at.version > (head ?? 0)) return reset('The cursor is ahead of this database.');
  // What it has brought so far may be gone without a trace.
  if (at.at === 'snapshot' && at.version < (await deps.storage.horizon(workspaceId)))
    return reset(BEYOND_HORIZON);
  return at.at === 'snapshot' ? snapshotPage(deps, session, at) : changesPage(deps, session, at);
}

async function firstCursor(
  { storage }: PullDeps,
  { workspaceId, memberId }: StaffSession,
  epoch: string,
): Promise<SnapshotCursor> {
  const { rows, version } = await storage.snapshotSize(workspaceId, memberId);
  const place = { phase: 'frame' } as const;
  return { at: 'snapshot', epoch, workspaceId, version, place, rowsSent: 0, rowsTotal: rows };
}

/** Where it ends, what changed while it was sent follows as changes after its version. [L2] */
async function snapshotPage(
  { storage, publicUrl, pageRows = PULL_PAGE_ROWS }: PullDeps,
  session: StaffSession,
  at: SnapshotCursor,
): Promise<Pulled> {
  const { workspaceId, memberId } = session;
  const { epoch, version, rowsTotal } = at;
  const page = await storage.snapshotPage({
    workspaceId,
    memberId,
    atVersion: version,
    // The schema's optional key and the interface's differ only in an explicit undefined.
    place:
      at.place.after === undefined
        ? { phase: at.place.phase }
        : { ...at.place, after: at.place.after },
    limitRows: at.place.phase === 'frame' ? Math.min(FIRST_PAGE_ROWS, pageRows) : pageRows,
  });
  // Customers and read marks that came with a job come once more at the end, so this can run past the total.
  const rowsSent = Math.min(at.rowsSent + page.rows.length, rowsTotal);
  const next = page.next;
  const cursor =
    next === undefined
      ? writeCursor({ at: 'version', epoch, workspaceId, version, ...toldIn(session) })
      : writeCursor({ ...at, place: next, rowsSent, ...toldIn(session) });
  return {
    kind: 'page',
    rows: page.rows,
    cursor,
    epoch,
    portalUrl: publicUrl(),
    version: next === undefined ? version : 0,
    more: true,
    snapshot: { rowsSent, rowsTotal },
    digest: null,
  };
}

async function changesPage(
  { storage, publicUrl, pageRows = PULL_PAGE_ROWS }: PullDeps,
  session: StaffSession,
  { epoch, version: afterVersion }: { readonly epoch: string; readonly version: number },
): Promise<Pulled> {
  const { workspaceId, memberId } = session;
  const page = await storage.changesAfter({
    workspaceId,
    memberId,
    afterVersion,
    limitRows: pageRows,
  });
  if (afterVersion < page.horizon) return reset(BEYOND_HORIZON);
  return {
    kind: 'page',
    rows: page.rows,
    cursor: writeCursor({
      at: 'version',
      epoch,
      workspaceId,
      version: page.version,
      ...toldIn(session),
    }),
    epoch,
    portalUrl: publicUrl(),
    version: page.version,
    more: page.more,
    snapshot: null,
    digest: page.digest ?? null,
  };
}

/** An older device is told less, and its cursor remembers: updated, it needs all of it. [H9] */
function toldIn({ protocolVersion }: StaffSession): { toldIn?: number } {
  return protocolVersion < PROTOCOL_VERSION ? { toldIn: protocolVersion } : {};
}

function reset(reason: string): Pulled {
  return { kind: 'reset', reason };
}

/** A `PullAnswer` as JSON, each change on a line of its own. Records are put into it as the text they are stored as. */
export function pullText(pulled: Pulled): string {
  if (pulled.kind === 'reset') return JSON.stringify(pulled satisfies PullAnswer);
  const { rows, ...head } = pulled;
  // Strung together, it is laid out once, on its way to bytes; joined and then framed it would be three times.
  let text = `${JSON.stringify(head).slice(0, -1)},${CHANGES_BEGIN}`;
  let separator = '';
  for (const row of rows) {
    text += separator + changeText(row);
    separator = ',\n';
  }
  return text + CHANGES_END;
}

/** The same answer with its records read, for whoever has to change them. */
export function pullAnswerOf(pulled: Pulled): PullAnswer {
  if (pulled.kind === 'reset') return pulled;
  const { rows, ...head } = pulled;
  return { ...head, changes: rows.map(changeOf) };
}

function changeOf({ isDeleted, kind, id, version, createdVersion, data }: ChangeRow): Change {
  return isDeleted
    ? { op: 'delete', kind, id, version }
    : { op: 'put', kind, id, version, createdVersion, record: JSON.parse(data) as unknown };
}

function changeText({ isDeleted, kind, id, version, createdVersion, data }: ChangeRow): string {
  const place = `"kind":"${kind}","id":${JSON.stringify(id)},"version":${version}`;
  return isDeleted
    ? `{"op":"delete",${place}}`
    : `{"op":"put",${place},"createdVersion":${createdVersion},"record":${data}}`;
}
