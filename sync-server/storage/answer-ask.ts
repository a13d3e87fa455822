import type { Answer, Ask } from '../protocol/mutator.ts';
import type { StorageTransaction } from './storage.ts';

/** What a mutator that runs in this transaction asked for. */
export function answerAsk(transaction: StorageTransaction, ask: Ask): Promise<Answer> {
  switch (ask.kind) {
    case 'news':
      return transaction.news(ask);
    case 'next_link':
    case 'next_job':
    case 'next_pipeline':
      return transaction.next(ask);
    case 'belongings':
      return transaction.belongings(ask);
    case 'shared':
      return transaction.shared(ask);
    case 'mailed':
      return transaction.mailed(ask);
    case 'canned_of':
      return transaction.cannedOf(ask);
    default:
      return transaction.find(ask);
  }
}
