// Safeguards switched off one at a time, by putting a faulty stand-in where the simulation wires its world together. A
// simulation that does not notice proves nothing. [S3]

import type { Bindings, Mirror, WritableMirror } from '../../electron/core/mirror/database.ts';
import type { MutationId } from '../../sync-server/protocol/ids.ts';
import type { Storage, StorageTransaction } from '../../sync-server/storage/storage.ts';
import { type Run, SimulatedCrash } from './run.ts';
import { isCheckpoint, watched } from './simulated-mirror.ts';
import { passedOn } from '../support/passed-on.ts';

export const CONTROLS = [
  'dedup',
  'checkpoint',
  'visibility',
  'version-lock',
  'before-image',
  'mail-doubt',
  'look',
  'countdown',
  'ownership',
] as const;
export type ControlName = (typeof CONTROLS)[number];

export interface Control {
  storage(inner: Storage, run: Run): Storage;
  mirror(inner: Mirror, wiring: { readonly run: Run; diesHere(): void }): Mirror;
}

export const NO_CONTROL: Control = {
  storage: (inner) => inner,
  mirror: (inner) => inner,
};

export const controls: { readonly [N in ControlName]: Control } = {
  dedup: { ...NO_CONTROL, storage: withoutDedup },
  checkpoint: { ...NO_CONTROL, mirror: withCheckpointApart },
  visibility: { ...NO_CONTROL, storage: withoutAudience },
  'version-lock': { ...NO_CONTROL, storage: withoutVersionLock },
  'before-image': { ...NO_CONTROL, mirror: withoutBeforeImages },
  'mail-doubt': { ...NO_CONTROL, storage: withoutMailDoubt },
  look: { ...NO_CONTROL, mirror: withoutLook },
  countdown: { ...NO_CONTROL, mirror: withoutCountdown },
  ownership: { ...NO_CONTROL, storage: withoutOwnership },
};

/** Forgets which mutations it has seen: a replay is applied like a new one. [P1] */
function withoutDedup(inner: Storage, run: Run): Storage {
  return override(inner, {
    transact: async (workspaceId, work) => {
      const renamed = new Map<MutationId, MutationId>();
      const committed = await inner.transact(workspaceId, (transaction) =>
        work(forgetful(transaction, renamed, run)),
      );
      const answers = new Map(committed.answers);
      for (const [id, stored] of renamed) {
        const answer = committed.answers.get(stored);
        if (answer !== undefined) answers.set(id, answer);
      }
      return { ...committed, answers };
    },
  });
}

function forgetful(
  transaction: StorageTransaction,
  renamed: Map<MutationId, MutationId>,
  run: Run,
): StorageTransaction {
  return {
    ...passedOn(transaction),
    isSettled: async (identity) => {
      // The table has room for one row of each id: the second application gets another.
      if (await transaction.isSettled(identity))
        renamed.set(identity.id, run.newId() as MutationId);
      return false;
    },
    settle: (identity, outcome) =>
      transaction.settle({ ...identity, id: renamed.get(identity.id) ?? identity.id }, outcome),
  };
}

/** The checkpoint is written first, in a transaction of its own: who dies in between skips the page's rows. [L1] */
function withCheckpointApart(
  inner: Mirror,
  { run, diesHere }: { readonly run: Run; diesHere(): void },
): Mirror {
  const LIKELY = 0.2;
  return overrideMirror(inner, {
    transact: (work) => {
      const checkpoint: { sql: string; bindings: Parameters<WritableMirror['run']>[1] }[] = [];
      const isMoving = rehearse(inner, (writable) => {
        work(
          watched(writable, (sql, bindings) => {
            if (isCheckpoint(sql, bindings)) checkpoint.push({ sql, bindings });
          }),
        );
        return checkpoint.length > 0;
      });
      if (!isMoving) return inner.transact(work);
      inner.transact((writable) => {
        for (const { sql, bindings } of checkpoint) writable.run(sql, bindings);
      });
      if (run.chance.happens(LIKELY)) {
        diesHere();
        throw new SimulatedCrash('between checkpoint and rows');
      }
      return inner.transact(work);
    },
  });
}

class Rehearsed extends Error {}

