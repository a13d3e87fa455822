// Everything a desk has said yes to, and who has given up what: none of it may ever be missing.

import type { ReadableMirror } from '../../electron/core/mirror/database.ts';
import type { PushOutcome } from '../../sync-server/protocol/outcome.ts';
import type { Model, SettledKind } from './model.ts';
import { type Run, short } from './run.ts';

export interface OutboxRow {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly args: string;
  readonly jobId: string | null;
  readonly state: 'pending' | 'accepted' | 'parked';
  readonly dependsOn: readonly string[];
  readonly mayHaveArrived: boolean;
  readonly outcome: PushOutcome | null;
}

interface Accepted {
  readonly id: string;
  readonly name: string;
  readonly args: string;
  readonly jobId: string | null;
  readonly memberId: string;
  /** The desk it was made on, and its place in that desk's line. */
  readonly madeOn: string;
  readonly seq: number;
  /** Desks that hold or held it; false once a person gave it up there. */
  readonly desks: Map<string, boolean>;
  /** A person put it in place of an earlier one, whose place in the line it kept. */
  readonly isSecondWish: boolean;
  /** A person gave it up before any answer of the server was known. */
  givenUpUnsent: boolean;
  /** The desk held it by itself, before the server could. */
  isHeldOnDesk: boolean;
  /** It was on a server that is no more and on no desk, or the last desk that had it gave it up. */
  isForgiven: boolean;
}

export interface LedgerDesk {
  readonly name: string;
  readonly account: { readonly memberId: string };
}

