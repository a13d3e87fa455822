/** What a request that needs no words asks with, and one that is only done answers with. */
export type None = Record<string, never>;
