// Records as the server has them: what is pending here shows on the screen, and is not the server's word yet. [R1]

import type { RecordKind, RecordOf } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { type BeforeImage, findRow } from '../mirror/records.ts';
import { beforeImages } from './outbox.ts';

export interface ConfirmedRow<K extends RecordKind> {
  readonly record: RecordOf<K>;
  readonly position: number;
}

export class ServerTruth {
  readonly #mirror: ReadableMirror;
  /** Rows as they were before the first thing that is pending touched them. */
  readonly #before = new Map<string, BeforeImage['row']>();

  constructor(mirror: ReadableMirror) {
    this.#mirror = mirror;
    // From the last thing done to the first, so that the oldest image stands.
    for (const { images } of beforeImages(mirror))
      for (const { kind, id, row } of images.toReversed()) this.#before.set(`${kind} ${id}`, row);
  }

  /** Undefined where the server has none, as far as this device was told. */
  row<K extends RecordKind>(kind: K, id: string): ConfirmedRow<K> | undefined {
    const before = this.#before.get(`${kind} ${id}`);
    const row = before === undefined ? findRow(this.#mirror, kind, id) : before;
    if (row === null || row === undefined || row.stamp.version === null) return undefined;
    return { record: row.record as RecordOf<K>, position: row.stamp.position };
  }
}
