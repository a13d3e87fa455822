import type { Kysely } from 'kysely';
import type { CustomerId, WorkspaceId } from '../protocol/ids.ts';
import type {
  CustomerSession,
  CustomerSessions,
  FoundSession,
  SessionOwner,
} from './customer-sessions.ts';
import type { ChangeWatch } from './change-watch.ts';
import type { Dialect } from './queries.ts';
import type { CustomerSessionTable, Tables } from './tables.ts';

const COLUMNS = [
  'id',
  'workspace_id',
  'customer_id',
  'token_hash',
  'token_since',
  'previous_hash',
  'previous_until',
  'device',
  'created_at',
  'last_used_at',
  'expires_at',
] as const;

export class KyselyCustomerSessions implements CustomerSessions {
  readonly #database: Kysely<Tables>;
  readonly #changes: ChangeWatch;
  readonly #catchUp: Dialect['catchUp'];
  /** Compiled once: every request of a browser that was not there lately begins with the first of these. */
  readonly #byToken: FindQuery;
  readonly #byPrevious: FindQuery;

  constructor(
    database: Kysely<Tables>,
    { changes, catchUp }: Pick<Dialect, 'changes' | 'catchUp'>,
  ) {
    this.#database = database;
    this.#changes = changes;
    this.#catchUp = catchUp;
    this.#byToken = findQuery(database, 'token_hash');
    this.#byPrevious = findQuery(database, 'previous_hash');
  }

  catchUp(): Promise<void> | undefined {
    return this.#catchUp?.();
  }

  async find(tokenHash: string, now: string): Promise<FoundSession | undefined> {
    const before = this.#changes.now();
    const session = await this.#read(tokenHash, now);
    // A change of this customer that overtook the reading stands above every number from before.
    return session && { session, stand: Math.min(before, this.standOf(session)) };
  }

  standOf(owner: SessionOwner): number {
    return this.#changes.standOf(owner);
  }

  async #read(tokenHash: string, now: string): Promise<CustomerSession | undefined> {
    const parameters = [now, tokenHash];
    for (const query of [this.#byToken, this.#byPrevious]) {
      const { rows } = await this.#database.executeQuery<FoundRow>({ ...query, parameters });
      const [row] = rows;
      if (row !== undefined) return sessionOf(row);
    }
    return undefined;
  }

  async change(
    { id, tokenHash }: Pick<CustomerSession, 'id' | 'tokenHash'>,
    to: Partial<CustomerSession>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('customer_session')
      .set(rowOf(to))
      .where('id', '=', id)
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async ofCustomer(owner: SessionOwner, now: string): Promise<readonly CustomerSession[]> {
    const rows = await this.#inForce(now)
      .where('workspace_id', '=', owner.workspaceId)
      .where('customer_id', '=', owner.customerId)
      .orderBy('last_used_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(sessionOf);
  }

  async end(
    owner: SessionOwner,
    which: { readonly id: string } | { readonly exceptId: string },
    endedAt: string,
  ): Promise<void> {
    const isOne = 'id' in which;
    await this.#database
      .updateTable('customer_session')
      .set({ ended_at: endedAt })
      .where('workspace_id', '=', owner.workspaceId)
      .where('customer_id', '=', owner.customerId)
      .where('id', isOne ? '=' : '<>', isOne ? which.id : which.exceptId)
      .where('ended_at', 'is', null)
      .execute();
  }

  #inForce(now: string) {
    return this.#database
      .selectFrom('customer_session')
      .select(COLUMNS)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now);
  }
}

export async function insertSession(
  database: Kysely<Tables>,
  session: CustomerSession,
): Promise<void> {
  const row = { ...rowOf(session), ended_at: null } as CustomerSessionTable;
  await database.insertInto('customer_session').values(row).execute();
}

type FoundRow = Omit<CustomerSessionTable, 'ended_at'>;
type FindQuery = ReturnType<typeof findQuery>;

/** Its parameters are the time and the hash, in this order. */
function findQuery(database: Kysely<Tables>, column: 'token_hash' | 'previous_hash') {
  return database
    .selectFrom('customer_session')
    .select(COLUMNS)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', '')
    .where(column, '=', '')
    .compile();
}

/** The columns of what is there. */
function rowOf(session: Partial<CustomerSession>): Partial<CustomerSessionTable> {
  const row = {
    id: session.id,
    workspace_id: session.workspaceId,
    customer_id: session.customerId,
    token_hash: session.tokenHash,
    token_since: session.tokenSince,
    previous_hash: session.previousHash,
    previous_until: session.previousUntil,
    device: session.device,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

function sessionOf(row: FoundRow): CustomerSession {
  return {
    id: row.id,
    workspaceId: row.workspace_id as WorkspaceId,
    customerId: row.customer_id as CustomerId,
    tokenHash: row.token_hash,
    tokenSince: row.token_since,
    previousHash: row.previous_hash,
    previousUntil: row.previous_until,
    device: row.device,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}
