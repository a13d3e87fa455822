// Records as they stood before a transaction, each read once; tombstones too. [O2]

import type { Kysely } from 'kysely';
import type { WorkspaceId } from '../protocol/ids.ts';
import type { RecordKey } from '../protocol/records.ts';
import { selectRecordsForChange } from './queries.ts';
import { keyText } from './record-row.ts';
import type { Tables } from './tables.ts';

type StandingRow = Awaited<ReturnType<typeof selectRecordsForChange>>[number];

/** One act can touch every job of an office, and a statement takes some thousands of parameters. */
const IDS_AT_ONCE = 500;

export class StandingRecords {
  readonly #database: Kysely<Tables>;
  readonly #workspaceId: WorkspaceId;
  /** Undefined where it was looked for and there is nothing. */
  readonly #rows = new Map<string, StandingRow | undefined>();

  constructor(database: Kysely<Tables>, workspaceId: WorkspaceId) {
    this.#database = database;
    this.#workspaceId = workspaceId;
  }

  /** With a few questions, where one for each record would be asked otherwise. */
  async readAll(keys: readonly RecordKey[]): Promise<void> {
    const unread = new Map(
      keys.map((key) => [keyText(key), key] as const).filter(([text]) => !this.#rows.has(text)),
    );
    for (const [kind, ofKind] of Map.groupBy(unread.values(), (key) => key.kind)) {
      const workspaceId = this.#workspaceId;
      const ids = ofKind.map(({ id }): string => id);
      for (const id of ids) this.#rows.set(keyText({ kind, id }), undefined);
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const of = { workspaceId, kind, ids: ids.slice(start, start + IDS_AT_ONCE) };
        for (const row of await selectRecordsForChange(this.#database, of))
          this.#rows.set(keyText({ kind, id: row.id }), row);
      }
    }
  }

  async find(key: RecordKey): Promise<StandingRow | undefined> {
    await this.#read(key);
    return this.found(key);
  }

  /** Of one that was read: undefined where there is none, or a tombstone. */
  found(key: RecordKey): StandingRow | undefined {
    const row = this.#rows.get(keyText(key));
    return row?.is_deleted === 0 ? row : undefined;
  }

  /** Undefined where there is none. */
  async tombstone(key: RecordKey): Promise<StandingRow | undefined> {
    await this.#read(key);
    const row = this.#rows.get(keyText(key));
    return row === undefined || row.is_deleted === 0 ? undefined : row;
  }

  async #read(key: RecordKey): Promise<void> {
    if (!this.#rows.has(keyText(key))) await this.readAll([key]);
  }
}