/** What `work` would do, without doing it. */
function rehearse(inner: Mirror, work: (writable: WritableMirror) => boolean): boolean {
  let answer = false;
  try {
    inner.transact((writable) => {
      answer = work(writable);
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return answer;
}

/** Who asks for what a customer may see gets everything, marked as visible. [V1] */
function withoutAudience(inner: Storage): Storage {
  return override(inner, {
    entriesOfJob: async (workspaceId, jobId) => {
      const entries = await inner.entriesOfJob(workspaceId, jobId);
      return entries.map((stored) => ({
        ...stored,
        record: { ...stored.record, audience: 'visible' as const },
      }));
    },
  });
}

/** A page claims the head as it is after the rows were read: what was committed in between is never sent. [O1] */
function withoutVersionLock(inner: Storage, run: Run): Storage {
  return override(inner, {
    changesAfter: async (query) => {
      const page = await inner.changesAfter(query);
      await run.scheduler.pause(run.chance.between(1, 200));
      const head = (await inner.headVersion(query.workspaceId)) ?? page.head;
      return page.more ? page : { ...page, version: head, head };
    },
  });
}

/** What is one member's own is told to every other. [V3] */
function withoutOwnership(inner: Storage): Storage {
  return override(inner, {
    changesAfter: async (query) => {
      const page = await inner.changesAfter(query);
      const members = await inner.recordsOfKind(query.workspaceId, 'member');
      const rows = new Map(page.rows.map((row) => [`${row.kind} ${row.id}`, row]));
      for (const { record } of members) {
        const theirs = await inner.changesAfter({ ...query, memberId: record.id });
        for (const row of theirs.rows)
          if (row.kind === 'canned_reply' && row.version <= page.version)
            rows.set(`${row.kind} ${row.id}`, row);
      }
      return { ...page, rows: [...rows.values()].toSorted((a, b) => a.version - b.version) };
    },
  });
}

/** Nothing is kept before and after a hand-over: who dies over it leaves no trace. [F1] (F2) */
function withoutMailDoubt(inner: Storage): Storage {
  const mails = override(inner.mails, { keepDeliveries: () => Promise.resolve(true) });
  return override(inner, { mails });
}

/** Nothing of what is pending is undone before server truth is applied. [R1] */
function withoutBeforeImages(inner: Mirror): Mirror {
  return overrideMirror(inner, {
    transact: (work) =>
      inner.transact((writable) =>
        work({
          ...watched(writable, () => undefined),
          all: (sql, bindings) =>
            sql.includes('before_images') ? [] : writable.all(sql, bindings),
        }),
      ),
  });
}

/** Nothing is put down for a person to look at. [P7] */
function withoutLook(inner: Mirror): Mirror {
  const isLook = (bindings: Bindings) => 'key' in bindings && bindings.key === 'look';
  return overrideMirror(inner, {
    transact: (work) =>
      inner.transact((writable) =>
        work({
          ...watched(writable, () => undefined),
          run: (sql, bindings = {}) => (isLook(bindings) ? 0 : writable.run(sql, bindings)),
        }),
      ),
  });
}

/** The desk takes it that its member wants none. [P8] */
function withoutCountdown(inner: Mirror): Mirror {
  return override(inner, {
    get: <Row>(sql: string, bindings?: Bindings) =>
      bindings !== undefined && 'key' in bindings && bindings.key === 'undo-seconds'
        ? ({ value: '0' } as Row)
        : inner.get<Row>(sql, bindings),
  });
}

export function override<T extends object>(inner: T, faulty: Partial<T>): T {
  return new Proxy(inner, {
    get(target, name) {
      const replaced: unknown = Reflect.get(faulty, name);
      if (replaced !== undefined) return replaced;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function overrideMirror(inner: Mirror, faulty: Pick<Mirror, 'transact'>): Mirror {
  return {
    all: (sql, bindings) => inner.all(sql, bindings),
    get: (sql, bindings) => inner.get(sql, bindings),
    onCommit: (listener) => inner.onCommit(listener),
    logPages: () => inner.logPages(),
    emptyLog: () => inner.emptyLog(),
    wipeTraces: () => inner.wipeTraces(),
    close: () => inner.close(),
    ...faulty,
  };
}
