// What server processes on one database tell each other. Whoever misses it is late, never wrong. (J3)

import type { WorkspaceId } from '../protocol/ids.ts';

export type News =
  /** The office's version moved. [L4] */
  | { readonly kind: 'commit'; readonly workspaceId: WorkspaceId; readonly version: number }
  /** A mail waits. */
  | { readonly kind: 'mail' }
  /** In the words of whoever tells and hears it; at most a few thousand characters. */
  | { readonly kind: 'presence'; readonly text: string };

export interface OtherProcesses {
  tell(news: News): void;
  /** Calls back with what others told, never with one's own. The answer unsubscribes. */
  onNews(listener: (news: News) => void): () => void;
}

/** Where one process has the database to itself. */
export const NO_OTHERS: OtherProcesses = {
  tell: () => undefined,
  onNews: () => () => undefined,
};
