// Where customers are signed in. (E1)

import type { CustomerId, WorkspaceId } from '../protocol/ids.ts';

/** A browser a customer is signed in with. Tokens are kept as SHA-256 only; instants are ISO 8601 in UTC. */
export interface CustomerSession {
  /** Of the session itself, whatever token it has; never shown to anybody. */
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
  readonly tokenHash: string;
  readonly tokenSince: string;
  /** The token before, for answers that were lost and requests that were on their way; null where there was none. */
  readonly previousHash: string | null;
  /** Null for as long as nobody came with the new token. */
  readonly previousUntil: string | null;
  /** In words: "Chrome on Android". */
  readonly device: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}

export interface FoundSession {
  readonly session: CustomerSession;
  /** Of its customer, from before the session was read. */
  readonly stand: number;
}

export interface SessionOwner {
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
}

/** They begin by a door change, in the commit that uses a link up. */
export interface CustomerSessions {
  /**
   * Hears of what other processes committed before this call; asked when a request begins, so that nobody is shown what
   * was withdrawn before they asked. Undefined where `standOf` asks by itself, at once. [V1]
   */
  catchUp(): Promise<void> | undefined;
  /** Another number after anything changed that the customer's sessions or pages are made of. Asked before they are read. */
  standOf(owner: SessionOwner): number;
  /** Neither ended nor expired, by the token it has or the one before, whether that still counts or not. */
  find(tokenHash: string, now: string): Promise<FoundSession | undefined>;
  /** Of two who change the same token at once, one does. */
  change(
    session: Pick<CustomerSession, 'id' | 'tokenHash'>,
    to: Partial<Omit<CustomerSession, 'id' | 'workspaceId' | 'customerId'>>,
  ): Promise<boolean>;
  /** Those in force, the one used last first. */
  ofCustomer(owner: SessionOwner, now: string): Promise<readonly CustomerSession[]>;
  /** Ends those in force of which `which` says so. */
  end(
    owner: SessionOwner,
    which: { readonly id: string } | { readonly exceptId: string },
    endedAt: string,
  ): Promise<void>;
}
