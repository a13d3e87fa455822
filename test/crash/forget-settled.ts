// Loaded before sync-server/main.ts (`node --import`): a server without deduplication, which a crash run must notice. What it
// settled it forgets, by keeping each answer under a name nobody asks for. [P1]

import { randomUUID } from 'node:crypto';
import { KyselyStorage } from '../../sync-server/storage/kysely-storage.ts';
import { type MutationId, mutationId } from '../../sync-server/protocol/ids.ts';
import type { StorageTransaction } from '../../sync-server/storage/storage.ts';

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
    prefetch: (ids, keys) => transaction.prefetch(ids, keys),
    find: (key) => transaction.find(key),
    news: (query) => transaction.news(query),
    next: (query) => transaction.next(query),
    belongings: (query) => transaction.belongings(query),
    shared: (query) => transaction.shared(query),
    mailed: (query) => transaction.mailed(query),
    cannedOf: (query) => transaction.cannedOf(query),
    deletionOf: (key) => transaction.deletionOf(key),
    blob: (blobId) => transaction.blob(blobId),
    members: () => transaction.members(),
    jobsAssignedTo: (memberId) => transaction.jobsAssignedTo(memberId),
    scheduledOn: (jobId) => transaction.scheduledOn(jobId),
    nextReference: () => transaction.nextReference(),
    openMail: (of) => transaction.openMail(of),
    changeMail: (change) => transaction.changeMail(change),
    hastenMails: (of) => transaction.hastenMails(of),
    isSettled: () => Promise.resolve(false),
    settle: (identity, outcome) => {
      const id = mutationId.parse(randomUUID());
      askedAs.set(id, identity.id);
      transaction.settle({ ...identity, id }, outcome);
    },
  };
}
