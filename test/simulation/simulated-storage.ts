// The server's storage as a simulated machine runs it: other requests come in between any two questions to it, pages are
// small, and the machine may die right before and right after each commit.

import type { MutationId, WorkspaceId } from '../../sync-server/protocol/ids.ts';
import type { Outcome } from '../../sync-server/protocol/outcome.ts';
import type {
  BlobAsked,
  BlobRow,
  Committed,
  MutationIdentity,
  Storage,
  StorageTransaction,
} from '../../sync-server/storage/storage.ts';
import { breathe, type Commit, dieMaybe, type Machine } from './machine.ts';
import { SimulatedCrash } from './run.ts';
import { simulatedMails } from './simulated-mails.ts';
import { passedOn } from '../support/passed-on.ts';

/** `headVersion` is asked outside of requests too, by live streams; on when a device was seen nothing depends. */
const UNDISTURBED: ReadonlySet<string> = new Set(['onCommit', 'close', 'headVersion', 'noteSeen']);
const PAGED: ReadonlySet<string> = new Set(['changesAfter', 'snapshotPage']);

type Method = (...args: unknown[]) => unknown;

export function simulatedStorage(inner: Storage, machine: Machine): Storage {
  const transact = simulatedTransact(inner, machine);
  const mails = simulatedMails(inner.mails, machine);
  return new Proxy(inner, {
    get(target, name) {
      if (name === 'mails') return mails;
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      const method = member.bind(target) as Method;
      if (UNDISTURBED.has(name)) return method;
      if (name === 'transact') return transact;
      return async (...args: unknown[]) => {
        await breathe(machine);
        const answer = await method(
          ...(PAGED.has(name) ? [smallPage(args[0], machine.pageRows)] : args),
        );
        const at = args[2] as string;
        if (name === 'claimBlob' && answer !== undefined)
          machine.onClaimed((args[0] as BlobAsked).blobId, args[1] as string);
        if (name === 'addBlob') machine.onClaimed((args[1] as BlobRow).blobId, at);
        await breathe(machine);
        return answer;
      };
    },
  });
}

type Work = (transaction: StorageTransaction) => Promise<void>;
type Transact = (workspaceId: WorkspaceId, work: Work) => Promise<Committed>;

function simulatedTransact(inner: Storage, machine: Machine): Transact {
  let lastTurn: Promise<unknown> = Promise.resolve();
  /** One at a time, death included: what the dying machine's disk holds is then never in doubt. */
  const inTurn = (work: () => Promise<Committed>) => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => undefined);
    return turn;
  };
  return async (workspaceId, work) => {
    await breathe(machine);
    let committed: Committed;
    try {
      committed = await inTurn(() => commit(inner, machine, { workspaceId, work }));
    } catch (error) {
      if (!(error instanceof SimulatedCrash)) throw error;
      return machine.run.scheduler.abandon();
    }
    await breathe(machine);
    return committed;
  };
}

async function commit(
  inner: Storage,
  machine: Machine,
  { workspaceId, work }: { workspaceId: WorkspaceId; work: Work },
): Promise<Committed> {
  dieMaybe(machine, 'before commit', 0);
  const storage = watchedStorage(inner, (seen) => machine.onCommitted(seen));
  const committed = await storage.transact(workspaceId, async (transaction) => {
    await work(transaction);
    dieMaybe(machine, 'before commit', machine.weather().serverCrash);
  });
  dieMaybe(machine, 'after commit', machine.weather().serverCrash);
  return committed;
}

/** Tells what each commit has settled, before anybody who waits for it. */
export function watchedStorage(
  inner: Storage,
  onCommitted: (commit: Commit) => Promise<void>,
): Storage {
  const transact: Transact = async (workspaceId, work) => {
    const seen: Seen = { outcomes: [], replayed: [] };
    const committed = await inner.transact(workspaceId, (transaction) =>
      work(watched(transaction, seen)),
    );
    const settled = seen.outcomes.flatMap((each) => {
      const answer = committed.answers.get(each.identity.id);
      return answer === undefined ? [] : [{ ...each, answer }];
    });
    await onCommitted({ settled, replayed: seen.replayed, version: committed.version });
    return committed;
  };
  return new Proxy(inner, {
    get(target, name) {
      if (name === 'transact') return transact;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

interface Seen {
  readonly outcomes: { identity: MutationIdentity; outcome: Outcome }[];
  readonly replayed: MutationId[];
}

/** Passes everything on, and remembers what was settled. */
function watched(transaction: StorageTransaction, seen: Seen): StorageTransaction {
  return {
    ...passedOn(transaction),
    isSettled: async (identity) => {
      const isSettled = await transaction.isSettled(identity);
      if (isSettled) seen.replayed.push(identity.id);
      return isSettled;
    },
    settle: (identity, outcome) => {
      transaction.settle(identity, outcome);
      seen.outcomes.push({ identity, outcome });
    },
  };
}

function smallPage(query: unknown, limitRows: number): unknown {
  return { ...(query as object), limitRows };
}
