// A desk's database on a disk that can lose power right before and right after each commit. The crash is thrown once; what
// the dead program does on its way out reads nothing and writes nothing.

import type {
  Bindings,
  Mirror,
  ReadableMirror,
  WritableMirror,
} from '../../electron/core/mirror/database.ts';
import { SimulatedCrash } from './run.ts';

/** What a transaction was about, as far as its statements tell. */
export type CommitKind = 'accept' | 'send' | 'apply-push' | 'apply-pull' | 'other';

export interface Disk {
  readonly isDead: boolean;
  /** Whether power goes at this point; true makes `isDead` true. */
  diesAt(when: 'before' | 'after', commit: CommitKind): boolean;
  /** The program closes the database in good order; `mirror` is what it holds. */
  closing(mirror: ReadableMirror): void;
}

export class SimulatedMirror implements Mirror {
  readonly #inner: Mirror;
  readonly #disk: Disk;

  constructor(inner: Mirror, disk: Disk) {
    this.#inner = inner;
    this.#disk = disk;
  }

  all<Row>(sql: string, bindings?: Bindings): Row[] {
    return this.#disk.isDead ? [] : this.#inner.all<Row>(sql, bindings);
  }

  get<Row>(sql: string, bindings?: Bindings): Row | undefined {
    return this.#disk.isDead ? undefined : this.#inner.get<Row>(sql, bindings);
  }

  transact<T>(work: (mirror: WritableMirror) => T): T {
    if (this.#disk.isDead) return undefined as T;
    let kind: CommitKind = 'other';
    const result = this.#inner.transact((writable) => {
      const answer = work(
        watched(writable, (sql, bindings) => {
          kind = strongest(kind, kindOf(sql, bindings));
        }),
      );
      if (this.#disk.diesAt('before', kind)) throw new SimulatedCrash(`before ${kind}`);
      return answer;
    });
    if (this.#disk.diesAt('after', kind)) throw new SimulatedCrash(`after ${kind}`);
    return result;
  }

  onCommit(listener: (tables: ReadonlySet<string>) => void): () => void {
    return this.#inner.onCommit(listener);
  }

  logPages(): number {
    return this.#disk.isDead ? 0 : this.#inner.logPages();
  }

  emptyLog(): void {
    if (!this.#disk.isDead) this.#inner.emptyLog();
  }

  wipeTraces(): void {
    if (!this.#disk.isDead) this.#inner.wipeTraces();
  }

  close(): void {
    if (this.#disk.isDead) return;
    this.#disk.closing(this.#inner);
    this.#inner.close();
  }
}

export function watched(
  writable: WritableMirror,
  see: (sql: string, bindings: Bindings) => void,
): WritableMirror {
  const readable: ReadableMirror = writable;
  return {
    all: (sql, bindings) => readable.all(sql, bindings),
    get: (sql, bindings) => readable.get(sql, bindings),
    run: (sql, bindings = {}) => {
      see(sql, bindings);
      return writable.run(sql, bindings);
    },
    touch: (table) => writable.touch(table),
  };
}

/** Writes the checkpoint: the statement every pull that moved on ends with. [L1] */
export function isCheckpoint(sql: string, bindings: Bindings): boolean {
  const key = 'key' in bindings ? bindings.key : undefined;
  return sql.includes(' meta ') && (key === 'cursor' || key === 'version');
}

function kindOf(sql: string, bindings: Bindings): CommitKind {
  if (isCheckpoint(sql, bindings)) return 'apply-pull';
  if (sql.startsWith('INSERT INTO outbox')) return 'accept';
  if (!sql.startsWith('UPDATE outbox SET')) return 'other';
  if (sql.includes('may_have_arrived = @flag')) return 'send';
  return sql.includes('outcome = @outcome') ? 'apply-push' : 'other';
}

const STRENGTH: readonly CommitKind[] = ['other', 'apply-push', 'send', 'accept', 'apply-pull'];

/** A pull may park what is held now; it is a pull all the same. */
function strongest(one: CommitKind, other: CommitKind): CommitKind {
  return STRENGTH.indexOf(other) > STRENGTH.indexOf(one) ? other : one;
}
