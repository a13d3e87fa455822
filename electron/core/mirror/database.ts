// The one file a member's office lives in on this device. Everything written here is on the disk for good when the call
// returns: WAL with synchronous=FULL, since the build's default may lose the last commits at power loss. [F3]

import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import BetterSqlite, { type Database, type Statement } from 'better-sqlite3';
import { fromDisk } from '../errors.ts';
import { finishKeeping } from './kept-file.ts';
import { migrate } from './migrate.ts';
import { finishSalvage } from './salvaged-file.ts';
import { searchable } from './searchable.ts';

export type Cell = string | number | null;
export type NamedBindings = Readonly<Record<string, Cell>>;
/** Values by name; in order where a statement runs for each of very many rows, since names cost as much as the row. */
export type Bindings = NamedBindings | readonly Cell[];

/** A handle that can only read. */
export interface ReadableMirror {
  /** Rows of a statement with named parameters, prepared once. */
  all<Row>(sql: string, bindings?: Bindings): Row[];
  get<Row>(sql: string, bindings?: Bindings): Row | undefined;
}

/**
 * `soon` is for what can be asked for again: a power cut may take it back, whole, and with it everything that was told `soon`
 * after it. The next commit that is durable at once makes it durable too.
 */
export type Durability = 'at-once' | 'soon';

/** A handle inside a transaction. */
export interface WritableMirror extends ReadableMirror {
  /** Answers with how many rows it changed. */
  run(sql: string, bindings?: Bindings): number;
  /** Says that rows of this table change, so that live queries over it run again after the commit. */
  touch(table: string): void;
}

export interface Mirror extends ReadableMirror {
  /** All or nothing; never waits for the network or a file. Durable when it returns, unless it was told `soon`. */
  transact<T>(work: (mirror: WritableMirror) => T, durable?: Durability): T;
  /** Calls back after each commit with the tables it changed; the returned function stops that. */
  onCommit(listener: (tables: ReadonlySet<string>) => void): () => void;
  /** How much of the log is not in the database yet; it is on the disk either way. */
  logPages(): number;
  /** Writes the log into the database, which takes the longer the more there is. */
  emptyLog(): void;
  /** Wipes what is left in files of rows that were changed or removed: the log, and copies kept beside. (C10) */
  wipeTraces(): void;
  close(): void;
}

/** 32 MB: where the log is written into the database by whichever commit comes next; of a copy that comes in, 128 MB. */
const MOST_LOG_PAGES = 8192;
const MOST_LOG_PAGES_OF_A_COPY = 32_768;
/** What a log that was once larger keeps of the disk: writing over it is quicker than making a file longer. */
const KEPT_LOG_BYTES = 32 * 1024 * 1024;