export class Ledger {
  readonly #run: Run;
  readonly #accepted = new Map<string, Accepted>();
  /** What each desk's outbox held when it was last looked at. */
  readonly #outboxes = new Map<string, readonly OutboxRow[]>();
  readonly #everSettled = new Map<string, SettledKind>();
  readonly #appliedAgain = new Set<string>();
  /** At which server it was first seen parked: servers are counted by restores. */
  readonly #parkedAt = new Map<string, number>();
  #restores = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  get all(): Iterable<Accepted> {
    return this.#accepted.values();
  }

  outboxOf(deskName: string): readonly OutboxRow[] {
    return this.#outboxes.get(deskName) ?? [];
  }

  /** A mutation reached the server that no desk had been seen to accept: its desk died before it could say so. */
  find(id: string): Accepted | undefined {
    return this.#accepted.get(id);
  }

  /** The server's word on a mutation, also where it is not the first. */
  settled(id: string, kind: SettledKind): void {
    if (kind === 'applied' && this.#wasApplied(id)) this.#appliedAgain.add(id);
    if (!this.#wasApplied(id)) this.#everSettled.set(id, kind);
  }

  /** A server that is no more had applied it: its line had gone on, and parts of that may still have been on the wire. */
  wasAppliedAgain(id: string): boolean {
    return this.#appliedAgain.has(id);
  }

  /** Parked by what a server said or had that is no more: there it stays until its person decides. */
  isParkedFromBefore(id: string): boolean {
    return (this.#parkedAt.get(id) ?? this.#restores) < this.#restores;
  }

  /** Looks at a desk's outbox: new rows are accepted now, and none may have gone without reason. [P3] */
  look(desk: LedgerDesk, mirror: ReadableMirror): void {
    const rows = readOutbox(mirror);
    for (const row of rows) this.#see(desk, row);
    const standing = new Set(rows.map(({ id }) => id));
    for (const row of this.outboxOf(desk.name)) {
      const isKept = this.#accepted.get(row.id)?.desks.get(desk.name) === true;
      if (!standing.has(row.id) && isKept && !this.#wasApplied(row.id))
        this.#run.violate(
          'nothing accepted is lost',
          `${desk.name} no longer holds ${row.name}:${short(row.id)} ${row.args}`,
        );
    }
    this.#outboxes.set(desk.name, rows);
  }

  /** A person took it out of the line, or put another in its place. */
  giveUp(desk: LedgerDesk, id: string): void {
    const accepted = this.#accepted.get(id);
    if (accepted === undefined) return;
    accepted.desks.set(desk.name, false);
    const wasParked = this.outboxOf(desk.name).some(
      (row) => row.id === id && row.state === 'parked',
    );
    if (!wasParked && !this.#isKept(accepted)) accepted.givenUpUnsent = true;
    // A copy of this profile may have sent it to a server that is no more: then this was the last one there was.
    const isElsewhere = [...this.#outboxes].some(
      ([name, rows]) => name !== desk.name && rows.some((row) => row.id === id),
    );
    if (!isElsewhere) accepted.isForgiven = true;
  }

  /** The server now stands where `model` says: what it alone had is gone, and nobody can be blamed for it. */
  forgive(model: Model): void {
    this.#restores += 1;
    for (const accepted of this.#accepted.values()) {
      const isHeld = [...this.#outboxes.values()].some((rows) =>
        rows.some(({ id }) => id === accepted.id),
      );
      if (this.#wasApplied(accepted.id) && !model.settled.has(accepted.id) && !isHeld)
        accepted.isForgiven = true;
    }
  }

  #wasApplied(id: string): boolean {
    return this.#everSettled.get(id) === 'applied';
  }

  #isKept({ desks }: Accepted): boolean {
    return [...desks.values()].includes(true);
  }

  /** The record it makes was to be made before; or, of a form of which the rest is saved, its place in the line was another's. */
  #isSecondWish(desk: LedgerDesk, row: OutboxRow): boolean {
    const made = madeBy(row);
    return [...this.#accepted.values()].some(
      (each) =>
        (made !== undefined && madeBy(each) === made) ||
        (each.madeOn === desk.name && each.seq === row.seq),
    );
  }

  #see(desk: LedgerDesk, row: OutboxRow): void {
    if (row.state === 'parked' && !this.#parkedAt.has(row.id))
      this.#parkedAt.set(row.id, this.#restores);
    const known = this.#accepted.get(row.id);
    if (known === undefined) {
      this.#run.count('accepted on a desk');
      this.#accepted.set(row.id, {
        id: row.id,
        name: row.name,
        args: row.args,
        jobId: row.jobId,
        memberId: desk.account.memberId,
        madeOn: desk.name,
        seq: row.seq,
        desks: new Map([[desk.name, true]]),
        isSecondWish: this.#isSecondWish(desk, row),
        givenUpUnsent: false,
        isHeldOnDesk: false,
        isForgiven: false,
      });
      return;
    }
    const isNewlyHeld =
      row.outcome?.kind === 'held' && !this.#everSettled.has(row.id) && !known.isHeldOnDesk;
    if (isNewlyHeld) {
      known.isHeldOnDesk = true;
      this.#run.count('held on the desk');
    }
    if (!known.desks.has(desk.name)) known.desks.set(desk.name, true);
    if (known.args !== row.args || known.name !== row.name)
      this.#run.violate('what a person wrote stays as it is', `${desk.name} ${row.args}`);
  }
}

/** The entry a mutation makes. */
export function madeBy({ name, args }: Pick<OutboxRow, 'name' | 'args'>): string | undefined {
  if (name === 'withdraw_entry' || name === 'redact_entry' || name === 'edit_entry')
    return undefined;
  // An entry only when its time comes, and one that is decided about is there already. (C8)
  if (name === 'schedule_reply' || name.endsWith('_scheduled_reply')) return undefined;
  return (JSON.parse(args) as { entryId?: string }).entryId;
}

export function readOutbox(mirror: ReadableMirror): readonly OutboxRow[] {
  return mirror
    .all<{
      seq: number;
      id: string;
      name: string;
      args: string;
      job_id: string | null;
      state: OutboxRow['state'];
      depends_on: string;
      may_have_arrived: number;
      outcome: string | null;
    }>(
      'SELECT seq, id, name, args, job_id, state, depends_on, may_have_arrived, outcome FROM outbox ORDER BY seq',
    )
    .map((row) => ({
      seq: row.seq,
      id: row.id,
      name: row.name,
      args: row.args,
      jobId: row.job_id,
      state: row.state,
      dependsOn: JSON.parse(row.depends_on) as string[],
      mayHaveArrived: row.may_have_arrived === 1,
      outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as PushOutcome),
    }));
}
