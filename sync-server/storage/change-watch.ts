// What was made for a customer stands until something changes that it could be made of. Here such changes are counted. (V1)

import type { RecordKind } from '../protocol/records.ts';
import type { SessionOwner } from './customer-sessions.ts';

/** A row that was written or removed, as its columns said before or say now. */
export interface ChangedRow {
  readonly workspaceId: string;
  /** Of a record, or 'customer_session'. */
  readonly kind: string;
  readonly id: string;
  readonly customerId: string | null;
  /** Whose the row's job is; null where it is of no job, or of one that is not there. */
  readonly customerOfJob: string | null;
}

/** Whose portal can look different after a change of such a row. */
const REACH: Readonly<Record<string, Reach | undefined>> = {
  workspace: 'office',
  member: 'office',
  pipeline: 'office',
  customer: 'itself',
  job: 'customer',
  portal_visit: 'customer',
  portal_link: 'customer',
  customer_session: 'customer',
  entry: 'job',
  attachment: 'job',
  // No page of a customer is made of these.
  mail: 'nobody',
  scheduled_reply: 'nobody',
  read_mark: 'nobody',
  follow: 'nobody',
  member_settings: 'nobody',
  canned_reply: 'nobody',
} satisfies Record<RecordKind | 'customer_session', Reach>;
type Reach = 'office' | 'itself' | 'customer' | 'job' | 'nobody';

interface OfficeStand {
  all: number;
  readonly byCustomer: Map<string, number>;
}

const MOST_CUSTOMERS = 10_000;

export class ChangeWatch {
  readonly #stampOfOthers: () => unknown;
  #othersAt: unknown;
  #hasAsked = false;
  #count = 0;
  #everyone = 0;
  readonly #offices = new Map<string, OfficeStand>();

  /**
   * @param stampOfOthers another value after each commit of another process; of those nothing but that is known then. Left
   * out where they are noted like one's own.
   */
  constructor(stampOfOthers: () => unknown = () => undefined) {
    this.#stampOfOthers = stampOfOthers;
  }

  /** Another number after anything changed. */
  now(): number {
    this.#askForOthers();
    return this.#count;
  }

  /**
   * Once in a turn of the event loop, for it costs as much as answering: whoever is answered in this turn was on the way when it
   * began, so no commit of another process was known to them before. Commits of this process count at once.
   */
  #askForOthers(): void {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    setImmediate(() => {
      this.#hasAsked = false;
    });
    const stamp = this.#stampOfOthers();
    if (stamp !== this.#othersAt) this.noteEverything();
    this.#othersAt = stamp;
  }

  /** Another number after anything changed that this customer's sessions or pages are made of. */
  standOf({ workspaceId, customerId }: SessionOwner): number {
    this.#askForOthers();
    const office = this.#offices.get(workspaceId);
    if (office === undefined) return this.#everyone;
    return Math.max(this.#everyone, office.all, office.byCustomer.get(customerId) ?? 0);
  }

  /** Anything may have changed. */
  noteEverything(): void {
    this.#everyone = this.#next();
  }

  note(row: ChangedRow): void {
    const whose = whoseIs(row);
    if (whose === 'nobody') return;
    const office = this.#officeOf(row.workspaceId);
    if (whose === 'office' || office.byCustomer.size >= MOST_CUSTOMERS) {
      office.all = this.#next();
      office.byCustomer.clear();
    } else office.byCustomer.set(whose.customerId, this.#next());
  }

  #officeOf(workspaceId: string): OfficeStand {
    const known = this.#offices.get(workspaceId);
    if (known !== undefined) return known;
    const office = { all: 0, byCustomer: new Map<string, number>() };
    this.#offices.set(workspaceId, office);
    return office;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

/** The whole office in every case of doubt. */
function whoseIs({
  kind,
  id,
  customerId,
  customerOfJob,
}: ChangedRow): { readonly customerId: string } | 'office' | 'nobody' {
  const concerned = { office: null, itself: id, customer: customerId, job: customerOfJob };
  const reach = REACH[kind] ?? 'office';
  if (reach === 'nobody') return 'nobody';
  const customer = concerned[reach];
  return customer === null ? 'office' : { customerId: customer };
}
