// Who came with which token: known again without a look at the database, until a row of theirs changes or their session has
// something due. (E1)

import type { CustomerSessions, SessionOwner } from '../storage/customer-sessions.ts';

/** As much of a visitor as says how long they are known. */
export interface Guest extends SessionOwner {
  readonly stand: number;
  readonly quietUntilMs: number;
}

const MAX_KNOWN = 10_000;

export class KnownVisitors<V extends Guest> {
  readonly #sessions: Pick<CustomerSessions, 'standOf'>;
  readonly #byToken = new Map<string, V>();

  constructor(sessions: Pick<CustomerSessions, 'standOf'>) {
    this.#sessions = sessions;
  }

  /** Undefined for whoever has to be looked for. */
  recall(sessionToken: string, nowMs: number): V | undefined {
    const visitor = this.#byToken.get(sessionToken);
    if (visitor === undefined) return undefined;
    const isQuiet = visitor.quietUntilMs > nowMs;
    if (isQuiet && visitor.stand === this.#sessions.standOf(visitor)) return visitor;
    this.#byToken.delete(sessionToken);
    return undefined;
  }

  keep(sessionToken: string, visitor: V): void {
    if (this.#byToken.size >= MAX_KNOWN) this.#byToken.clear();
    this.#byToken.set(sessionToken, visitor);
  }
}
