import type { StorageTransaction } from '../../sync-server/storage/storage.ts';

/** A transaction that does what another one does, to be spread under whatever a test does otherwise. */
export function passedOn(transaction: StorageTransaction): StorageTransaction {
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
    isSettled: (identity) => transaction.isSettled(identity),
    settle: (identity, outcome) => transaction.settle(identity, outcome),
  };
}
