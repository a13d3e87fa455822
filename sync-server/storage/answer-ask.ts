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
    default:
      return transaction.find(ask);
  }
}
