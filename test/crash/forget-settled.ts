// Loaded before sync-server/main.ts (`node --import`): a server without deduplication, which a crash run must notice. What it
// settled it forgets, by keeping each answer under a name nobody asks for. [P1]

import { randomUUID } from 'node:crypto';
import { KyselyStorage } from '../../sync-server/storage/kysely-storage.ts';
import { type MutationId, mutationId } from '../../sync-server/protocol/ids.ts';
import type { StorageTransaction } from '../../sync-server/storage/storage.ts';
import { passedOn } from '../support/passed-on.ts';

const { transact } = KyselyStorage.prototype;

KyselyStorage.prototype.transact = async function (workspaceId, work) {
  const askedAs = new Map<MutationId, MutationId>();
  const committed = await transact.call(this, workspaceId, (transaction) =>
    work(forgetful(transaction, askedAs)),
  );
  const answers = [...committed.answers].map(
    ([id, outcome]) => [askedAs.get(id) ?? id, outcome] as const,
  );
  return { ...committed, answers: new Map(answers) };
};

function forgetful(
  transaction: StorageTransaction,
  askedAs: Map<MutationId, MutationId>,
): StorageTransaction {
  return {
    ...passedOn(transaction),
    isSettled: () => Promise.resolve(false),
    settle: (identity, outcome) => {
      const id = mutationId.parse(randomUUID());
      askedAs.set(id, identity.id);
      transaction.settle({ ...identity, id }, outcome);
    },
  };
}
