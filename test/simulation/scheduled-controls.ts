// Safeguards of replies that are sent later, switched off one at a time: the stories must notice. (C8) [S3]

import type { Storage, StorageTransaction } from '../../sync-server/storage/storage.ts';
import { type Control, NO_CONTROL, override } from './controls.ts';
import { passedOn } from '../support/passed-on.ts';

export const SCHEDULED_CONTROLS: Readonly<Record<string, Control>> = {
  /** The commit that takes the customer's word in holds nothing. */
  'the customer’s word': withTransaction((transaction) => ({
    ...passedOn(transaction),
    scheduledOn: () => Promise.resolve([]),
  })),
  /** The entry stands in one commit, and that it was sent is left to another. */
  'one commit': withTransaction((transaction) => ({
    ...passedOn(transaction),
    settle: (identity, outcome) => {
      if (identity.actorKey !== 'server:scheduled' || outcome.kind !== 'applied')
        return transaction.settle(identity, outcome);
      const isSent = outcome.puts.some(({ kind }) => kind === 'entry');
      const puts = outcome.puts.filter(({ kind }) => !isSent || kind !== 'scheduled_reply');
      return transaction.settle(identity, { ...outcome, puts });
    },
  })),
  /** What a restored server would send is sent, whatever became of it before. [L6] */
  'the restore': {
    ...NO_CONTROL,
    storage: (inner) =>
      override(inner, {
        dueReplies: override(inner.dueReplies, {
          due: async (now, limit) =>
            (await inner.dueReplies.due(now, limit)).map((due) => ({ ...due, wasRestored: false })),
        }),
      }),
  },
};

function withTransaction(faulty: (transaction: StorageTransaction) => StorageTransaction): Control {
  const storage = (inner: Storage) =>
    override(inner, {
      transact: (workspaceId, work) =>
        inner.transact(workspaceId, (transaction) => work(faulty(transaction))),
    });
  return { ...NO_CONTROL, storage };
}