/** @throws AppError `disk-full`, `disk-not-writable`, `database-damaged`, `database-too-new` */
export function openMirror(file: string): Mirror {
  try {
    // SQLite leaves its files readable to whoever reaches them.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    finishSalvage(file);
    finishKeeping(file);
    const database = new BetterSqlite(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    // What is deleted or overwritten is gone from the file as well: a text removed for good must not lie in a free page. (C10)
    database.pragma('secure_delete = ON');
    // A first sync writes every page of the file some times over; at the default of 4 MB most of its time goes into that.
    database.pragma(`wal_autocheckpoint = ${MOST_LOG_PAGES}`);
    database.pragma(`journal_size_limit = ${KEPT_LOG_BYTES}`);
    // What the search indexes are made of. (G1)
    database.function('searchable', { deterministic: true }, (text) => searchable(String(text)));
    migrate(database, (fromVersion) => {
      database.pragma('wal_checkpoint(TRUNCATE)');
      copyFileSync(file, `${file}.before-v${fromVersion + 1}`);
    });
    return new SqliteMirror(database, file);
  } catch (cause) {
    throw fromDisk(cause);
  }
}

/** A file that is damaged, for reading what can still be read; undefined where it is no database any more. [F2] */
export function openDamaged(file: string): (ReadableMirror & { close(): void }) | undefined {
  try {
    return new SqliteMirror(new BetterSqlite(file, { readonly: true }), file);
  } catch {
    return undefined;
  }
}

/** As it was before a migration, or damaged. */
function isCopyOf(file: string, name: string): boolean {
  return name.startsWith(`${file}.before-v`) || name.startsWith(`${file}.damaged-`);
}

/** As SQLite answers, in pages. */
interface Checkpoint {
  readonly log: number;
  readonly checkpointed: number;
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

class SqliteMirror implements Mirror {
  readonly #database: Database;
  readonly #file: string;
  readonly #statements = new Map<string, Statement>();
  readonly #listeners = new Set<(tables: ReadonlySet<string>) => void>();
  #isSyncing = false;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
  }

  /** A damaged page shows when it is read: whoever reads hears of it in a sentence. [F2] */
  all<Row>(sql: string, bindings: Bindings = {}): Row[] {
    try {
      return this.#prepared(sql).all(bindings) as Row[];
    } catch (cause) {
      throw fromDisk(cause);
    }
  }

  get<Row>(sql: string, bindings: Bindings = {}): Row | undefined {
    try {
      return this.#prepared(sql).get(bindings) as Row | undefined;
    } catch (cause) {
      throw fromDisk(cause);
    }
  }

  transact<T>(work: (mirror: WritableMirror) => T, durable: Durability = 'at-once'): T {
    const touched = new Set<string>();
    const writable: WritableMirror = {
      all: (sql, bindings) => this.all(sql, bindings),
      get: (sql, bindings) => this.get(sql, bindings),
      run: (sql, bindings = {}) => this.#prepared(sql).run(bindings).changes,
      touch: (table) => void touched.add(table),
    };
    const perform = () => this.#database.transaction(() => work(writable)).immediate();
    let result: T;
    try {
      result = durable === 'soon' ? this.#unsynced(perform) : perform();
    } catch (cause) {
      throw fromDisk(cause);
    }
    if (touched.size > 0) for (const listener of this.#listeners) listener(touched);
    return result;
  }

  onCommit(listener: (tables: ReadonlySet<string>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  logPages(): number {
    const { log, checkpointed } = this.#checkpoint('NOOP');
    return log - checkpointed;
  }

  emptyLog(): void {
    try {
      this.#checkpoint('PASSIVE');
      this.#database.pragma(`wal_autocheckpoint = ${MOST_LOG_PAGES}`);
    } catch (cause) {
      throw fromDisk(cause);
    }
  }

  wipeTraces(): void {
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
    const folder = dirname(this.#file);
    for (const name of readdirSync(folder))
      if (isCopyOf(basename(this.#file), name)) rmSync(join(folder, name));
  }

  close(): void {
    this.#listeners.clear();
    this.#statements.clear();
    this.#database.close();
  }

  /** The log stays whole to its last commit that reached the disk, since each frame carries the sum of all before it. */
  #unsynced<T>(perform: () => T): T {
    this.#database.pragma('synchronous = NORMAL');
    this.#database.pragma(`wal_autocheckpoint = ${MOST_LOG_PAGES_OF_A_COPY}`);
    try {
      return perform();
    } finally {
      this.#database.pragma('synchronous = FULL');
      this.#sync();
    }
  }

  /** Beside the loop; what fails here is tried by the next commit that is durable at once, and heard of there. */
  #sync(): void {
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    void syncFile(`${this.#file}-wal`)
      .catch(() => undefined)
      .finally(() => {
        this.#isSyncing = false;
      });
  }

  #checkpoint(mode: 'NOOP' | 'PASSIVE'): Checkpoint {
    return this.#prepared(`PRAGMA wal_checkpoint(${mode})`).get() as Checkpoint;
  }

  #prepared(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
